package io.trunkline.perf.roles;

import io.trunkline.perf.calls.CallAgent;
import io.trunkline.perf.calls.Line;
import io.trunkline.perf.calls.SipNode;
import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.StageSeries;
import io.trunkline.perf.roles.RoleCounters.Counter;
import io.trunkline.sip.message.SipMessage;
import java.util.SplittableRandom;

/**
 * A SIP platform that calls: by its schedule it sends INVITEs to a gateway or a trunk, talks for a while and hangs up.
 * Latency counts from the intended time to ringing, to the answer, and to the end. A call is acknowledged when it is answered,
 * refused by a final status (487 where the caller itself gave it up), abandoned where nothing comes.
 */
public final class CallerRole extends ScheduledRole {
    private static final int TALKS = 0;
    private static final int GIVES_UP = 1;

    private final CallerPlan plan;
    private final StageSeries ringing = stage(LoadStage.RINGING);
    private final StageSeries answered = stage(LoadStage.ACKNOWLEDGED);
    private final StageSeries ended = stage(LoadStage.ENDED);
    private final SplittableRandom random;
    private final SipNode node;

    /** A caller that has not begun. */
    public CallerRole(final CallerPlan plan, final long seed) {
        super(plan.schedule(), plan.units(), plan.duration(), new RoleCounters("refused, status %d"));
        this.plan = plan;
        random = new SplittableRandom(seed);
        node = new SipNode("load-calls", plan.local(), new Caller());
    }

    @Override
    public String name() {
        return "calls " + plan.destination();
    }

    @Override
    public void start() {
        try {
            node.start();
            begin(System.nanoTime());
            counters().increment(Counter.CONNECTS);
        } catch (final IllegalStateException e) {
            trouble(e.getMessage());
            stopSending();
        }
    }

    @Override
    boolean isDraining() {
        final RoleCounts counts = counts();
        return counts.inFlight() > 0 || counts.open() > 0;
    }

    @Override
    public void close() {
        stopSending();
        node.close();
    }

    /** The calling side. */
    private final class Caller extends CallAgent {
        @Override
        protected long pump() {
            while (true) {
                final long nowNs = System.nanoTime();
                final long waitNs = dueInNs(nowNs);
                if (waitNs > 0) {
                    return waitNs;
                }
                if (open() >= plan.open()) {
                    // An open loop's calls get late, and their latency tells it.
                    return LONGEST_WAIT_NS;
                }
                beginCall(intendedNs(nowNs), nowNs);
            }
        }

        private void beginCall(final long intendedNs, final long nowNs) {
            final Line line = call(plan.destination(), plan.from(), plan.number(nextIndex()));
            if (line == null) {
                dropped();
                return;
            }
            line.intendedNs = intendedNs;
            line.plan = random.nextDouble() < plan.cancelled() ? GIVES_UP : TALKS;
            sent(intendedNs, nowNs);
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
                counters().increment(Counter.ACKNOWLEDGED);
                if (plan.hold() != null) {
                    next(line, plan.hold().sampleMs(random));
                }
            } else {
                counters().refused(status);
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
                    counters().increment(Counter.ENDED);
                    if (ending == Ending.BY_US_ALONE) {
                        trouble("a BYE was not answered, or refused");
                    } else {
                        counters().increment(Counter.DELIVERED);
                    }
                }
                case TIMEOUT -> {
                    counters().increment(Counter.ABANDONED);
                    trouble("calls without any final response");
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
