package io.trunkline.perf.roles;

import io.netty.channel.ManualIoEventLoop;
import io.trunkline.client.ClientConfig;
import io.trunkline.client.ClientListener;
import io.trunkline.client.Refusal;
import io.trunkline.client.TrunklineClient;
import io.trunkline.client.Welcome;
import io.trunkline.perf.LoopThread;
import io.trunkline.perf.Marker;
import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.StageSeries;
import io.trunkline.perf.roles.RoleCounters.Counter;
import io.trunkline.perf.sim.McSimulator;
import io.trunkline.perf.sim.SimCounters;
import io.trunkline.upstream.codec.InboundMessageDecoder;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Handsets that write to a tenant: by its schedule it lets a simulated carrier send deliver_sm to the gateway, and takes
 * the messages as the tenant over the binary protocol. Latency counts from the intended time to the tenant; a message is
 * acknowledged when the gateway has answered all its parts, and has ended when the tenant has it.
 */
public final class InboundRole extends ScheduledRole implements LoopThread.Work {
    private static final long MISSING = Long.MIN_VALUE;
    private static final int LONGEST_BODY = 4096;

    private final InboundPlan plan;
    private final McSimulator carrier;
    private final StageSeries ended = stage(LoadStage.ENDED);
    private final Long2LongHashMap open = new Long2LongHashMap(MISSING);
    private final byte[] body = new byte[LONGEST_BODY];
    private final UnsafeBuffer text = new UnsafeBuffer(body);
    private final LoopThread thread;
    private final long answeredBefore;
    private TrunklineClient client;
    private boolean connected;

    /** @param carrier that the gateway binds to; it stays the caller's */
    public InboundRole(final InboundPlan plan, final McSimulator carrier) {
        super(plan.schedule(), plan.units(), plan.duration(), new RoleCounters());
        this.plan = plan;
        this.carrier = carrier;
        answeredBefore = carrier.counters().get(SimCounters.Counter.INBOUND_ANSWERED);
        thread = new LoopThread("load-inbound-" + plan.tenant(), this);
    }

    @Override
    public String name() {
        return "inbound " + plan.tenant();
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    boolean isDraining() {
        return counters().get(Counter.ENDED) < counters().get(Counter.SENT);
    }

    @Override
    public RoleCounts counts() {
        final RoleCounts own = super.counts();
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
    public void close() {
        stopSending();
        thread.close();
    }

    // ---- the thread

    @Override
    public void open(final ManualIoEventLoop loop) {
        client = TrunklineClient.connect(
                ClientConfig.to(plan.host(), plan.port())
                        .tenant(plan.tenant(), plan.token())
                        .clientName(plan.clientName())
                        .acknowledgements(4096, 50)
                        .backoffMs(20, 500)
                        .eventLoop(loop)
                        .build(),
                new Listener());
    }

    @Override
    public void ended() {
        client.close();
    }

    @Override
    public long turn() {
        final long nowNs = System.nanoTime();
        if (startNs() == 0 && isSending() && connected && carrier.binds() > 0) {
            begin(nowNs);
        }
        final long first = nextIndex();
        long waitNs = dueInNs(nowNs);
        while (waitNs <= 0) {
            if (open.size() >= plan.window()) {
                // An open loop's messages get late, and their latency tells it.
                waitNs = LONGEST_WAIT_NS;
                break;
            }
            final long intendedNs = intendedNs(nowNs);
            open.put(plan.firstUnit() + nextIndex(), intendedNs);
            sent(intendedNs, nowNs);
            waitNs = dueInNs(nowNs);
        }
        if (nextIndex() > first) {
            carrier.inboundAll(plan.firstUnit() + first, (int) (nextIndex() - first), plan.to(), plan.parts());
        }
        return waitNs;
    }

    private final class Listener implements ClientListener {
        @Override
        public void onConnected(final Welcome welcome) {
            counters().increment(Counter.CONNECTS);
            connected = true;
        }

        @Override
        public void onDisconnected(final Refusal refusal, final String words, final boolean reconnecting) {
            counters().increment(Counter.DISCONNECTS);
            trouble(refusal == null ? words : refusal + " " + words);
            if (!reconnecting) {
                stopSending();
            }
        }

        @Override
        public void onInbound(final InboundMessageDecoder inbound) {
            inbound.skipFrom();
            inbound.skipTo();
            final int length = inbound.getBody(body, 0, body.length);
            final long marker = Marker.find(text, 0, length, false);
            counters().increment(Counter.RECEIVED);
            final long intendedNs = marker == Marker.NONE ? MISSING : open.remove(marker);
            if (intendedNs == MISSING) {
                counters().increment(Counter.REPEATED);
                return;
            }
            ended.record(System.nanoTime() - intendedNs);
            counters().increment(Counter.ENDED);
            counters().increment(Counter.DELIVERED);
        }
    }
}
