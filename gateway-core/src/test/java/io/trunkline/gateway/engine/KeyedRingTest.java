package io.trunkline.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyedRingTest {
    private static final long SEED = 20261121L;

    @Test
    void findsTheNewestKeysAndForgetsTheOldest() {
        final KeyedRing ring = new KeyedRing(4);
        for (int key = 1; key <= 6; key++) {
            ring.put(0, key, key);
        }
        assertThat(ring.find(0, 2, 2)).isEqualTo(KeyedRing.NOT_FOUND);
        assertThat(ring.find(0, 3, 3)).isNotNegative();
        assertThat(ring.first()).isEqualTo(2);
        assertThat(ring.end()).isEqualTo(6);
    }

    @Test
    void keepsTheSameKeyOfTwoOwnersApart() {
        final KeyedRing ring = new KeyedRing(4);
        final int slotOfOne = ring.put(1, 7, 7);
        final int slotOfTwo = ring.put(2, 7, 7);
        assertThat(ring.find(1, 7, 7)).isEqualTo(slotOfOne);
        assertThat(ring.find(2, 7, 7)).isEqualTo(slotOfTwo);
    }

    @Test
    void agreesWithAMapThatDropsItsEldestOverManyRandomSteps() {
        agrees(97, 300, 0);
    }

    @Test
    void agreesWithOneWhereItIsLargeAndForgetsABatchAtATime() {
        agrees(5_003, 15_000, KeyedRing.BATCH);
    }

    private static void agrees(final int capacity, final int keys, final int early) {
        final Random random = new Random(SEED);
        final KeyedRing ring = new KeyedRing(capacity);
        // Position of the newest put of each key; an entry is alive while fewer than `capacity` puts followed.
        final Map<Long, Long> newest = new LinkedHashMap<>();
        for (long step = 0; step < 200_000; step++) {
            final long key = random.nextInt(keys);
            if (random.nextInt(10) == 0) {
                ring.remove(0, key, -key);
                newest.remove(key);
            } else {
                newest.put(key, ring.end());
                ring.put(0, key, -key);
            }
            final long probe = random.nextInt(keys);
            final Long position = newest.get(probe);
            final boolean alive = position != null && position >= ring.first();
            if (alive && position < ring.first() + early) {
                continue;
            }
            assertThat(ring.find(0, probe, -probe) >= 0)
                    .as("seed %d step %d key %d", SEED, step, probe)
                    .isEqualTo(alive);
        }
    }
}
