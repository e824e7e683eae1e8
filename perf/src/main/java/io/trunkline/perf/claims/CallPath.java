package io.trunkline.perf.claims;

import io.trunkline.perf.peers.Kamailio;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** What stands between SIPp's callers and callees while their calls are counted. */
interface CallPath extends AutoCloseable {
    String name();

    /** Where callers send to: host:port. */
    String target();

    /** CPU seconds that it has used so far. */
    double cpuSeconds() throws Exception;

    /** Bytes that it has allocated so far, where anyone counts them; else 0. */
    long allocatedBytes() throws Exception;

    /** Makes it forget a load that was too much, so that the next one begins with nothing open. */
    void recover() throws Exception;

    @Override
    void close() throws IOException;

    /** Nothing: the callers call the callees. */
    record Direct(String target) implements CallPath {
        @Override
        public String name() {
            return "direct";
        }

        @Override
        public double cpuSeconds() {
            return 0;
        }

        @Override
        public long allocatedBytes() {
            return 0;
        }

        @Override
        public void recover() {}

        @Override
        public void close() {}
    }

    /** The daemon, which the context of the claim ends. */
    record ThroughTrunkline(Daemon daemon, ShardAllocation allocation, String target, Duration forgottenWithin)
            implements CallPath {
        /** An answer without its ACK is given up after 32 s, and so is the BYE that nobody answers then (RFC 3261 §13.3.1.4, §17). */
        static final Duration FORGOTTEN_WITHIN = Duration.ofSeconds(100);

        @Override
        public String name() {
            return "trunkline";
        }

        @Override
        public double cpuSeconds() throws Exception {
            return daemon.cpuSeconds();
        }

        @Override
        public long allocatedBytes() throws Exception {
            return allocation.bytes();
        }

        /** Until it knows no call of before: the next callee would count what they are sent as calls that failed. */
        @Override
        public void recover() throws Exception {
            ProveContext.await(forgottenWithin, () -> calls() == 0);
        }

        private double calls() {
            try {
                return daemon.metric("trunkline_calls_open") + daemon.metric("trunkline_calls_lingering");
            } catch (final IOException e) {
                return Double.MAX_VALUE;
            }
        }

        @Override
        public void close() {}
    }

    /** Kamailio; a new one after a load that was too much, as its start costs nothing. */
    final class ThroughKamailio implements CallPath {
        private final Path directory;
        private final int port;
        private final String callees;
        private final int children;
        private Kamailio proxy;
        private int starts;

        ThroughKamailio(final ProveContext context, final String callees) throws Exception {
            directory = context.directory();
            port = ProveContext.freePorts(1)[0];
            this.callees = callees;
            children = (int) context.option("kamailio-children", 4);
            start();
        }

        private void start() throws Exception {
            starts++;
            proxy = new Kamailio(directory.resolve("kamailio-" + starts), CallStage.GATEWAY, port, callees, children);
        }

        @Override
        public String name() {
            return "kamailio";
        }

        @Override
        public String target() {
            return CallStage.GATEWAY + ":" + port;
        }

        @Override
        public double cpuSeconds() throws Exception {
            return proxy.cpuSeconds();
        }

        @Override
        public long allocatedBytes() {
            return 0;
        }

        @Override
        public void recover() throws Exception {
            proxy.close();
            start();
        }

        @Override
        public void close() {
            proxy.close();
        }
    }
}
