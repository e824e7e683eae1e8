package io.trunkline.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import io.trunkline.upstream.codec.SenderType;
import io.trunkline.upstream.codec.SubmitAcceptedDecoder;
import io.trunkline.upstream.codec.SubmitMessageDecoder;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SubmitAllocationTest {
    private static final int CREDIT = 500;
    private static final int WARM_UP = 100_000;
    private static final int MEASURED = 200_000;

    private final ResourceLeakDetector.Level tracking = ResourceLeakDetector.getLevel();

    /** Leak tracking takes stack traces of every buffer: what it allocates is not the client's. */
    @BeforeEach
    void stopTracking() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void trackAgain() {
        ResourceLeakDetector.setLevel(tracking);
    }

    /** What Netty allocates per batch is spread over the batch; a message adds nothing. */
    @Test
    void submitsAndAnswersCostNoAllocationPerMessage() throws Exception {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final CompletableFuture<Long> allocated = new CompletableFuture<>();
        final Sender sender = new Sender(threads, allocated);
        try (ScriptedGateway gateway = new ScriptedGateway();
                TrunklineClient client = connect(gateway, sender)) {
            final ScriptedPeer peer = gateway.accept();
            peer.readHello();
            sender.client = client;
            peer.welcome(CREDIT, 0);
            for (int left = WARM_UP + MEASURED; left > 0; ) {
                int batch = 0;
                while (batch < CREDIT && left > 0 && peer.read() == SubmitMessageDecoder.TEMPLATE_ID) {
                    peer.queueAccept(peer.submit().referenceHi(), peer.submit().referenceLo(), 1);
                    batch++;
                    left--;
                }
                peer.sendQueued();
            }
            final double perMessage = (double) allocated.get(60, TimeUnit.SECONDS) / MEASURED;
            System.out.printf("allocated per message and answer: %.2f bytes%n", perMessage);
            assertThat(perMessage).isLessThan(8.0);
        }
    }

    private static TrunklineClient connect(final ScriptedGateway gateway, final Sender sender) {
        return TrunklineClient.connect(gateway.config().maxInFlight(1000).build(), sender);
    }

    private static final class Sender implements ClientListener {
        private final ThreadMXBean threads;
        private final CompletableFuture<Long> allocated;
        private final SubmitBuilder message = new SubmitBuilder()
                .from(SenderType.NUMBER, "+4915112345".getBytes(StandardCharsets.UTF_8))
                .to("+306912345678".getBytes(StandardCharsets.UTF_8))
                .text("Your code is 4711".getBytes(StandardCharsets.UTF_8));
        private volatile TrunklineClient client;
        private long next = 1;
        private long answers;
        private long before;

        private Sender(final ThreadMXBean threads, final CompletableFuture<Long> allocated) {
            this.threads = threads;
            this.allocated = allocated;
        }

        @Override
        public void onCredit(final int available) {
            while (next <= WARM_UP + MEASURED && client.trySubmit(message.reference(7, next))) {
                next++;
            }
        }

        @Override
        public void onAccepted(final SubmitAcceptedDecoder accepted) {
            answers++;
            if (answers == WARM_UP) {
                before = threads.getCurrentThreadAllocatedBytes();
            } else if (answers == WARM_UP + MEASURED) {
                allocated.complete(threads.getCurrentThreadAllocatedBytes() - before);
            }
        }
    }
}
