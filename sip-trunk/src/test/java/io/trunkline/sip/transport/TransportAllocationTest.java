package io.trunkline.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.TransportProtocol;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.FutureTask;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a message costs in garbage and time, there and back over real sockets on one thread. */
class TransportAllocationTest {
    private static final UnsafeBuffer INVITE = new UnsafeBuffer(Messages.octets(Messages.INVITE));
    private static final int WARM_UP = 10_000;
    private static final int MEASURED = 20_000;
    private static final int UNDER_WAY = 64;

    private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    private Loop loop;
    private long arrived;
    private SipTransport ours;
    private SipTransport theirs;

    @BeforeEach
    void turnOffLeakDetection() {
        // Paranoid detection allocates on every access, and it is allocation that is measured here.
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void turnOnLeakDetection() {
        ResourceLeakDetector.setLevel(level);
    }

    private MessageSink sink(final boolean answers) {
        return new MessageSink() {
            @Override
            public void onMessage(final SipMessage message, final Flow source) {
                if (answers) {
                    theirs.send(source, INVITE, 0, INVITE.capacity());
                } else {
                    arrived++;
                }
            }

            @Override
            public void onFailed(final Flow flow) {}
        };
    }

    /** Netty makes the packets of datagrams and their senders' addresses anew each time; of a connection nothing. */
    @ParameterizedTest
    @CsvSource({"UDP, 400", "TCP, 64"})
    void aMessageThereAndBackAllocatesLittle(final TransportProtocol protocol, final double most) throws Exception {
        final FutureTask<Double> measured = new FutureTask<>(() -> measure(protocol));
        // Only on its own kind of thread does Netty use its small objects again.
        final Thread thread = new FastThreadLocalThread(measured);
        thread.start();
        assertThat(measured.get()).isLessThan(most);
    }

    private double measure(final TransportProtocol protocol) {
        loop = new Loop();
        theirs = loop.transport(TransportLimits.DEFAULT, null, sink(true));
        ours = loop.transport(TransportLimits.DEFAULT, null, sink(false));
        final InetSocketAddress address = loop.listen(theirs, protocol);
        loop.listen(ours, protocol);
        final Flow flow = ours.flow(new Destination(protocol, address, ""));
        exchange(flow, WARM_UP);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        long fastestNs = Long.MAX_VALUE;
        for (int run = 0; run < 3; run++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            final long fromNs = System.nanoTime();
            exchange(flow, MEASURED);
            fastestNs = Math.min(fastestNs, System.nanoTime() - fromNs);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        loop.close();
        final double perExchange = (double) least / MEASURED;
        System.out.printf(
                "TransportAllocationTest: %s %.0f bytes allocated and %.2f us per message there and back, both ends%n",
                protocol, perExchange, fastestNs / 1e3 / MEASURED);
        return perExchange;
    }

    private void exchange(final Flow flow, final int messages) {
        arrived = 0;
        int sent = 0;
        while (arrived < messages) {
            while (sent < messages && sent - arrived < UNDER_WAY) {
                ours.send(flow, INVITE, 0, INVITE.capacity());
                sent++;
            }
            loop.turn();
        }
    }
}
