package io.trunkline.perf.load;

import io.netty.channel.IoEventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.trunkline.client.ClientConfig;
import io.trunkline.client.Refusal;
import io.trunkline.client.SubmitBuilder;
import io.trunkline.client.TrunklineClient;
import io.trunkline.client.Welcome;
import io.trunkline.perf.LoopThread;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.upstream.codec.ReceiptWish;
import io.trunkline.upstream.codec.SenderType;
import io.trunkline.upstream.codec.SubmitAcceptedDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of load: a thread that owns its event loop, its clients and its ledger. Each turn it does the clients' I/O,
 * then sends what has come due. Submitting allocates nothing.
 */
public final class LoadRun implements Role, MarkedUnits, LoopThread.Work {
    /** First number of MessageState that is terminal. */
    static final int FIRST_TERMINAL = 10;

    private static final long LONGEST_WAIT_NS = 1_000_000;
    /** What an open loop was meant to send before its end may leave so much later; then it is dropped. */
    private static final long LATE_END_NS = 1_000_000_000L;

    /** Upper half of the client references of all load: "trunkloa". The lower half is the unit's number. */
    public static final long REFERENCE_HI = 0x7472_756E_6B6C_6F61L;

    private final LoadPlan plan;
    private final MessageMix mix;
    /** Units to send: an open loop's are those that are meant to leave within the duration. */
    private final long limit;

    private final long longestNs;
    private final UnitLedger ledger = new UnitLedger();
    private final LoadCounters counters = new LoadCounters();
    private final LoadLatencies latencies = new LoadLatencies();
    private final SubmitBuilder message = new SubmitBuilder();
    private final List<TrunklineClient> clients = new ArrayList<>();
    private final LoopThread thread;
    private volatile boolean sending = true;
    private volatile boolean closing;
    private volatile boolean paused;
    private volatile int cancelEvery;
    private volatile boolean failed;
    private boolean overdueCounted;
    private volatile long startNs;
    private volatile String lastTrouble = "";
    private volatile Thread waiter;
    private long next;
    private int turn;

    private LoadRun(final LoadPlan plan, final MessageMix mix) {
        this.plan = plan;
        this.mix = mix;
        final boolean closed = plan.schedule() instanceof Schedule.Closed;
        final long durationNs = plan.duration().toNanos();
        limit = closed ? plan.units() : Math.min(plan.units(), plan.schedule().dueBy(durationNs - 1));
        longestNs = durationNs + (closed ? 0 : LATE_END_NS);
        final boolean number = plan.from().chars().allMatch(Character::isDigit);
        message.from(
                number ? SenderType.NUMBER : SenderType.ALPHANUMERIC,
                plan.from().getBytes(StandardCharsets.UTF_8));
        message.receiptWish(ReceiptWish.FINAL);
        thread = new LoopThread("load-" + plan.tenant(), this);
    }

    /** A run that waits for its {@link #start()}. */
    public static LoadRun of(final LoadPlan plan) {
        return new LoadRun(plan, new MessageMix(plan.mix()));
    }

    /** A run that waits for its {@link #start()} and sends these messages in place of the plan's. */
    public static LoadRun of(final LoadPlan plan, final MessageMix messages) {
        return new LoadRun(plan, messages);
    }

