package io.trunkline.perf.roles;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.trunkline.perf.LoopThread;
import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.StageSeries;
import io.trunkline.perf.roles.RoleCounters.Counter;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;

/**
 * An SMPP client against any message centre: one thread that owns its event loop and all its binds, sends by its
 * schedule, in turn over the binds that have room, and counts answers and receipts. A bind that is lost comes back;
 * what was unanswered on it is given up.
 */
public final class EsmeRole extends ScheduledRole implements LoopThread.Work {
    private static final long MISSING = Long.MIN_VALUE;
    private static final long RECONNECT_NS = 300_000_000;
    private static final long SWEEP_NS = 500_000_000;
    private static final int READ_SIZE = 128 * 1024;
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    /** Due and not sendable: more than this are dropped and counted. */
    private static final int MAX_BEHIND = 200_000;
    /** Connects under way at once, so that ten thousand binds do not overrun the peer's backlog. */
    private static final int CONNECTING = 64;

    private final EsmePlan plan;
    private final StageSeries acknowledged = stage(LoadStage.ACKNOWLEDGED);
    private final StageSeries ended;
    private final MessageMix mix;
    private final ReceiptIds ids;
    private final Long2LongHashMap open = new Long2LongHashMap(MISSING);
    private final Long2LongHashMap early = new Long2LongHashMap(MISSING);
    private final List<EsmeBind> binds = new ArrayList<>();
    private final LoopThread thread;
    private ManualIoEventLoop loop;
    private int turn;
    private int connecting;
    private long lastSweepNs;

    public EsmeRole(final EsmePlan plan) {
        this(plan, new MessageMix(plan.mix()));
    }

    /** @param mix messages other than the plan's own, its alone */
    public EsmeRole(final EsmePlan plan, final MessageMix mix) {
        super(plan.schedule(), plan.units(), plan.duration(), new RoleCounters());
        this.plan = plan;
        this.mix = mix;
        ids = new ReceiptIds(plan.ids());
        ended = plan.receipts() ? stage(LoadStage.ENDED) : null;
        thread = new LoopThread("load-esme-" + plan.systemId(), this);
    }

    // ---- Role

    @Override
    public String name() {
        return "esme " + plan.host() + ":" + plan.port();
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    boolean isDraining() {
        final RoleCounts counts = counts();
        return counts.inFlight() > 0 || (plan.receipts() && counts.open() > 0);
    }

    @Override
    public boolean expectsEnds() {
        return plan.receipts();
    }

    @Override
    public void close() {
        stopSending();
        thread.close();
    }

    // ---- the thread

    @Override
    public void open(final ManualIoEventLoop itsLoop) {
        loop = itsLoop;
        for (int i = 0; i < plan.binds(); i++) {
            binds.add(new EsmeBind(this, plan));
        }
    }

    @Override
    public long turn() {
        final long nowNs = System.nanoTime();
        connectSome(nowNs);
        final long waitNs = pump(nowNs);
        for (int i = 0; i < binds.size(); i++) {
            binds.get(i).flush();
        }
        if (nowNs - lastSweepNs > SWEEP_NS) {
            lastSweepNs = nowNs;
            binds.forEach(bind -> bind.sweep(nowNs - plan.answerTimeout().toNanos()));
        }
        return waitNs;
    }

    @Override
    public void ended() {
        binds.forEach(EsmeBind::unbind);
    }

    private void connectSome(final long nowNs) {
        for (int i = 0; i < binds.size() && connecting < CONNECTING; i++) {
            final EsmeBind bind = binds.get(i);
            if (bind.wantsConnection(nowNs)) {
                connecting++;
                bind.connecting();
                connect(bind);
            }
        }
    }

    private void connect(final EsmeBind bind) {
        final ChannelFuture unused = new Bootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(plan.binds() > 16 ? READ_SIZE / 16 : READ_SIZE))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(final Channel channel) {
                        channel.pipeline().addLast(bind);
                    }
                })
                .connect(plan.host(), plan.port())
                .addListener(connected -> {
                    connecting--;
                    if (!connected.isSuccess()) {
                        trouble(String.valueOf(connected.cause().getMessage()));
                        bind.comeAgain(System.nanoTime() + RECONNECT_NS);
                    }
                });
    }

    // ---- sending

    private long pump(final long nowNs) {
        long waitNs = dueInNs(nowNs);
        while (waitNs <= 0) {
            if (isClosedLoop() && plan.maxOpen() > 0 && openNow() >= plan.maxOpen()) {
                return LONGEST_WAIT_NS;
            }
            final EsmeBind bind = nextWithRoom();
            if (bind == null) {
                if (!isClosedLoop()) {
                    dropBehind(MAX_BEHIND, nowNs);
                }
                return LONGEST_WAIT_NS;
            }
            final long intendedNs = intendedNs(nowNs);
            bind.submit(mix, plan.firstUnit() + nextIndex(), intendedNs);
            sent(intendedNs, nowNs);
            waitNs = dueInNs(nowNs);
        }
        return waitNs;
    }

    private long openNow() {
        return counters().get(Counter.SENT)
                - counters().get(Counter.REFUSED)
                - counters().get(Counter.ABANDONED)
                - counters().get(Counter.ENDED);
    }

    private EsmeBind nextWithRoom() {
        for (int i = 0; i < binds.size(); i++) {
            turn = turn + 1 >= binds.size() ? 0 : turn + 1;
            if (binds.get(turn).hasRoom()) {
                return binds.get(turn);
            }
        }
        return null;
    }

    // ---- what binds tell

    ReceiptIds ids() {
        return ids;
    }

    void onBound() {
        counters().increment(Counter.CONNECTS);
        if (startNs() == 0 && counters().get(Counter.CONNECTS) >= plan.binds()) {
            begin(System.nanoTime());
        }
    }

    void onLost(final EsmeBind bind, final boolean wasBound) {
        if (wasBound) {
            counters().increment(Counter.DISCONNECTS);
        }
        bind.comeAgain(System.nanoTime() + RECONNECT_NS);
    }

    void onTaken(final long id, final long intendedNs) {
        counters().increment(Counter.ACKNOWLEDGED);
        final long nowNs = System.nanoTime();
        acknowledged.record(nowNs - intendedNs);
        if (!plan.receipts()) {
            return;
        }
        final long state = early.remove(id);
        if (state == MISSING) {
            open.put(id, intendedNs);
        } else {
            end(intendedNs, (int) state, nowNs);
        }
    }

    void onReceipt(final long id, final int state) {
        final long intendedNs = open.remove(id);
        if (intendedNs != MISSING) {
            end(intendedNs, state, System.nanoTime());
        } else if (early.size() < MAX_BEHIND && early.put(id, state) == MISSING) {
            // Perhaps before its answer; one that never finds it was for someone else, or came twice.
            return;
        } else {
            counters().increment(Counter.REPEATED);
        }
    }

    private void end(final long intendedNs, final int state, final long nowNs) {
        ended.record(nowNs - intendedNs);
        counters().increment(Counter.ENDED);
        if (state == EsmeBind.DELIVERED) {
            counters().increment(Counter.DELIVERED);
        } else {
            counters().endedBadly(state);
        }
    }
}
