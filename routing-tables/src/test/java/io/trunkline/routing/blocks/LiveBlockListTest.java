package io.trunkline.routing.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.routing.blocks.BlockEntry.BlockKind;
import io.trunkline.routing.blocks.BlockEntry.End;
import io.trunkline.routing.blocks.BlockEntry.Traffic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LiveBlockListTest {
    private static final int LINES = 100_000;

    private static List<BlockEntry> lines(final BlockKind list, final int count) {
        final List<BlockEntry> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(new BlockEntry(
                    list,
                    End.DESTINATION,
                    Integer.toString(447_700_000 + i),
                    BlockEntry.ALL_TENANTS,
                    Traffic.ANY,
                    BlockEntry.NEVER,
                    "bulk",
                    "blocks.csv:" + (i + 2)));
        }
        return lines;
    }

    private static boolean blocks(final BlockList lists, final UnsafeBuffer number) {
        return lists.check(1, Traffic.MESSAGE, 0, number, 0, 0, number, 0, number.capacity()) != BlockList.PASSES;
    }

    private static UnsafeBuffer number(final int i) {
        return new UnsafeBuffer((447_700_000 + i + "123").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aHundredThousandLinesComeAtOnceWhileOthersAsk() throws Exception {
        final LiveBlockList live = new LiveBlockList(BlockList.EMPTY);
        final UnsafeBuffer first = number(0);
        final UnsafeBuffer last = number(LINES - 1);
        final UnsafeBuffer beyond = number(LINES);
        final AtomicBoolean end = new AtomicBoolean();
        final ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            final Future<Integer> changes = threads.submit(() -> {
                int seen = 0;
                boolean before = false;
                while (!end.get()) {
                    final BlockList lists = live.current();
                    final boolean blocked = blocks(lists, first);
                    if (blocks(lists, last) != blocked || blocks(lists, beyond)) {
                        throw new AssertionError("half of the lines");
                    }
                    seen += blocked == before ? 0 : 1;
                    before = blocked;
                }
                return seen;
            });
            final List<BlockEntry> blocking = lines(BlockKind.BLOCK, LINES);
            for (int round = 0; round < 3; round++) {
                live.add(blocking, 0);
                assertThat(live.current().size()).isEqualTo(LINES);
                assertThat(live.remove(blocking, 0)).isEqualTo(LINES);
            }
            live.add(blocking, 0);
            live.add(lines(BlockKind.SAFE, LINES), 0);
            assertThat(live.current().size()).isEqualTo(2 * LINES);
            assertThat(blocks(live.current(), last)).isFalse();
            live.replace(BlockList.EMPTY);
            end.set(true);
            assertThat(changes.get()).isBetween(0, 8);
        } finally {
            end.set(true);
            threads.shutdownNow();
        }
    }

    @Test
    void everyOneOfAHundredThousandLinesIsFoundAndNothingElse() {
        final LiveBlockList live = new LiveBlockList(BlockList.EMPTY);
        live.add(lines(BlockKind.BLOCK, LINES), 0);
        for (int i = 0; i < 2 * LINES; i++) {
            if (blocks(live.current(), number(i)) != i < LINES) {
                throw new AssertionError("wrong for line " + i);
            }
        }
    }
}
