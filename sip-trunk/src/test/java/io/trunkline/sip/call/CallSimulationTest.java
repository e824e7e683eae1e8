package io.trunkline.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.call.CallNetwork.Sent;
import io.trunkline.sip.call.CallNetwork.Weather;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.TransactionLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Calls between phones that do what they like over networks that lose, double and reorder: each call ends once, with one
 * reason and exact times, nobody is left in it, and nothing of it is kept.
 */
class CallSimulationTest {
    private static final int SEEDS = Integer.getInteger("seeds", 1_000);
    private static final int CALLS = 3;
    private static final long LONGEST_MS = 150_000;
    private static final int[] REFUSALS = {401, 404, 408, 422, 480, 486, 487, 500, 503, 503, 603};

    /** One run. */
    private static final class Play {
        private final SplittableRandom random;
        private final long seed;
        private final Weather weather;
        /** Whether there is too little room for transactions or octets, so that messages are missing as if they were lost. */
        private final boolean tight;

        private final DeskRig rig;
        private ScriptedRelay relay;
        private final List<Phone.Line> callers = new ArrayList<>();
        private final Map<Long, Long> longest = new HashMap<>();
        private final Set<Long> placed = new HashSet<>();
        private int answered;

        Play(final long seed) {
            this.seed = seed;
            // Not Random: its neighbouring seeds begin alike, and a thousand of them were one weather.
            random = new SplittableRandom(seed);
            weather = weather(random);
            tight = random.nextInt(8) == 0;
            final long network = random.nextLong();
            rig = new DeskRig(
                    new CallNetwork(network, weather, tight ? little(random) : CallNetwork.SMALL),
                    tight ? kept(random.nextInt(24) * 1024L) : CallLimits.DEFAULT,
                    new LegPolicy(HeaderPolicy.DEFAULT, random.nextInt(4) == 0, 90, 90),
                    OtherRequests.NONE);
        }

        private static TransactionLimits little(final SplittableRandom random) {
            return new TransactionLimits(
                    3 + random.nextInt(12), 3 + random.nextInt(12), random.nextInt(16) * 1024L, 5, 16 * 1024);
        }

        private static CallLimits kept(final long octets) {
            final CallLimits usual = CallLimits.DEFAULT;
            return new CallLimits(
                    usual.maxCalls(),
                    usual.maxPending(),
                    usual.maxForks(),
                    usual.maxInvite(),
                    octets,
                    usual.maxMessage(),
                    usual.retryAfterSec(),
                    usual.offerMs(),
                    usual.behindMs());
        }

        private static Weather weather(final SplittableRandom random) {
            return switch (random.nextInt(4)) {
                case 0 -> Weather.FINE;
                case 1 -> new Weather(0, 0.3, 1, 900);
                case 2 -> new Weather(0.9, 0, 1, 20);
                default ->
                    new Weather(random.nextDouble() * 0.4, random.nextDouble() * 0.2, 1, 1 + random.nextInt(400));
            };
        }

        private void play() {
            relay = new ScriptedRelay(rig.network);
            relay.delayMs = () -> random.nextInt(3) == 0 ? 0 : random.nextInt(3_000);
            relay.refuses = () -> random.nextInt(10) == 0;
            rig.media = relay;
            rig.router = (call, invite) -> {
                final String user = Phone.text(invite, invite.requestUri().user());
                final long delay = random.nextInt(3) == 0 ? random.nextInt(2_000) : 0;
                final long id = call.id();
                if (delay == 0) {
                    route(call, user);
                } else {
                    rig.network.after(delay, () -> {
                        // Its time may have run out, and then the object is another call's.
                        if (call.id() == id) {
                            route(call, user);
                        }
                    });
                }
            };
            rig.caller.onInvite = (line, invite) -> behave(rig.caller, line, invite);
            rig.callee.onInvite = (line, invite) -> behave(rig.callee, line, invite);
            rig.second.onInvite = (line, invite) -> behave(rig.second, line, invite);
            rig.caller.onProvisional = this::early;
            for (final Phone phone : List.of(rig.caller, rig.callee, rig.second)) {
                phone.acksAnswers = random.nextInt(10) != 0;
                phone.ignoresCancel = () -> random.nextInt(5) == 0;
            }
            for (int i = 0; i < CALLS; i++) {
                final int number = i;
                rig.network.after(random.nextInt(5_000), () -> call(number));
            }
            rig.network.after(random.nextInt(5_000), this::place);
            if (random.nextInt(3) == 0) {
                rig.network.after(random.nextInt(30_000), this::everybodyHangsUp);
            }
            rig.network.run(LONGEST_MS);
            callers.forEach(Phone.Line::bye);
            rig.network.run(150_000);
        }

