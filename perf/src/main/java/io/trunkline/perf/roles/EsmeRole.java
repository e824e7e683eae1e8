package io.trunkline.perf.roles;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.load.StageSeries;
import io.trunkline.perf.roles.RoleCounters.Counter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Long2LongHashMap;

/**
 * An SMPP client against any message centre: one thread that owns its event loop and all its binds, sends by its
 * schedule, in turn over the binds that have room, and counts answers and receipts. A bind that is lost comes back;
 * what was unanswered on it is given up.
 */
public final class EsmeRole implements Role {
    private static final long MISSING = Long.MIN_VALUE;
    private static final long LONGEST_WAIT_NS = 1_000_000;
    private static final long TASK_BUDGET_NS = 1_000_000;
    private static final long RECONNECT_NS = 300_000_000;
    private static final long SWEEP_NS = 500_000_000;
    private static final int READ_SIZE = 128 * 1024;
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    /** Due and not sendable: more than this are dropped and counted. */
    private static final int MAX_BEHIND = 200_000;
    /** Connects under way at once, so that ten thousand binds do not overrun the peer's backlog. */
    private static final int CONNECTING = 64;

    private final EsmePlan plan;
    private final RoleCounters counters = new RoleCounters();
    private final StageSeries sendLag = new StageSeries();
    private final StageSeries acknowledged = new StageSeries();
    private final StageSeries ended = new StageSeries();
    private final MessageMix mix;
    private final ReceiptIds ids;
    private final Long2LongHashMap open = new Long2LongHashMap(MISSING);
    private final Long2LongHashMap early = new Long2LongHashMap(MISSING);
    private final List<EsmeBind> binds = new ArrayList<>();
    private final Thread thread;
    private final CountDownLatch done = new CountDownLatch(1);
    private ManualIoEventLoop loop;
    private volatile boolean sending = true;
    private volatile boolean closing;
    private volatile long startNs;
    private volatile String trouble = "";
    private long next;
    private int turn;
    private int connecting;
    private long lastSweepNs;

    public EsmeRole(final EsmePlan plan) {
        this(plan, new MessageMix(plan.mix()));
    }

    /** @param mix messages other than the plan's own, its alone */
    public EsmeRole(final EsmePlan plan, final MessageMix mix) {
        this.plan = plan;
        this.mix = mix;
        this.ids = new ReceiptIds(plan.ids());
        this.thread = new FastThreadLocalThread(this::run, "load-esme-" + plan.systemId());
        thread.setDaemon(true);
    }

    // ---- Role

    @Override
    public String name() {
        return "esme " + plan.host() + ":" + plan.port();
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
        final RoleCounts counts = counts();
        return counts.inFlight() > 0 || (plan.receipts() && counts.open() > 0) ? RoleState.DRAINING : RoleState.SETTLED;
    }

    @Override
    public long startNs() {
        return startNs;
    }

    @Override
    public RoleCounts counts() {
        return counters.counts();
    }

    @Override
    public boolean expectsEnds() {
        return plan.receipts();
    }

    @Override
    public Map<LoadStage, StageSeries> stages() {
        final Map<LoadStage, StageSeries> stages = new EnumMap<>(LoadStage.class);
        stages.put(LoadStage.SENT, sendLag);
        stages.put(LoadStage.ACKNOWLEDGED, acknowledged);
        if (plan.receipts()) {
            stages.put(LoadStage.ENDED, ended);
        }
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
                throw new IllegalStateException("the ESME's thread did not end within 10 s");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the thread

    private void run() {
        loop = new ManualIoEventLoop(
                thread, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        for (int i = 0; i < plan.binds(); i++) {
            binds.add(new EsmeBind(this, plan));
        }
        while (!closing) {
            final long nowNs = System.nanoTime();
            connectSome(nowNs);
            final long waitNs = pump(nowNs);
            for (int i = 0; i < binds.size(); i++) {
                binds.get(i).flush();
            }
            if (waitNs <= 0) {
                loop.runNow(TASK_BUDGET_NS);
            } else {
                loop.run(waitNs, TASK_BUDGET_NS);
            }
            if (nowNs - lastSweepNs > SWEEP_NS) {
                lastSweepNs = nowNs;
                binds.forEach(bind -> bind.sweep(nowNs - plan.answerTimeout().toNanos()));
            }
        }
        binds.forEach(EsmeBind::unbind);
        final Future<?> unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        while (!loop.isTerminated()) {
            loop.runNow();
        }
        done.countDown();
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
        if (startNs == 0 || !sending) {
            return LONGEST_WAIT_NS;
        }
        if (next >= plan.units() || nowNs - startNs >= plan.duration().toNanos()) {
            sending = false;
            return LONGEST_WAIT_NS;
        }
        final boolean closed = plan.schedule() instanceof Schedule.Closed;
        while (next < plan.units()) {
            if (closed && plan.maxOpen() > 0 && openNow() >= plan.maxOpen()) {
                return LONGEST_WAIT_NS;
            }
            final long intendedNs = closed ? nowNs : startNs + plan.schedule().intendedNs(next);
            if (intendedNs > nowNs) {
                return Math.min(LONGEST_WAIT_NS, intendedNs - nowNs);
            }
            final EsmeBind bind = nextWithRoom();
            if (bind == null) {
                if (!closed) {
                    dropWhatIsTooLate(nowNs);
                }
                return LONGEST_WAIT_NS;
            }
            bind.submit(mix, plan.firstUnit() + next, intendedNs);
            next++;
            counters.increment(Counter.SENT);
            sendLag.record(nowNs - intendedNs);
            if (nowNs - intendedNs > RoleCounts.LATE_NS) {
                counters.increment(Counter.LATE);
            }
        }
        return LONGEST_WAIT_NS;
    }

    private long openNow() {
        return counters.get(Counter.SENT)
                - counters.get(Counter.REFUSED)
                - counters.get(Counter.ABANDONED)
                - counters.get(Counter.ENDED);
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

    private void dropWhatIsTooLate(final long nowNs) {
        while (next < plan.units() && startNs + plan.schedule().intendedNs(next + MAX_BEHIND) <= nowNs) {
            next++;
            counters.increment(Counter.DROPPED);
        }
    }

    // ---- what binds tell

    ReceiptIds ids() {
        return ids;
    }

    RoleCounters counters() {
        return counters;
    }

    void trouble(final String text) {
        trouble = text;
    }

    void onBound() {
        counters.increment(Counter.CONNECTS);
        if (startNs == 0 && counters.get(Counter.CONNECTS) >= plan.binds()) {
            startNs = System.nanoTime();
        }
    }

    void onLost(final EsmeBind bind, final boolean wasBound) {
        if (wasBound) {
            counters.increment(Counter.DISCONNECTS);
        }
        bind.comeAgain(System.nanoTime() + RECONNECT_NS);
    }

    void onTaken(final long id, final long intendedNs) {
        counters.increment(Counter.ACKNOWLEDGED);
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
            counters.increment(Counter.REPEATED);
        }
    }

    private void end(final long intendedNs, final int state, final long nowNs) {
        ended.record(nowNs - intendedNs);
        counters.increment(Counter.ENDED);
        if (state == EsmeBind.DELIVERED) {
            counters.increment(Counter.DELIVERED);
        } else {
            counters.endedBadly(state);
        }
    }
}
