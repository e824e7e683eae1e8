package io.trunkline.perf.roles;

import io.trunkline.perf.calls.CallAgent;
import io.trunkline.perf.calls.Line;
import io.trunkline.perf.calls.SipNode;
import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.load.StageSeries;
import io.trunkline.perf.roles.RoleCounters.Counter;
import io.trunkline.sip.message.SipMessage;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A SIP platform that calls: by its schedule it sends INVITEs to a gateway or a trunk, talks for a while and hangs up.
 * Latency counts from the intended time to ringing, to the answer, and to the end. A call is acknowledged when it is answered,
 * refused by a final status (487 where the caller itself gave it up), abandoned where nothing comes.
 */
public final class CallerRole implements Role {
    private static final long LONGEST_WAIT_NS = 1_000_000;
    private static final int TALKS = 0;
    private static final int GIVES_UP = 1;

    private final CallerPlan plan;
    private final RoleCounters counters = new RoleCounters("refused, status %d");
    private final StageSeries sendLag = new StageSeries();
    private final StageSeries ringing = new StageSeries();
    private final StageSeries answered = new StageSeries();
    private final StageSeries ended = new StageSeries();
    private final SplittableRandom random;
    private final SipNode node;
    private volatile boolean sending = true;
    private volatile long startNs;
    private volatile String trouble = "";
    private long next;

    /** A caller that has not begun. */
    public CallerRole(final CallerPlan plan, final long seed) {
        this.plan = plan;
        random = new SplittableRandom(seed);
        node = new SipNode("load-calls", plan.local(), new Caller());
    }

    @Override
    public String name() {
        return "calls " + plan.destination();
    }

    @Override
    public Schedule schedule() {
        return plan.schedule();
    }

    @Override
    public void start() {
        try {
            node.start();
            startNs = System.nanoTime();
            counters.increment(Counter.CONNECTS);
        } catch (final IllegalStateException e) {
            trouble = e.getMessage();
            sending = false;
        }
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
        return counts.inFlight() > 0 || counts.open() > 0 ? RoleState.DRAINING : RoleState.SETTLED;
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
        return true;
    }

    @Override
    public Map<LoadStage, StageSeries> stages() {
        final Map<LoadStage, StageSeries> stages = new EnumMap<>(LoadStage.class);
        stages.put(LoadStage.SENT, sendLag);
        stages.put(LoadStage.RINGING, ringing);
        stages.put(LoadStage.ACKNOWLEDGED, answered);
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
        node.close();
    }

    /** The calling side. */
    private final class Caller extends CallAgent {
        @Override
        protected long pump() {
            if (!sending || startNs == 0) {
                return LONGEST_WAIT_NS;
            }
            final long nowNs = System.nanoTime();
            final boolean closed = plan.schedule() instanceof Schedule.Closed;
            while (true) {
                if (next >= plan.units() || nowNs - startNs >= plan.duration().toNanos()) {
                    sending = false;
                    return LONGEST_WAIT_NS;
                }
                final long intendedNs =
                        closed ? nowNs : startNs + plan.schedule().intendedNs(next);
                if (intendedNs > nowNs) {
                    return Math.min(LONGEST_WAIT_NS, intendedNs - nowNs);
                }
                if (open() >= plan.open()) {
                    // An open loop's calls get late, and their latency tells it.
                    return LONGEST_WAIT_NS;
                }
                begin(intendedNs, nowNs);
            }
        }

        private void begin(final long intendedNs, final long nowNs) {
            final long unit = next++;
            final Line line = call(plan.destination(), plan.from(), plan.number(unit));
            if (line == null) {
                counters.increment(Counter.DROPPED);
                return;
            }
            line.unit = unit;
            line.intendedNs = intendedNs;
            line.plan = random.nextDouble() < plan.cancelled() ? GIVES_UP : TALKS;
            counters.increment(Counter.SENT);
            sendLag.record(nowNs - intendedNs);
            if (nowNs - intendedNs > RoleCounts.LATE_NS) {
                counters.increment(Counter.LATE);
            }
        }

        @Override
        protected void onAnswer(final Line line, final int status) {
            final long latencyNs = System.nanoTime() - line.intendedNs;
            if (status < 200) {
                ringing.record(latencyNs);
                if (line.plan == GIVES_UP) {
                    next(line, plan.patience().sampleMs(random));
                }
            } else if (status < 300) {
                answered.record(latencyNs);
                counters.increment(Counter.ACKNOWLEDGED);
                if (plan.hold() != null) {
                    next(line, plan.hold().sampleMs(random));
                }
            } else {
                counters.refused(status);
            }
        }

        @Override
        protected void onNext(final Line line) {
            if (line.state() == Line.State.TALKING) {
                hangUp(line);
            } else {
                cancel(line);
            }
        }

        @Override
        protected void onOver(final Line line, final Ending ending) {
            switch (ending) {
                case BY_PEER, BY_US, BY_US_ALONE -> {
                    ended.record(System.nanoTime() - line.intendedNs);
                    counters.increment(Counter.ENDED);
                    if (ending == Ending.BY_US_ALONE) {
                        trouble = "a BYE was not answered, or refused";
                    } else {
                        counters.increment(Counter.DELIVERED);
                    }
                }
                case TIMEOUT -> {
                    counters.increment(Counter.ABANDONED);
                    trouble = "calls without any final response";
                }
                default -> {
                    // Counted when its final status came.
                }
            }
        }

        @Override
        protected void onInvited(final Line line, final SipMessage invite) {
            // Nobody calls a load generator.
            answer(line, 480);
        }

        @Override
        protected void onAcknowledged(final Line line) {
            throw new IllegalStateException("no call was taken");
        }
    }
}
