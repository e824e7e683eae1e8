package io.trunkline.sip.call;

import static io.trunkline.sip.call.DeskRig.CALLER;
import static io.trunkline.sip.call.DeskRig.DESK;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.transaction.TransactionLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A desk that takes its time for each message, and callers that do not wait for it: what arrives waits in a socket of a certain size,
 * what does not fit there is lost and comes again. Callers give up after two seconds.
 */
class OverloadSimulationTest {
    /** What a message costs the desk, in microseconds: one that begins a call, a new call that is refused, an ACK, any other. */
    private static final int BEGIN_US = 2_400;

    private static final int REFUSE_US = 300;
    private static final int ACK_US = 150;
    private static final int OTHER_US = 500;
    /** INVITE, 200, ACK, BYE, 200: what the desk hears of a call. */
    private static final double CALL_US = BEGIN_US + ACK_US + 3.0 * OTHER_US;

    private static final double CAPACITY = 1_000_000 / CALL_US;
    private static final int SOCKET = 600;
    private static final long STEP_MS = 5;
    private static final long PATIENCE_MS = 2_000;
    private static final long TALK_MS = 150;
    private static final long OFFERED_MS = 10_000;
    private static final TransactionLimits PLENTY = new TransactionLimits(50_000, 50_000, 64 << 20, 5, 16 * 1024);

    /** Datagrams that wait to be read, and the time that the desk takes for them. */
    private static final class Server {
        private record Waiting(String method, Runnable delivery) {}

        private final DeskRig rig;
        private final long turnMs;
        private final ArrayDeque<Waiting> socket = new ArrayDeque<>();
        private long budgetUs;
        private long emptyAtMs;
        private long handled;
        private long lost;

        Server(final DeskRig rig, final long turnMs) {
            this.rig = rig;
            this.turnMs = turnMs;
            emptyAtMs = rig.network.time();
            rig.network.slow(DESK, this::arrived);
            rig.network.after(turnMs, this::work);
        }

        private void arrived(final byte[] octets, final Runnable delivery) {
            if (socket.size() == SOCKET) {
                lost++;
                return;
            }
            final String start = new String(octets, 0, 16, StandardCharsets.US_ASCII);
            socket.add(new Waiting(start.substring(0, start.indexOf(' ')), delivery));
        }

        private void work() {
            budgetUs += turnMs * 1_000;
            while (budgetUs > 0 && !socket.isEmpty()) {
                final Waiting next = socket.poll();
                final long begun = rig.desk.counters().offered();
                next.delivery.run();
                handled++;
                final boolean began = rig.desk.counters().offered() > begun;
                budgetUs -= switch (next.method) {
                    case "INVITE" -> began ? BEGIN_US : REFUSE_US;
                    case "ACK" -> ACK_US;
                    default -> OTHER_US;
                };
            }
            final long nowMs = rig.network.time();
            if (socket.isEmpty()) {
                budgetUs = Math.min(budgetUs, 0);
                emptyAtMs = nowMs;
            }
            if (rig.desk.gate().isDue(nowMs)) {
                rig.desk.gate().poll(nowMs, nowMs - emptyAtMs, handled);
            }
            rig.network.after(turnMs, this::work);
        }
    }

    /** What became of calls. */
    private record Outcome(int offered, int answered, double perSecond, long setupP90Ms, long lost, long refused) {}

    private static CallLimits limits(final long behindMs) {
        final CallLimits usual = CallLimits.DEFAULT;
        return new CallLimits(
                usual.maxCalls(),
                usual.maxPending(),
                usual.maxForks(),
                usual.maxInvite(),
                usual.maxStored(),
                usual.maxMessage(),
                usual.retryAfterSec(),
                usual.offerMs(),
                behindMs);
    }

    /** Callers that do as they are told (RFC 7339 §5.4), if they ever are: what they leave out is not offered. */
    private static final class Obedience {
        private static final Pattern REPORT = Pattern.compile(";oc=(\\d+);oc-algo=\"loss\";oc-validity=(\\d+);oc-seq=");

        private final CallNetwork network;
        private int read;
        private int percent;
        private long untilMs;
        private int credit;

        Obedience(final CallNetwork network) {
            this.network = network;
        }

        boolean calls() {
            for (; read < network.trace.size(); read++) {
                final CallNetwork.Sent sent = network.trace.get(read);
                final Matcher report = REPORT.matcher(sent.text());
                if (sent.to() == CALLER && report.find()) {
                    percent = Integer.parseInt(report.group(1));
                    untilMs = sent.atMs() + Long.parseLong(report.group(2));
                }
            }
            credit += network.time() < untilMs ? 100 - percent : 100;
            if (credit < 100) {
                return false;
            }
            credit -= 100;
            return true;
        }
    }