    /** Connects and begins to send once the gateway has welcomed the first connection. */
    public static LoadRun start(final LoadPlan plan) {
        final LoadRun run = of(plan);
        run.start();
        return run;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void open(final ManualIoEventLoop loop) {
        for (int i = 0; i < plan.connections(); i++) {
            clients.add(TrunklineClient.connect(config(i, loop), new Listener()));
        }
    }

    @Override
    public long turn() {
        final long waitNs = pump();
        return plan.spin() ? 0 : waitNs;
    }

    @Override
    public void ended() {
        clients.forEach(TrunklineClient::close);
    }

    private ClientConfig config(final int index, final IoEventLoop on) {
        final ClientConfig.Builder config = ClientConfig.to(plan.host(), plan.port())
                .tenant(plan.tenant(), plan.token())
                .clientName(plan.clientName() + (index == 0 ? "" : "-" + index))
                .maxInFlight(plan.maxInFlight())
                .acknowledgements(4096, 50)
                .backoffMs(20, 500)
                .eventLoop(on);
        if (index > 0) {
            config.withoutEvents();
        }
        return config.build();
    }

    // ---- sending

    /** Sends what is due; nanoseconds until there may be more to do, at most {@link #LONGEST_WAIT_NS}. */
    private long pump() {
        if (startNs == 0 || paused || overdueCounted) {
            return LONGEST_WAIT_NS;
        }
        final long nowNs = System.nanoTime();
        if (!sending || next >= limit || nowNs - startNs >= longestNs) {
            sending = false;
            countOverdue(nowNs);
            return LONGEST_WAIT_NS;
        }
        return plan.schedule() instanceof Schedule.Closed ? pumpClosed(nowNs) : pumpOpen(nowNs);
    }

    private long pumpClosed(final long nowNs) {
        while (next < limit && (plan.maxOpen() == 0 || open() < plan.maxOpen())) {
            if (!submit(nowNs, nowNs)) {
                break;
            }
        }
        return LONGEST_WAIT_NS;
    }

    private long pumpOpen(final long nowNs) {
        while (next < limit) {
            final long intendedNs = startNs + plan.schedule().intendedNs(next);
            if (intendedNs > nowNs) {
                return Math.min(LONGEST_WAIT_NS, intendedNs - nowNs);
            }
            if (!submit(intendedNs, nowNs)) {
                dropWhatIsTooLate(nowNs);
                return LONGEST_WAIT_NS;
            }
        }
        return LONGEST_WAIT_NS;
    }

    /** A generator that cannot get rid of its units says so instead of holding them for ever. */
    private void dropWhatIsTooLate(final long nowNs) {
        while (next < limit && startNs + plan.schedule().intendedNs(next + plan.maxBehind()) <= nowNs) {
            ledger.sent(next, startNs + plan.schedule().intendedNs(next));
            ledger.answered(next, UnitLedger.Answer.REFUSED, 0, 0, 0, 0);
            next++;
            counters.increment(Counter.DROPPED);
        }
    }

    /** What was due before the end and never left is a result, too. */
    private void countOverdue(final long nowNs) {
        overdueCounted = true;
        final long due = Math.min(limit, plan.schedule().dueBy(nowNs - startNs));
        counters.add(Counter.DROPPED, Math.max(0, due - next));
    }

    private long open() {
        return counters.get(Counter.ACCEPTED) + clientsInFlight() - counters.get(Counter.TERMINAL);
    }

    private int clientsInFlight() {
        int sum = 0;
        for (int i = 0; i < clients.size(); i++) {
            sum += clients.get(i).inFlight();
        }
        return sum;
    }

    private boolean submit(final long intendedNs, final long nowNs) {
        final long unit = plan.firstUnit() + next;
        message.reference(REFERENCE_HI, unit);
        message.to(mix.destination(unit));
        message.text(mix.text(unit));
        message.messageClass(mix.messageClass(unit));
        for (int i = 0; i < clients.size(); i++) {
            turn = turn + 1 >= clients.size() ? 0 : turn + 1;
            if (clients.get(turn).trySubmit(message)) {
                ledger.sent(next, intendedNs);
                next++;
                counters.increment(Counter.SENT);
                latencies.sendLag(nowNs - intendedNs);
                if (nowNs - intendedNs > RoleCounts.LATE_NS) {
                    counters.increment(Counter.LATE);
                }
                return true;
            }
        }
        return false;
    }

    // ---- what comes back

    /** Knows besides when the connection is there. */
    private final class Listener extends LoadEvents {
        Listener() {
            super(plan.firstUnit(), ledger, counters, latencies, LoadRun.this::progressed);
        }

        @Override
        public void onConnected(final Welcome welcome) {
            counters.increment(Counter.CONNECTS);
            if (startNs == 0) {
                startNs = System.nanoTime();
            }
        }

        @Override
        public void onAccepted(final SubmitAcceptedDecoder accepted) {
            super.onAccepted(accepted);
            final int every = cancelEvery;
            if (every > 0 && accepted.referenceLo() % every == 0) {
                final var unused = clients.get(0).cancel(accepted.unitId());
            }
        }

        @Override
        public void onDisconnected(final Refusal refusal, final String text, final boolean reconnecting) {
            counters.increment(Counter.DISCONNECTS);
            lastTrouble = text;
            if (!reconnecting) {
                sending = false;
                failed = !closing;
            }
        }
    }

    private void progressed() {
        final Thread waiting = waiter;
        if (waiting != null && settled()) {
            LockSupport.unpark(waiting);
        }
    }

    // ---- for others

    @Override
    public long firstUnit() {
        return plan.firstUnit();
    }

    @Override
    public long units() {
        return ledger.size();
    }

    @Override
    public long intendedNs(final long index) {
        return ledger.intendedNs(index);
    }

    @Override
    public boolean acknowledged(final long index) {
        return ledger.answer(index) == UnitLedger.Answer.ACCEPTED;
    }

    @Override
    public boolean ended(final long index) {
        return ledger.terminal(index);
    }

    @Override
    public boolean delivered(final long index) {
        return ledger.state(index) == FIRST_TERMINAL;
    }

    @Override
    public String name() {
        return "binary " + plan.tenant();
    }

    @Override
    public Schedule schedule() {
        return plan.schedule();
    }

    @Override
    public RoleState state() {
        if (failed) {
            return RoleState.FAILED;
        }
        if (startNs == 0) {
            return RoleState.CONNECTING;
        }
        return sending ? RoleState.SENDING : settled() ? RoleState.SETTLED : RoleState.DRAINING;
    }

    @Override
    public long startNs() {
        return startNs;
    }

    @Override
    public RoleCounts counts() {
        return counters.asRole();
    }

    @Override
    public boolean expectsEnds() {
        return true;
    }

    @Override
    public Map<LoadStage, StageSeries> stages() {
        return latencies.byStage();
    }

    @Override
    public Map<String, Long> errors() {
        return counters.errors();
    }

    @Override
    public String trouble() {
        return lastTrouble;
    }

    public LoadPlan plan() {
        return plan;
    }

    public LoadCounters counters() {
        return counters;
    }

    public LoadLatencies latencies() {
        return latencies;
    }

    /** What is known of each unit; to be read after {@link #close()}. */
    public UnitLedger ledger() {
        return ledger;
    }

    /** Whether units are still being sent, or will be once connected. */
    public boolean sending() {
        return sending;
    }

    /** Nanoseconds since sending began; 0 before. */
    public long elapsedNs() {
        return startNs == 0 ? 0 : System.nanoTime() - startNs;
    }

    @Override
    public void stopSending() {
        sending = false;
    }

    /** Holds the sending back, or lets it go on; an open loop's units get late meanwhile. */
    public void pause(final boolean on) {
        paused = on;
    }

    /** Takes every so many-th unit back as soon as it is accepted; whether it still can is the gateway's to say. */
    public void cancelEvery(final int units) {
        cancelEvery = units;
    }

    /** All that was sent is answered, and all that was accepted is terminal. */
    public boolean settled() {
        return counters.get(Counter.SENT)
                        == counters.get(Counter.ACCEPTED)
                                + counters.get(Counter.REFUSED)
                                + counters.get(Counter.ABANDONED)
                && counters.get(Counter.ACCEPTED) <= counters.get(Counter.TERMINAL);
    }

    /** Waits until {@link #settled()}; false where time runs out first. To be called by one thread at a time. */
    public boolean awaitSettled(final Duration timeout) throws InterruptedException {
        final long end = System.nanoTime() + timeout.toNanos();
        waiter = Thread.currentThread();
        try {
            while (!settled()) {
                final long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                // Woken by progress; the bound covers the race between the check and the park.
                LockSupport.parkNanos(Math.min(left, 20_000_000));
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return true;
        } finally {
            waiter = null;
        }
    }

    /** Ends the run: what is unanswered is abandoned. */
    @Override
    public void close() {
        sending = false;
        closing = true;
        thread.close();
    }
}