        private void route(final Call call, final String user) {
            if (random.nextInt(20) == 0) {
                call.refuse(403, "");
                return;
            }
            final FailoverPolicy failover = new FailoverPolicy(
                    StatusSet.WAY_FAILED,
                    random.nextBoolean(),
                    1_000 + random.nextInt(8_000),
                    3_000 + random.nextInt(20_000));
            final Target first = Target.of(new CallNetwork.Address(DeskRig.CALLEE), "sip:" + user + "@first.example")
                    .with(failover);
            final Target second = Target.of(new CallNetwork.Address(DeskRig.SECOND), "sip:" + user + "@second.example")
                    .with(failover);
            final long durationMs = 5L * (200 + random.nextInt(12_000));
            longest.put(call.id(), durationMs);
            endedByOwner(call);
            final boolean anchored = random.nextBoolean();
            call.route(CallPlan.of((anchored ? first.anchor() : first).with(new Guesses()), second)
                    .within(5_000 + random.nextInt(40_000), durationMs));
        }

        private void endedByOwner(final Call call) {
            final long id = call.id();
            if (random.nextInt(8) == 0) {
                rig.network.after(random.nextInt(40_000), () -> {
                    if (call.id() == id) {
                        call.end(ReleaseCause.NORMAL);
                    }
                });
            }
        }

        /** Both sides of every call at one moment. */
        private void everybodyHangsUp() {
            for (final Phone phone : List.of(rig.caller, rig.callee, rig.second)) {
                List.copyOf(phone.lines).forEach(Play::hangUp);
            }
        }

        /** Answers challenges as long as it likes. */
        private final class Guesses implements Credentials {
            @Override
            public boolean challenged(final SipMessage response) {
                return random.nextBoolean();
            }

            @Override
            public void authorize(final SipMethod method, final String requestUri, final MessageWriter out) {
                out.header(HeaderName.AUTHORIZATION, "Digest username=\"x\"");
            }
        }

        /** What a caller does in an early dialog: it acknowledges what is reliable, negotiates anew, or has enough. */
        private void early(final Phone.Line line, final SipMessage response) {
            if (line.established || line.over || response.first(HeaderName.CONTACT) < 0) {
                return;
            }
            final String number = Phone.header(response, HeaderName.RSEQ);
            if (!number.isEmpty()) {
                line.early(response, SipMethod.PRACK, "RAck: " + number + " " + line.inviteCseq + " INVITE\r\n", "");
            }
            switch (random.nextInt(10)) {
                case 0 -> line.early(response, SipMethod.UPDATE, Phone.SDP, Phone.OFFER);
                case 1 -> line.early(response, SipMethod.INFO, "", "");
                case 2 -> line.early(response, SipMethod.BYE, "", "");
                default -> {}
            }
        }

        /** The owner connects Alice to one of the others. */
        private void place() {
            final Target first = new Target(
                    new CallNetwork.Address(DeskRig.CALLER),
                    "sip:alice@phones.example",
                    "<sip:platform@edge.example>",
                    null,
                    "",
                    LegPolicy.DEFAULT,
                    FailoverPolicy.DEFAULT,
                    null,
                    null);
            final long durationMs = 5L * (200 + random.nextInt(12_000));
            final Call call = rig.desk.place(new PlaceOrder(
                    first,
                    "<sip:shop@edge.example>",
                    CallPlan.of(DeskRig.target(DeskRig.CALLEE).anchor(), DeskRig.target(DeskRig.SECOND))
                            .within(5_000 + random.nextInt(40_000), durationMs)));
            placed.add(call.id());
            longest.put(call.id(), durationMs);
            endedByOwner(call);
        }

