package io.trunkline.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnitIdTableTest {
    private static final long SEED = 20261121L;

    @Test
    void agreesWithAMapOverIdsThatGrowAndEndInAnyOrder() {
        final Random random = new Random(SEED);
        final UnitIdTable table = new UnitIdTable();
        final UnitIds ids = new UnitIds(3);
        final Map<Long, Integer> expected = new HashMap<>();
        final List<Long> open = new ArrayList<>();
        long nowMs = 1_800_000_000_000L;
        for (int step = 0; step < 200_000; step++) {
            nowMs += random.nextInt(200) == 0 ? 1 : 0;
            if (!open.isEmpty() && random.nextInt(100) < (step > 100_000 ? 60 : 40)) {
                final int which = random.nextInt(open.size());
                final long id = open.get(which);
                open.set(which, open.get(open.size() - 1));
                open.remove(open.size() - 1);
                table.remove(id);
                expected.remove(id);
                assertThat(table.find(id)).as("seed %d", SEED).isEqualTo(UnitIdTable.NOT_FOUND);
            } else {
                final long id = ids.next(nowMs);
                table.put(id, step);
                expected.put(id, step);
                open.add(id);
            }
        }
        assertThat(table.size()).isEqualTo(expected.size());
        expected.forEach(
                (id, slot) -> assertThat(table.find(id)).as("seed %d", SEED).isEqualTo(slot));
    }

    @Test
    void takesNoNoticeOfARemovalOfWhatIsNotThere() {
        final UnitIdTable table = new UnitIdTable();
        table.put(8, 1);
        table.remove(16);
        assertThat(table.size()).isOne();
        assertThat(table.find(8)).isOne();
    }
}
