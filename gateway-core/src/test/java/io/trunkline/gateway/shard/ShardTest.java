package io.trunkline.gateway.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.channel.nio.NioIoHandler;
import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.journal.InMemoryJournal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShardTest {
    private final Shard shard =
            new Shard("shard-test", NioIoHandler.newFactory(), Gateway.Idle.BLOCK, new SystemEpochNanoClock(), 1 << 16);

    @BeforeEach
    void start() {
        shard.start(new InMemoryJournal(Durability.PROCESS), new NoWork());
    }

    @AfterEach
    void close() {
        shard.close();
    }

    @Test
    void runsNoTaskThatWasGivenUp() throws Exception {
        final CountDownLatch busy = new CountDownLatch(1);
        final AtomicInteger ran = new AtomicInteger();
        shard.loop().execute(() -> await(busy));

        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> shard.call(ran::incrementAndGet, 20));
        busy.countDown();

        // Tasks run in their order: were it still to come, it would have come before this one.
        assertThat(shard.call(ran::get, 10_000)).isZero();
    }

    @Test
    void waitsForATaskThatHasBegun() throws Exception {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch end = new CountDownLatch(1);
        final Thread releaser = new Thread(() -> {
            await(begun);
            // The caller's patience, 1 ms, ends meanwhile.
            final long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            end.countDown();
        });
        releaser.start();
        // On a busy machine the shard may get to it too late; then it was given up, and has not begun.
        String answer = null;
        while (answer == null) {
            try {
                answer = shard.call(
                        () -> {
                            begun.countDown();
                            await(end);
                            return "done";
                        },
                        1);
            } catch (TimeoutException e) {
                assertThat(begun.getCount()).isEqualTo(1);
            }
        }
        assertThat(answer).isEqualTo("done");
        releaser.join();
    }

    private static void await(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class NoWork implements Shard.Work {
        @Override
        public void time(final long nowNs, final long nowMs) {}

        @Override
        public int doWork(final long nowNs) {
            return 0;
        }

        @Override
        public boolean busy() {
            return false;
        }

        @Override
        public void sealed(final long position) {}

        @Override
        public void writtenToCarriers(final long durable) {}

        @Override
        public void released(final long durable) {}

        @Override
        public long wakeAtNs() {
            return Long.MAX_VALUE;
        }
    }
}