    /** Offers so many times what the desk can do. */
    private static Outcome offer(final double load, final long behindMs) {
        return offer(load, behindMs, false, STEP_MS);
    }

    /** @param turnMs how often the desk has its turn, for all the time since the last one */
    private static Outcome offer(final double load, final long behindMs, final boolean obeying, final long turnMs) {
        final DeskRig rig = new DeskRig(
                new CallNetwork(1, CallNetwork.Weather.FINE, PLENTY),
                limits(behindMs),
                LegPolicy.DEFAULT,
                OtherRequests.NONE);
        final Server server = new Server(rig, turnMs);
        final List<Phone.Line> lines = new ArrayList<>();
        final List<Long> setups = new ArrayList<>();
        rig.caller.viaParameters = obeying ? ";oc;oc-algo=\"loss\"" : "";
        final Obedience obedience = new Obedience(rig.network);
        final int calls = (int) (CAPACITY * load * OFFERED_MS / 1_000);
        for (int i = 0; i < calls; i++) {
            rig.network.after(OFFERED_MS * i / calls, () -> {
                if (obedience.calls()) {
                    final Phone.Line line = rig.call();
                    lines.add(line);
                    watch(rig, line, rig.network.time(), setups);
                }
            });
        }
        rig.network.run(OFFERED_MS + PATIENCE_MS);
        setups.sort(null);
        final Outcome outcome = new Outcome(
                lines.size(),
                setups.size(),
                setups.size() * 1_000.0 / OFFERED_MS,
                setups.isEmpty() ? Long.MAX_VALUE : setups.get(setups.size() * 9 / 10),
                server.lost,
                rig.desk.counters().refusedOverloaded());
        assertThat(rig.network.sent(DESK, CALLER, "SIP/2.0 503"))
                .allMatch(sent -> sent.header("Via").contains(";oc=") == (sent.header("Retry-After") == null));
        return outcome;
    }

    /** One that hears nothing in time gives up, one that is answered talks and hangs up. */
    private static void watch(final DeskRig rig, final Phone.Line line, final long beganMs, final List<Long> setups) {
        final long nowMs = rig.network.time();
        if (line.established) {
            setups.add(nowMs - beganMs);
            rig.network.after(TALK_MS, line::bye);
        } else if (!line.over) {
            if (nowMs - beganMs < PATIENCE_MS) {
                rig.network.after(STEP_MS, () -> watch(rig, line, beganMs, setups));
            } else if (line.clientInvite != null) {
                line.clientInvite.cancel();
            }
        }
    }

    /** Calls a second that are left where all others are refused at once. */
    private static double possible(final double load) {
        final double refusal = REFUSE_US + ACK_US;
        return (1_000_000 - CAPACITY * load * refusal) / (CALL_US - refusal);
    }

    @Test
    void belowCapacityNoCallIsRefused() {
        final Outcome outcome = offer(0.9, 100);
        assertThat(outcome.refused()).isZero();
        assertThat(outcome.answered()).isEqualTo(outcome.offered());
    }

    @Test
    void aboveCapacityAsManyCallsAreMadeAsThereIsTimeForAndSoonOrNotAtAll() {
        for (final double load : new double[] {1.05, 1.2, 1.5, 2, 3}) {
            final Outcome outcome = offer(load, 100);
            assertThat(outcome.perSecond()).as("%s", outcome).isGreaterThan(possible(load) * 0.85);
            assertThat(outcome.setupP90Ms()).as("%s", outcome).isLessThan(1_000);
        }
    }

    @Test
    void aDeskThatHasItsTurnNowAndThenLetsInWhatHasGatheredMeanwhile() {
        assertThat(offer(0.9, 100, false, 50).refused()).isZero();
        final Outcome outcome = offer(1.2, 100, false, 50);
        assertThat(outcome.perSecond()).as("%s", outcome).isGreaterThan(possible(1.2) * 0.85);
    }

    @Test
    void callersThatObeyAreToldHowMuchToLeaveOutAndFewHaveToBeRefused() {
        for (final double load : new double[] {1.2, 2, 4}) {
            final Outcome outcome = offer(load, 100, true, STEP_MS);
            assertThat(outcome.perSecond()).as("%s", outcome).isGreaterThan(CAPACITY * 0.8);
            assertThat(outcome.refused()).as("%s", outcome).isLessThan(outcome.offered() / 4);
        }
    }

    @Test
    void withoutTheGateItsTimeGoesToCallsWhoseCallersHaveGivenUp() {
        final Outcome outcome = offer(2, 0);
        assertThat(outcome.refused()).isZero();
        assertThat(outcome.perSecond()).as("%s", outcome).isLessThan(CAPACITY * 0.5);
    }
}
