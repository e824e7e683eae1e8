package io.trunkline.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceiptCorrelatorTest {
    private static final long SEED = 731L;

    private final UnitRegistry units = new UnitRegistry(200_000);
    private final ReceiptCorrelator correlator = new ReceiptCorrelator(units);

    @Test
    void findsTheSegmentThatAnIdStandsFor() {
        final Unit unit = units.open(1);
        unit.pdus = 4;
        unit.messageKey(3, 1, 2);
        correlator.put(1, 2, unit, 3);
        assertThat(correlator.find(1, 2)).isSameAs(unit);
        assertThat(correlator.foundSegment()).isEqualTo(3);
        assertThat(correlator.find(2, 1)).isNull();
    }

    @Test
    void givesAReusedIdToItsNewestHolderAndLetsTheOldOneRemoveNothing() {
        final Unit older = unitWith(1, 1, 2);
        final Unit newer = unitWith(2, 1, 2);
        correlator.put(1, 2, older, 0);
        correlator.put(1, 2, newer, 0);
        correlator.remove(1, 2, older);
        assertThat(correlator.find(1, 2)).isSameAs(newer);
        assertThat(correlator.size()).isOne();
    }

    @Test
    void agreesWithAHashMapOverManyRandomSteps() {
        final Random random = new Random(SEED);
        final Map<Long, Unit> expected = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            final long key = random.nextInt(5_000);
            final Unit holder = expected.get(key);
            if (holder != null && random.nextBoolean()) {
                correlator.remove(key, ~key, holder);
                expected.remove(key);
            } else {
                final Unit unit = unitWith(step + 1, key, ~key);
                correlator.put(key, ~key, unit, 0);
                expected.put(key, unit);
            }
            final long probe = random.nextInt(5_000);
            assertThat(correlator.find(probe, ~probe))
                    .as("seed %d step %d", SEED, step)
                    .isSameAs(expected.get(probe));
        }
        assertThat(correlator.size()).isEqualTo(expected.size());
    }

    private Unit unitWith(final long id, final long keyHi, final long keyLo) {
        final Unit unit = units.open(id);
        unit.pdus = 1;
        unit.messageKey(0, keyHi, keyLo);
        return unit;
    }
}
