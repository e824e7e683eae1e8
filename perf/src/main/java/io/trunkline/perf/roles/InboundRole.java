package io.trunkline.perf.roles;

import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.trunkline.client.ClientConfig;
import io.trunkline.client.ClientListener;
import io.trunkline.client.Refusal;
import io.trunkline.client.TrunklineClient;
import io.trunkline.client.Welcome;
import io.trunkline.perf.Marker;
import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.load.StageSeries;
import io.trunkline.perf.roles.RoleCounters.Counter;
import io.trunkline.perf.sim.McSimulator;
import io.trunkline.perf.sim.SimCounters;
import io.trunkline.upstream.codec.InboundMessageDecoder;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Handsets that write to a tenant: by its schedule it lets a simulated carrier send deliver_sm to the gateway, and takes
 * the messages as the tenant over the binary protocol. Latency counts from the intended time to the tenant; a message is
 * acknowledged when the gateway has answered all its parts, and has ended when the tenant has it.
 */
public final class InboundRole implements Role {
    private static final long MISSING = Long.MIN_VALUE;
    private static final long LONGEST_WAIT_NS = 1_000_000;
    private static final long TASK_BUDGET_NS = 1_000_000;
    private static final int LONGEST_BODY = 4096;

    private final InboundPlan plan;
    private final McSimulator carrier;
    private final RoleCounters counters = new RoleCounters();
    private final StageSeries sendLag = new StageSeries();
    private final StageSeries ended = new StageSeries();
    private final Long2LongHashMap open = new Long2LongHashMap(MISSING);
    private final byte[] body = new byte[LONGEST_BODY];
    private final UnsafeBuffer text = new UnsafeBuffer(body);
    private final Thread thread;
    private final CountDownLatch done = new CountDownLatch(1);
    private final long answeredBefore;
    private volatile boolean sending = true;
    private volatile boolean closing;
    private volatile boolean connected;
    private volatile long startNs;
    private volatile String trouble = "";
    private long next;

    /** @param carrier that the gateway binds to; it stays the caller's */
    public InboundRole(final InboundPlan plan, final McSimulator carrier) {
        this.plan = plan;
        this.carrier = carrier;
        this.answeredBefore = carrier.counters().get(SimCounters.Counter.INBOUND_ANSWERED);
        this.thread = new FastThreadLocalThread(this::run, "load-inbound-" + plan.tenant());
        thread.setDaemon(true);
    }

    @Override
    public String name() {
        return "inbound " + plan.tenant();
    }

    @Override
    public Schedule schedule() {
        return plan.schedule();
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stopSending() {
        sending = false;
    }

    @Override
    public RoleState state() {
        if (startNs == 0) {
            return sending ? RoleState.CONNECTING : RoleState.FAILED;
        }
        if (sending) {
            return RoleState.SENDING;
        }
        return counters.get(Counter.ENDED) < counters.get(Counter.SENT) ? RoleState.DRAINING : RoleState.SETTLED;
    }

    @Override
    public long startNs() {
        return startNs;
    }

    @Override
    public RoleCounts counts() {
        final RoleCounts own = counters.counts();
        final long answered =
                (carrier.counters().get(SimCounters.Counter.INBOUND_ANSWERED) - answeredBefore) / plan.parts();
        // The tenant may have it before the carrier's count is seen: what ended was acknowledged.
        return new RoleCounts(
                own.sent(),
                own.dropped(),
                own.late(),
                Math.min(own.sent(), Math.max(answered, own.ended())),
                0,
                0,
                own.ended(),
                own.delivered(),
                own.repeated(),
                own.received(),
                own.connects(),
                own.disconnects());
    }

    @Override
    public boolean expectsEnds() {
        return true;
    }

    @Override
    public Map<LoadStage, StageSeries> stages() {
        final Map<LoadStage, StageSeries> stages = new EnumMap<>(LoadStage.class);
        stages.put(LoadStage.SENT, sendLag);
        stages.put(LoadStage.ENDED, ended);
        return stages;
    }

    @Override
    public Map<String, Long> errors() {
        return counters.errors();
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        sending = false;
        closing = true;
        try {
            if (thread.isAlive() && !done.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the thread of inbound load did not end within 10 s");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the thread

    private void run() {
        final ManualIoEventLoop loop = new ManualIoEventLoop(
                thread, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        final TrunklineClient client = TrunklineClient.connect(
                ClientConfig.to(plan.host(), plan.port())
                        .tenant(plan.tenant(), plan.token())
                        .clientName(plan.clientName())
                        .acknowledgements(4096, 50)
                        .backoffMs(20, 500)
                        .eventLoop(loop)
                        .build(),
                new Listener());
        while (!closing) {
            final long waitNs = pump(System.nanoTime());
            if (waitNs <= 0) {
                loop.runNow(TASK_BUDGET_NS);
            } else {
                loop.run(waitNs, TASK_BUDGET_NS);
            }
        }
        client.close();
        final Future<?> unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        while (!loop.isTerminated()) {
            loop.runNow();
        }
        done.countDown();
    }

    private long pump(final long nowNs) {
        if (!sending) {
            return LONGEST_WAIT_NS;
        }
        if (startNs == 0) {
            if (connected && carrier.binds() > 0) {
                startNs = nowNs;
            }
            return LONGEST_WAIT_NS;
        }
        if (next >= plan.units() || nowNs - startNs >= plan.duration().toNanos()) {
            sending = false;
            return LONGEST_WAIT_NS;
        }
        final boolean closed = plan.schedule() instanceof Schedule.Closed;
        final long first = next;
        long wait = LONGEST_WAIT_NS;
        while (next < plan.units()) {
            final long intendedNs = closed ? nowNs : startNs + plan.schedule().intendedNs(next);
            if (intendedNs > nowNs) {
                wait = Math.min(LONGEST_WAIT_NS, intendedNs - nowNs);
                break;
            }
            if (open.size() >= plan.window()) {
                // An open loop's messages get late, and their latency tells it.
                break;
            }
            open.put(plan.firstUnit() + next, intendedNs);
            sendLag.record(nowNs - intendedNs);
            counters.increment(Counter.SENT);
            if (nowNs - intendedNs > RoleCounts.LATE_NS) {
                counters.increment(Counter.LATE);
            }
            next++;
        }
        if (next > first) {
            carrier.inboundAll(plan.firstUnit() + first, (int) (next - first), plan.to(), plan.parts());
        }
        return wait;
    }

    private final class Listener implements ClientListener {
        @Override
        public void onConnected(final Welcome welcome) {
            counters.increment(Counter.CONNECTS);
            connected = true;
        }

        @Override
        public void onDisconnected(final Refusal refusal, final String words, final boolean reconnecting) {
            counters.increment(Counter.DISCONNECTS);
            trouble = refusal == null ? words : refusal + " " + words;
            if (!reconnecting) {
                sending = false;
            }
        }

        @Override
        public void onInbound(final InboundMessageDecoder inbound) {
            inbound.skipFrom();
            inbound.skipTo();
            final int length = inbound.getBody(body, 0, body.length);
            final long marker = Marker.find(text, 0, length, false);
            counters.increment(Counter.RECEIVED);
            final long intendedNs = marker == Marker.NONE ? MISSING : open.remove(marker);
            if (intendedNs == MISSING) {
                counters.increment(Counter.REPEATED);
                return;
            }
            ended.record(System.nanoTime() - intendedNs);
            counters.increment(Counter.ENDED);
            counters.increment(Counter.DELIVERED);
        }
    }
}
