package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumberTableTest {
    private static int tenant(final NumberTable table, final String number) {
        return table.tenant(Digits.at3(number), Digits.OFFSET, number.length());
    }

    @Test
    void aNumberBelongsToItsTenantAndItsNeighboursDoNot() {
        final NumberTable.Builder builder = NumberTable.builder(10);
        assertThat(builder.add("447700900123", 5)).isTrue();
        assertThat(builder.add("12345", 6)).isTrue();
        assertThat(builder.add("012345", 7)).isTrue();
        final NumberTable table = builder.build();

        assertThat(tenant(table, "447700900123")).isEqualTo(5);
        assertThat(tenant(table, "447700900124")).isEqualTo(NumberTable.NO_TENANT);
        assertThat(tenant(table, "44770090012")).isEqualTo(NumberTable.NO_TENANT);
        assertThat(tenant(table, "12345")).isEqualTo(6);
        assertThat(tenant(table, "012345")).isEqualTo(7);
        assertThat(tenant(table, "0012345")).isEqualTo(NumberTable.NO_TENANT);
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void whatIsNoNumberBelongsToNobody() {
        final NumberTable.Builder builder = NumberTable.builder(1);
        builder.add("4477", 5);
        final NumberTable table = builder.build();
        assertThat(tenant(table, "")).isEqualTo(NumberTable.NO_TENANT);
        assertThat(tenant(table, "+4477")).isEqualTo(NumberTable.NO_TENANT);
        assertThat(tenant(table, "ACME")).isEqualTo(NumberTable.NO_TENANT);
        assertThat(tenant(table, "4".repeat(19))).isEqualTo(NumberTable.NO_TENANT);
        assertThat(table.tenant(PackedNumber.NONE)).isEqualTo(NumberTable.NO_TENANT);
        assertThat(table.tenant(-1)).isEqualTo(NumberTable.NO_TENANT);
        assertThat(tenant(NumberTable.EMPTY, "4477")).isEqualTo(NumberTable.NO_TENANT);
    }

    @Test
    void theFirstOwnerOfANumberStays() {
        final NumberTable.Builder builder = NumberTable.builder(1);
        assertThat(builder.add("4477", 5)).isTrue();
        assertThat(builder.add("4477", 6)).isFalse();
        final NumberTable table = builder.build();
        assertThat(tenant(table, "4477")).isEqualTo(5);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void aTableThatGrewAnswersLikeAMap() {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("NumberTableTest: -Dtrunkline.seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final Map<Long, Integer> expected = new HashMap<>();
        final NumberTable.Builder builder = NumberTable.builder(0);
        for (int i = 0; i < 100_000; i++) {
            // Blocks of neighbours, as numbers are given out, and numbers from anywhere.
            final long number = (i & 1) == 0 ? 447_700_000_000L + i : random.nextLong(1_000_000_000_000_000L);
            final long packed = PackedNumber.of(Long.toString(number));
            final int tenant = random.nextInt(1, 1000);
            assertThat(builder.add(packed, tenant))
                    .as("seed %d", seed)
                    .isEqualTo(expected.putIfAbsent(packed, tenant) == null);
        }
        final NumberTable table = builder.build();
        assertThat(table.size()).isEqualTo(expected.size());
        expected.forEach((packed, tenant) -> assertThat(table.tenant(packed)).isEqualTo(tenant));
        for (int i = 0; i < 100_000; i++) {
            final long packed = PackedNumber.of(Long.toString(random.nextLong(1_000_000_000_000_000L)));
            assertThat(table.tenant(packed)).as("seed %d", seed).isEqualTo(expected.getOrDefault(packed, 0));
        }
    }

    @Test
    void valuesOutsideOfTheirRangesAreRefused() {
        final NumberTable.Builder builder = NumberTable.builder(1);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add("", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add("+44", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add("44", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(PackedNumber.NONE, 1));
    }

    @Test
    void aPackedNumberKeepsItsZeros() {
        assertThat(PackedNumber.digits(PackedNumber.of("00123"))).isEqualTo("00123");
        assertThat(PackedNumber.digits(PackedNumber.of(""))).isEmpty();
        assertThat(PackedNumber.digits(PackedNumber.of("9".repeat(18)))).isEqualTo("9".repeat(18));
        assertThat(PackedNumber.of("9".repeat(19))).isEqualTo(PackedNumber.NONE);
        assertThatIllegalArgumentException().isThrownBy(() -> PackedNumber.digits(0));
    }
}
