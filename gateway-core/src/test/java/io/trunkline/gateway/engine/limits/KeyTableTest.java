package io.trunkline.gateway.engine.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyTableTest {
    private static final int BOUND = 200;

    private record Key(long hi, long lo) {}

    @Test
    void findsWhatIsInItAndNothingElseWhileIdleKeysGiveWay() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final KeyTable table = new KeyTable(BOUND);
        final Map<Key, Long> model = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            // Few low bits, so that many keys want the same slot.
            final Key key = new Key(random.nextInt(3), random.nextInt(400) * 8L);
            int place = table.find(key.hi(), key.lo());
            assertThat(place != KeyTable.NONE)
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(model.containsKey(key));
            if (place == KeyTable.NONE) {
                place = table.add(key.hi(), key.lo(), at -> {
                    final boolean idle = random.nextInt(4) == 0;
                    if (idle) {
                        model.remove(new Key(table.hi(at), table.lo(at)));
                    }
                    return idle;
                });
            } else {
                assertThat(table.level[place]).isEqualTo(model.get(key));
            }
            if (place != KeyTable.NONE) {
                table.level[place] = step;
                model.put(key, (long) step);
            }
            assertThat(table.size()).as("seed %d", seed).isEqualTo(model.size()).isLessThanOrEqualTo(BOUND);
        }
        assertThat(table.size()).isEqualTo(BOUND);
    }

    @Test
    void hasNoRoomWhereNobodyIsIdle() {
        final KeyTable table = new KeyTable(2);
        assertThat(table.add(1, 1, place -> false)).isZero();
        assertThat(table.add(2, 2, place -> false)).isEqualTo(1);

        assertThat(table.add(3, 3, place -> false)).isEqualTo(KeyTable.NONE);
        assertThat(table.find(1, 1)).isZero();
        assertThat(table.add(3, 3, place -> place == 0)).isZero();
        assertThat(table.find(1, 1)).isEqualTo(KeyTable.NONE);
    }
}
