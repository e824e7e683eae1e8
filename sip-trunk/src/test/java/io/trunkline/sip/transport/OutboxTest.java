package io.trunkline.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What waits leaves in order, when its time has come, and only then. */
class OutboxTest {
    private static final class Numbers extends Output {
        private final List<Integer> written = new ArrayList<>();
        private int flushes;

        @Override
        void write(final ByteBuf message, final InetSocketAddress to) {
            written.add(message.readInt());
            message.release();
        }

        @Override
        void flush() {
            flushes++;
        }
    }

    @Test
    void anyOrderOfCallsKeepsTheOrderOfMessages() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final Outbox outbox = new Outbox();
        final Numbers numbers = new Numbers();
        int added = 0;
        int mayHaveLeft = 0;
        final List<int[]> seals = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(step < 10_000 ? 8 : 6)) {
                case 0 -> {
                    outbox.seal(step);
                    seals.add(new int[] {step, added});
                }
                case 1 -> {
                    final int reached = Math.max(0, step - random.nextInt(3_000));
                    outbox.release(reached);
                    for (final int[] seal : seals) {
                        mayHaveLeft = seal[0] <= reached ? Math.max(mayHaveLeft, seal[1]) : mayHaveLeft;
                    }
                }
                default -> outbox.add(numbers, Unpooled.copyInt(added++), null);
            }
            assertThat(numbers.written.size()).as("seed %d step %d", seed, step).isEqualTo(mayHaveLeft);
            assertThat(numbers.staged).isEqualTo(outbox.size() * Integer.BYTES);
        }
        for (int i = 0; i < numbers.written.size(); i++) {
            assertThat(numbers.written.get(i)).isEqualTo(i);
        }
        outbox.clear();
        assertThat(outbox.size()).isZero();
        assertThat(numbers.staged).isZero();
    }

    @Test
    void everyOutputIsFlushedOnceForAllThatLeft() {
        final Outbox outbox = new Outbox();
        final Numbers one = new Numbers();
        final Numbers two = new Numbers();
        for (int i = 0; i < 10; i++) {
            outbox.add(i % 2 == 0 ? one : two, Unpooled.copyInt(i), null);
        }
        outbox.seal(1);
        assertThat(outbox.release(1)).isEqualTo(10);
        assertThat(one.written).containsExactly(0, 2, 4, 6, 8);
        assertThat(one.flushes).isEqualTo(1);
        assertThat(two.flushes).isEqualTo(1);
    }
}