        private void call(final int number) {
            final Phone.Line line = rig.caller.invite(
                    DeskRig.DESK,
                    "sip:" + number + "@edge.example",
                    Phone.SDP
                            + (random.nextBoolean() ? "Supported: timer\r\nSession-Expires: 100\r\n" : "")
                            + (random.nextInt(3) == 0 ? "Supported: 100rel\r\n" : ""),
                    random.nextInt(4) == 0 ? "" : Phone.OFFER);
            callers.add(line);
            if (random.nextInt(4) == 0) {
                rig.network.after(random.nextInt(8_000), () -> {
                    if (line.clientInvite != null) {
                        line.clientInvite.cancel();
                    }
                });
            }
            rig.network.after(random.nextInt(60_000), () -> talk(line));
            rig.network.after(random.nextInt(60_000), () -> hangUp(line));
        }

        private void behave(final Phone phone, final Phone.Line line, final SipMessage invite) {
            final boolean reliable = Phone.header(invite, HeaderName.SUPPORTED).contains("100rel");
            if (line.established) {
                rig.network.after(random.nextInt(300), () -> {
                    switch (random.nextInt(5)) {
                        case 0 -> line.respond(488, "", "");
                        case 1 -> line.respond(401, "", "");
                        case 2 -> {}
                        default -> line.answer(Phone.SDP, Phone.ANSWER);
                    }
                });
                return;
            }
            if (random.nextInt(5) == 0) {
                line.respond(line.serverInvite, line.head, "fork", 183, Phone.SDP, Phone.ANSWER);
            }
            if (reliable && random.nextBoolean()) {
                final String tag = random.nextInt(4) == 0 ? "fork" : line.localTag;
                line.respond(
                        line.serverInvite,
                        line.head,
                        tag,
                        183,
                        "Require: 100rel\r\nRSeq: 7\r\n" + Phone.SDP,
                        Phone.ANSWER);
            }
            final int mood = random.nextInt(10);
            if (mood == 0) {
                return;
            }
            if (mood < 7) {
                rig.network.after(random.nextInt(1_000), () -> ring(line));
            }
            rig.network.after(random.nextInt(6_000), () -> {
                if (mood < 3) {
                    refuse(line);
                } else {
                    final boolean refreshed = random.nextInt(4) == 0;
                    line.answer(Phone.SDP + (refreshed ? "Session-Expires: 90;refresher=uac\r\n" : ""), Phone.ANSWER);
                    if (random.nextInt(5) == 0 && line.serverInvite != null && !line.over) {
                        line.respond(line.serverInvite, line.head, "fork", 200, Phone.SDP, Phone.ANSWER);
                    }
                    rig.network.after(random.nextInt(60_000), () -> talk(line));
                    rig.network.after(random.nextInt(90_000), () -> hangUp(line));
                }
            });
            assertThat(phone.lines).contains(line);
        }

        private static void ring(final Phone.Line line) {
            if (line.serverInvite != null && !line.answered && !line.over) {
                line.respond(180, "", "");
            }
        }

        private void refuse(final Phone.Line line) {
            if (line.serverInvite != null && !line.answered && !line.over) {
                line.over = true;
                line.respond(REFUSALS[random.nextInt(REFUSALS.length)], "", "");
            }
        }

        private void talk(final Phone.Line line) {
            if (!line.established || line.over || line.clientInvite != null) {
                return;
            }
            switch (random.nextInt(9)) {
                case 0 -> line.request(SipMethod.INFO, "Content-Type: application/dtmf-relay\r\n", "Signal=1\r\n");
                case 1 -> line.request(SipMethod.UPDATE, Phone.SDP, Phone.OFFER);
                case 2 -> line.request(SipMethod.UPDATE, "", "");
                case 3 -> line.request(SipMethod.REFER, "Refer-To: <sip:elsewhere@example.com>\r\n", "");
                case 4 -> line.request(SipMethod.OPTIONS, "", "");
                default -> reinvite(line);
            }
        }

        private void reinvite(final Phone.Line line) {
            line.wantsOffer = random.nextInt(3) == 0;
            line.clientInvite = line.wantsOffer
                    ? line.request(SipMethod.INVITE, "", "")
                    : line.request(SipMethod.INVITE, Phone.SDP, Phone.OFFER);
            if (random.nextInt(3) == 0) {
                rig.network.after(random.nextInt(400), () -> {
                    if (line.clientInvite != null) {
                        line.clientInvite.cancel();
                    }
                });
            }
        }

