package io.trunkline.routing.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trunkline.routing.blocks.BlockEntry.BlockKind;
import io.trunkline.routing.blocks.BlockEntry.End;
import io.trunkline.routing.blocks.BlockEntry.Traffic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class BlockListTest {
    private static final int ACME = 5;
    private static final int GLOBEX = 6;
    private static final long NOW_MS = 1_700_000_000_000L;

    private static BlockEntry line(
            final BlockKind list, final End end, final String prefix, final int tenant, final Traffic traffic) {
        return new BlockEntry(list, end, prefix, tenant, traffic, BlockEntry.NEVER, "test", "test:1");
    }

    private static BlockEntry block(final End end, final String prefix) {
        return line(BlockKind.BLOCK, end, prefix, BlockEntry.ALL_TENANTS, Traffic.ANY);
    }

    private static BlockEntry safe(final End end, final String prefix) {
        return line(BlockKind.SAFE, end, prefix, BlockEntry.ALL_TENANTS, Traffic.ANY);
    }

    private static BlockList lists(final BlockEntry... lines) {
        return BlockList.builder().addAll(List.of(lines)).build(NOW_MS);
    }

    /** The line that blocks, or null. */
    private static BlockEntry check(
            final BlockList lists,
            final int tenant,
            final Traffic kind,
            final long nowMs,
            final String sender,
            final String destination) {
        final UnsafeBuffer text =
                new UnsafeBuffer(("+" + sender + "+" + destination + "+").getBytes(StandardCharsets.US_ASCII));
        final int line = lists.check(
                tenant, kind, nowMs, text, 1, sender.length(), text, 2 + sender.length(), destination.length());
        return line == BlockList.PASSES ? null : lists.entry(line);
    }

    private static BlockEntry check(final BlockList lists, final String sender, final String destination) {
        return check(lists, ACME, Traffic.MESSAGE, NOW_MS, sender, destination);
    }

    @Test
    void whatBeginsLikeABlockedPrefixDoesNotPass() {
        final BlockList lists = lists(block(End.DESTINATION, "4477"), block(End.SENDER, "1900"));
        assertThat(check(lists, "1202", "447700900123").prefix()).isEqualTo("4477");
        assertThat(check(lists, "1202", "4477").prefix()).isEqualTo("4477");
        assertThat(check(lists, "1900555", "4915").prefix()).isEqualTo("1900");
        assertThat(check(lists, "1202", "447")).isNull();
        assertThat(check(lists, "4477", "1900")).isNull();
        assertThat(check(lists, "", "")).isNull();
        assertThat(check(BlockList.EMPTY, "1900", "4477")).isNull();
    }

    @Test
    void theLongestPrefixIsNamed() {
        final BlockList lists =
                lists(block(End.DESTINATION, ""), block(End.DESTINATION, "44"), block(End.DESTINATION, "447"));
        assertThat(check(lists, "1", "4477").prefix()).isEqualTo("447");
        assertThat(check(lists, "1", "4412").prefix()).isEqualTo("44");
        assertThat(check(lists, "1", "1").prefix()).isEmpty();
    }

    @Test
    void aSafeLineOutweighsAllThatBlock() {
        final BlockList lists = lists(
                block(End.DESTINATION, "447700900123"),
                safe(End.DESTINATION, "4477"),
                block(End.SENDER, "EVIL"),
                safe(End.SENDER, "1202555"));
        assertThat(check(lists, "EVIL", "4477")).isNull();
        assertThat(check(lists, "EVIL", "447700900123")).isNull();
        assertThat(check(lists, "EVIL", "4478").prefix()).isEqualTo("EVIL");
        assertThat(check(lists, "12025550100", "447700900123")).isNull();
    }

    @Test
    void alphanumericSendersAreTheSameInUpperAndLowerCase() {
        final BlockList lists = lists(block(End.SENDER, "PayPa1"));
        assertThat(check(lists, "PAYPA1", "44")).isNotNull();
        assertThat(check(lists, "paypa1-info", "44").prefix()).isEqualTo("PayPa1");
        assertThat(check(lists, "PayPal", "44")).isNull();
    }

    @Test
    void aLineIsForItsTenantAndItsTrafficOnly() {
        final BlockList lists = lists(
                line(BlockKind.BLOCK, End.DESTINATION, "44", ACME, Traffic.CALL),
                line(BlockKind.BLOCK, End.DESTINATION, "49", BlockEntry.ALL_TENANTS, Traffic.MESSAGE),
                line(BlockKind.SAFE, End.DESTINATION, "49", GLOBEX, Traffic.ANY));
        assertThat(check(lists, ACME, Traffic.CALL, NOW_MS, "1", "44")).isNotNull();
        assertThat(check(lists, ACME, Traffic.MESSAGE, NOW_MS, "1", "44")).isNull();
        assertThat(check(lists, GLOBEX, Traffic.CALL, NOW_MS, "1", "44")).isNull();
        assertThat(check(lists, ACME, Traffic.MESSAGE, NOW_MS, "1", "49")).isNotNull();
        assertThat(check(lists, ACME, Traffic.CALL, NOW_MS, "1", "49")).isNull();
        assertThat(check(lists, GLOBEX, Traffic.MESSAGE, NOW_MS, "1", "49")).isNull();
    }

    @Test
    void aLineCountsUntilItExpiresAndIsThenForgotten() {
        final BlockEntry hour = new BlockEntry(
                BlockKind.BLOCK, End.DESTINATION, "44", 0, Traffic.ANY, NOW_MS + 3_600_000, "fraud", "console");
        final BlockList lists = lists(hour);
        assertThat(check(lists, ACME, Traffic.MESSAGE, NOW_MS + 3_599_999, "1", "44"))
                .isEqualTo(hour);
        assertThat(check(lists, ACME, Traffic.MESSAGE, NOW_MS + 3_600_000, "1", "44"))
                .isNull();
        assertThat(lists.toBuilder().build(NOW_MS + 3_599_999).size()).isEqualTo(1);
        assertThat(lists.toBuilder().build(NOW_MS + 3_600_000).size()).isZero();
    }

    @Test
    void aLikeLineTakesThePlaceOfTheOneBefore() {
        final BlockEntry again = new BlockEntry(
                BlockKind.BLOCK, End.SENDER, "acme", 0, Traffic.ANY, NOW_MS + 1, "other reason", "console");
        final BlockList.Builder builder =
                BlockList.builder().add(block(End.SENDER, "ACME")).add(again);
        final BlockList lists = builder.build(NOW_MS);
        assertThat(lists.size()).isEqualTo(1);
        assertThat(lists.entry(0)).isEqualTo(again);
        assertThat(builder.remove(block(End.SENDER, "Acme"))).isTrue();
        assertThat(builder.remove(block(End.SENDER, "Acme"))).isFalse();
        assertThat(builder.build(NOW_MS).size()).isZero();
    }

    @Test
    void valuesOutsideOfTheirRangesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> block(End.SENDER, "1".repeat(21)));
        assertThatIllegalArgumentException().isThrownBy(() -> block(End.SENDER, "Müller"));
        assertThatIllegalArgumentException().isThrownBy(() -> line(BlockKind.BLOCK, End.SENDER, "1", -1, Traffic.ANY));
    }

    @Test
    void answersLikeOneWhoReadsAllLines() {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("BlockListTest: -Dtrunkline.seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 40; round++) {
            final List<BlockEntry> lines = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                lines.add(new BlockEntry(
                        random.nextInt(4) == 0 ? BlockKind.SAFE : BlockKind.BLOCK,
                        random.nextBoolean() ? End.SENDER : End.DESTINATION,
                        text(random, 5),
                        random.nextInt(3),
                        List.of(Traffic.ANY, Traffic.MESSAGE, Traffic.CALL).get(random.nextInt(3)),
                        random.nextInt(3) == 0 ? NOW_MS + random.nextInt(100) : BlockEntry.NEVER,
                        "",
                        "line " + i));
            }
            final BlockList lists = BlockList.builder().addAll(lines).build(NOW_MS);
            final List<BlockEntry> kept = new ArrayList<>();
            for (int line = 0; line < lists.size(); line++) {
                kept.add(lists.entry(line));
            }
            for (int i = 0; i < 2000; i++) {
                final int tenant = random.nextInt(1, 4);
                final Traffic kind = random.nextBoolean() ? Traffic.MESSAGE : Traffic.CALL;
                final long nowMs = NOW_MS + random.nextInt(120);
                final String sender = text(random, 7);
                final String destination = text(random, 7);
                final List<BlockEntry> fitting = kept.stream()
                        .filter(line -> line.counts(nowMs)
                                && (line.tenant() == 0 || line.tenant() == tenant)
                                && (line.traffic() == Traffic.ANY || line.traffic() == kind)
                                && (line.end() == End.SENDER ? sender : destination)
                                        .toUpperCase(Locale.ROOT)
                                        .startsWith(line.prefix().toUpperCase(Locale.ROOT)))
                        .toList();
                final BlockEntry found = check(lists, tenant, kind, nowMs, sender, destination);
                if (fitting.isEmpty() || fitting.stream().anyMatch(line -> line.list() == BlockKind.SAFE)) {
                    assertThat(found).as("seed %d", seed).isNull();
                } else {
                    assertThat(fitting).as("seed %d", seed).contains(found);
                    assertThat(found.prefix().length())
                            .isEqualTo(fitting.stream()
                                    .mapToInt(line -> line.prefix().length())
                                    .max()
                                    .orElseThrow());
                }
            }
        }
    }

    private static String text(final SplittableRandom random, final int most) {
        final StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append("12aA".charAt(random.nextInt(4)));
        }
        return text.toString();
    }
}
