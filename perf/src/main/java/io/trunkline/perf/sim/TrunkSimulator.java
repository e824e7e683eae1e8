package io.trunkline.perf.sim;

import io.trunkline.perf.calls.CallAgent;
import io.trunkline.perf.calls.Line;
import io.trunkline.perf.calls.SipNode;
import io.trunkline.perf.sim.CallCounters.Counter;
import io.trunkline.sip.message.SipMessage;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;

/**
 * A simulated carrier's SIP trunk: takes calls over UDP and TCP, and does with them what it is told. The behaviour can be
 * changed while it runs. Methods that are public may be called from any thread.
 */
public final class TrunkSimulator implements AutoCloseable {
    private final String name;
    private final SipNode node;
    private final CallCounters counters = new CallCounters();
    private final SplittableRandom random;
    private CallBehaviour behaviour;

    private TrunkSimulator(
            final String name, final InetSocketAddress address, final long seed, final CallBehaviour behaviour) {
        this.name = name;
        this.behaviour = behaviour;
        random = new SplittableRandom(seed);
        node = new SipNode("trunk-" + name, address, new Telephones());
    }

    /**
     * Starts to listen.
     *
     * @param name in thread names and reports
     * @param address to listen on; port 0: any that is free
     * @param seed of all that is drawn
     * @throws IllegalStateException where it cannot listen there
     */
    public static TrunkSimulator start(
            final String name, final InetSocketAddress address, final long seed, final CallBehaviour behaviour) {
        final TrunkSimulator simulator = new TrunkSimulator(name, address, seed, behaviour);
        simulator.node.start();
        return simulator;
    }

    public String name() {
        return name;
    }

    public InetSocketAddress address() {
        return node.address();
    }

    public CallCounters counters() {
        return counters;
    }

    /** Changes one setting; the answer of {@link CallBehaviour#with} to one that does not fit. */
    public void set(final String key, final String value) {
        // Read here, so that whoever asks hears of the mistake.
        CallBehaviour.answering().with(key, value);
        node.execute(() -> behaviour = behaviour.with(key, value));
    }

    @Override
    public void close() {
        node.close();
    }

    @Override
    public String toString() {
        return "trunk " + name;
    }

    /** The called side. A line's plan is what becomes of it. */
    private final class Telephones extends CallAgent {
        /** A plan beside statuses: answered, and then nothing any more. */
        private static final int VANISHES = 2;

        @Override
        protected void onInvited(final Line line, final SipMessage invite) {
            counters.increment(Counter.INVITES);
            line.plan = behaviour.answers.sample(random);
            if (line.plan == 200 && random.nextDouble() < behaviour.vanished) {
                line.plan = VANISHES;
            }
            if (line.plan != CallBehaviour.SILENT) {
                next(line, behaviour.ringDelay.sampleMs(random));
            }
        }

        @Override
        protected void onNext(final Line line) {
            switch (line.state()) {
                case INVITED -> {
                    if (behaviour.provisional == 0) {
                        finish(line);
                        return;
                    }
                    ring(line, behaviour.provisional);
                    if (line.plan != CallBehaviour.RINGS) {
                        next(line, behaviour.answerDelay.sampleMs(random));
                    }
                }
                case RINGING -> finish(line);
                case TALKING -> hangUp(line);
                default -> {
                    // It came to its end meanwhile.
                }
            }
        }

        private void finish(final Line line) {
            if (line.plan == CallBehaviour.RINGS) {
                return;
            }
            answer(line, line.plan >= 300 ? line.plan : 200);
        }

        @Override
        protected void onAcknowledged(final Line line) {
            counters.increment(Counter.ANSWERED);
            if (behaviour.hangUp != null && line.plan != VANISHES) {
                next(line, behaviour.hangUp.sampleMs(random));
            }
        }

        @Override
        protected boolean answersInDialog(final Line line) {
            return line.plan != VANISHES;
        }

        @Override
        protected int optionsStatus() {
            return behaviour.options;
        }

        @Override
        protected void onAnswer(final Line line, final int status) {
            throw new IllegalStateException("a called side calls nobody");
        }

        @Override
        protected void onOver(final Line line, final Ending ending) {
            counters.increment(
                    switch (ending) {
                        case BY_PEER -> Counter.ENDED_BY_CALLER;
                        case BY_US, BY_US_ALONE -> Counter.ENDED_BY_CALLEE;
                        case REFUSED -> Counter.REFUSED;
                        case CANCELLED -> Counter.CANCELLED;
                        case TIMEOUT -> Counter.TIMED_OUT;
                    });
        }
    }
}
