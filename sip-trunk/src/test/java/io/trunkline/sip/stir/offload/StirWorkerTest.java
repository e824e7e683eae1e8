package io.trunkline.sip.stir.offload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.sip.stir.Offload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StirWorkerTest {
    private final AtomicInteger woken = new AtomicInteger();
    private final StirWorker worker = new StirWorker(4, woken::incrementAndGet);
    private final List<Integer> done = new ArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        worker.close();
    }

    private Offload.Work numbered(final int number, final Runnable first) {
        final Thread submitter = Thread.currentThread();
        return new Offload.Work() {
            @Override
            public void run() {
                assertThat(Thread.currentThread()).isNotSameAs(submitter);
                first.run();
            }

            @Override
            public void done() {
                assertThat(Thread.currentThread()).isSameAs(submitter);
                done.add(number);
            }
        };
    }

    private void pollUntil(final int works) {
        await().pollInSameThread().until(() -> {
            worker.poll(1);
            return done.size() == works;
        });
    }

    @Test
    @Timeout(60)
    void worksAreDoneInOrderByWhoSubmitsThem() {
        for (int i = 0; i < 1_000; i++) {
            while (!worker.submit(numbered(i, () -> {}))) {
                worker.poll(8);
            }
        }
        pollUntil(1_000);

        assertThat(done).isSorted().doesNotHaveDuplicates();
        assertThat(worker.inHand()).isZero();
        await().untilAsserted(() -> assertThat(woken).hasValue(1_000));
    }

    @Test
    void noMoreIsTakenThanThereIsRoomFor() {
        for (int i = 0; i < 4; i++) {
            assertThat(worker.submit(numbered(i, this::waitAtTheGate))).isTrue();
        }

        assertThat(worker.submit(numbered(4, () -> {}))).isFalse();
        gate.countDown();
        pollUntil(4);
        assertThat(worker.submit(numbered(4, () -> {}))).isTrue();
        pollUntil(5);
    }

    @Test
    void aWorkThatThrowsIsDoneAllTheSame() {
        worker.submit(numbered(0, () -> {
            throw new IllegalStateException("no");
        }));
        worker.submit(numbered(1, () -> {}));
        pollUntil(2);

        assertThat(worker.failures()).isEqualTo(1);
    }

    @Test
    void nothingIsTakenAfterTheEnd() {
        worker.close();

        assertThat(worker.submit(numbered(0, () -> {}))).isFalse();
    }

    private void waitAtTheGate() {
        try {
            gate.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