        private static void hangUp(final Phone.Line line) {
            if (line.established) {
                line.bye();
            }
        }

        private void judge() {
            final String story = "seed " + seed + " " + weather + (tight ? ", little room" : "");
            rig.assertEmpty();
            assertThat(relay.open).as("calls that the relay still has").isEmpty();
            assertThat(rig.desk.calls()).as(story).isZero();
            assertThat(rig.ends).as(story).hasSize((int) rig.desk.counters().offered());
            assertThat(rig.ends.stream().map(DeskRig.End::id).distinct())
                    .as(story)
                    .hasSize(rig.ends.size());
            assertThat(rig.heard.stream().filter("answered"::equals).count())
                    .as(story)
                    .isEqualTo(rig.ends.stream()
                            .filter(e -> e.answeredAtMs() != Call.NEVER)
                            .count());
            for (final DeskRig.End end : rig.ends) {
                judge(end, story);
            }
            // Without loss every message arrives, and so nobody may be left alone in a call or with an answer unheard.
            if (weather.loss() == 0 && !tight) {
                for (final Phone phone : List.of(rig.callee, rig.second)) {
                    for (final Phone.Line line : phone.lines) {
                        assertThat(line.over || !line.established)
                                .as("%s %s%n%s", story, line.heard, rig.network)
                                .isTrue();
                        assertThat(!line.established || line.acked || line.leftUnacked)
                                .as("%s %s%n%s", story, line.heard, rig.network)
                                .isTrue();
                    }
                }
            }
        }

        private void judge(final DeskRig.End end, final String story) {
            if (end.answeredAtMs() == Call.NEVER) {
                assertThat(end.durationMs()).as(story).isZero();
                assertThat(end.outcome()).as(story).isNotEqualTo(CallOutcome.COMPLETED);
                return;
            }
            assertThat(end.outcome()).as(story).isEqualTo(CallOutcome.COMPLETED);
            final boolean ours = placed.contains(end.id());
            assertThat(sentAt(
                            end.answeredAtMs(), ours ? "ACK" : "SIP/2.0 200", ours ? "ACK" : "INVITE", DeskRig.CALLER))
                    .as(story)
                    .isPositive();
            answered++;
            final long endedAtMs = end.answeredAtMs() + end.durationMs();
            if (end.reason() == EndReason.CALLER_HUNG_UP) {
                assertThat(sentAt(endedAtMs, "SIP/2.0 200", "BYE", DeskRig.CALLER))
                        .as(story)
                        .isPositive();
            } else if (end.reason() == EndReason.CALLEE_HUNG_UP) {
                assertThat(sentAt(endedAtMs, "SIP/2.0 200", "BYE", 0)).as(story).isPositive();
            } else if (end.reason() == EndReason.MAX_DURATION) {
                assertThat(end.durationMs()).as(story).isEqualTo(longest.get(end.id()));
            }
        }

        /** Messages of the desk at that time to an end, 0 for any. */
        private long sentAt(final long atMs, final String start, final String method, final int to) {
            long count = 0;
            for (final Sent sent : rig.network.trace) {
                if (sent.atMs() == atMs
                        && sent.from() == DeskRig.DESK
                        && (to == 0 || sent.to() == to)
                        && sent.text().startsWith(start)
                        && sent.header("CSeq").endsWith(method)) {
                    count++;
                }
            }
            return count;
        }
    }

    @Test
    void everyCallEndsOnceAndNothingLeaks() {
        final long first = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + first);
        int answered = 0;
        for (int i = 0; i < SEEDS; i++) {
            final Play run = new Play(first + i);
            try {
                run.play();
                run.judge();
            } catch (final AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + run.seed + " " + run.weather, e);
            }
            answered += run.answered;
        }
        assertThat(answered).isGreaterThan(SEEDS / 2);
    }

    @Test
    void equalSeedsGiveEqualRuns() {
        for (long same = 1; same <= 5; same++) {
            final Play one = new Play(same);
            final Play other = new Play(same);
            one.play();
            other.play();
            assertThat(one.rig.network.toString()).isEqualTo(other.rig.network.toString());
        }
    }
}
