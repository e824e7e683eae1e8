package io.trunkline.gateway.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.Traffic;
import io.trunkline.gateway.config.TrafficLimit;
import io.trunkline.gateway.config.TrafficLimit.Dimension;
import io.trunkline.gateway.config.TrafficLimit.Every;
import io.trunkline.gateway.config.TrafficLimit.WhenFull;
import io.trunkline.gateway.engine.Engine;
import io.trunkline.gateway.engine.EngineContext;
import io.trunkline.gateway.engine.EngineLimits;
import io.trunkline.gateway.engine.EngineRecovery;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.MessageIds;
import io.trunkline.gateway.engine.SubmitAnswer;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.gateway.engine.TrafficPolicy;
import io.trunkline.routing.networks.MccMnc;
import io.trunkline.routing.networks.NumberRanges;
import io.trunkline.smpp.text.TextProfile;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What limits have used outlasts crashes: known from the units since, and from checkpoints however they were cut short. */
class LimitRecoveryTest {
    private static final int ACME = 1;
    private static final int PER_DAY = 1_000;
    private static final int PER_HOUR = 400;
    private static final EngineLimits ROOMY =
            new EngineLimits(100_000, 1 << 20, 10, 1_000, 3_600_000, 1_000, 10_000, 100, 5_000, 300);

    private final SimulatedJournal journal = new SimulatedJournal();
    private final SubmitAnswer answer = new SubmitAnswer();
    private Engine engine;
    private long checkpointBegin;
    private long nowNs = TimeUnit.DAYS.toNanos(3);
    private long nowMs = 1_795_000_000_000L;
    private long references;

    private static Traffic traffic() {
        return new Traffic(
                List.of(
                        limit("day", List.of(Dimension.NETWORK, Dimension.CAMPAIGN), PER_DAY, Every.DAY, 0),
                        limit("hour", List.of(Dimension.TENANT, Dimension.SENDER), PER_HOUR, Every.HOUR, PER_HOUR)),
                List.of(),
                Optional.empty(),
                NumberRanges.EMPTY,
                List.of());
    }

    private static TrafficLimit limit(
            final String name, final List<Dimension> per, final int segments, final Every every, final int burst) {
        return new TrafficLimit(
                name, per, segments, every, ZoneId.of("UTC"), burst, List.of(), List.of(), 5_000, WhenFull.REFUSE);
    }

    private void start() {
        final SimulatedTenantEvents events = new SimulatedTenantEvents();
        engine = new Engine(new EngineContext(
                0,
                ROOMY,
                journal,
                events,
                new FixedRouter(question -> new int[] {1}, 0),
                (unitId, sequence) -> true,
                nowNs,
                nowMs));
        engine.policy(new TwoNetworks());
        engine.limits(traffic());
        engine.tenant(ACME, SimulatedConfig.tenant("acme", 100_000));
        engine.carrier(
                1,
                SimulatedConfig.carrier("carrier", Carrier.DoubtPolicy.FAIL, 10_000),
                TextProfile.DEFAULT,
                new NoIds());
        final EngineRecovery recovery = engine.recovery();
        journal.read(checkpointBegin, recovery);
        recovery.resume();
    }

    private void crash() {
        // What was not published is gone, and so was never acknowledged.
        journal.crash(0);
        nowMs += 700;
        nowNs = TimeUnit.SECONDS.toNanos(9);
        start();
    }

    private void cycle() {
        journal.publish();
        journal.force(journal.published());
        nowMs++;
        nowNs += 1_000_000;
        journal.wallTimeNs(nowMs * 1_000_000);
        engine.time(nowNs, nowMs);
        engine.doWork();
        journal.publish();
        journal.force(journal.published());
    }

    private ErrorCode submit(final String sender, final String to, final String campaign) {
        final byte[] bytes = (sender + to + "hello" + campaign).getBytes(StandardCharsets.US_ASCII);
        final SubmitRequest request = new SubmitRequest();
        request.tenant = ACME;
        request.referenceLo = ++references;
        request.messageClass = 2;
        request.senderType = 1;
        request.receiptWish = 1;
        request.origin = 1;
        request.dataCoding = SubmitRequest.TEXT;
        request.scheduledAtMs = SubmitRequest.ABSENT;
        request.validityMs = SubmitRequest.ABSENT;
        request.priceCapMicros = SubmitRequest.ABSENT;
        request.buffer = new UnsafeBuffer(bytes);
        request.fromLength = sender.length();
        request.toOffset = sender.length();
        request.toLength = to.length();
        request.bodyOffset = request.toOffset + to.length();
        request.bodyLength = 5;
        request.campaignOffset = request.bodyOffset + 5;
        request.campaignLength = campaign.length();
        engine.submit(request, answer);
        return answer.code;
    }

    private void checkpoint() {
        engine.checkpoint(1, new NoOthers(), begin -> checkpointBegin = begin);
    }

    @Test
    void whatWasUsedIsKnownAfterCrashesAtAnyMoment() {
        for (long seed = 1; seed <= 20; seed++) {
            new LimitRecoveryTest().run(seed);
        }
    }

    private void run(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int[] passed = new int[2];
        start();
        int crashes = 0;
        for (int step = 0; step < 6_000; step++) {
            cycle();
            final int network = random.nextInt(2);
            // Many senders, so that a checkpoint takes several cycles.
            final String sender = "4477009" + (10_000 + random.nextInt(3_000));
            if (submit(sender, network == 0 ? "34600000001" : "44700000001", "spring") == ErrorCode.NONE) {
                journal.publish();
                journal.force(journal.published());
                passed[network]++;
            }
            if (random.nextInt(100) == 0) {
                checkpoint();
            }
            if (random.nextInt(200) == 0) {
                crash();
                crashes++;
            }
        }
        assertThat(crashes).as("seed %d", seed).isPositive();
        assertThat(passed).as("seed %d, crashes %d", seed, crashes).containsExactly(PER_DAY, PER_DAY);
    }

    @Test
    void aPaceIsGoneOnWithAndGrowsMeanwhile() {
        start();
        cycle();
        int before = 0;
        while (submit("447700900001", "34600000001", Integer.toString(before)) == ErrorCode.NONE) {
            before++;
        }
        assertThat(before).isEqualTo(PER_HOUR);
        cycle();
        checkpoint();
        for (int i = 0; i < 20; i++) {
            cycle();
        }
        assertThat(checkpointBegin).isPositive();
        crash();
        cycle();
        assertThat(submit("447700900001", "34600000001", "x")).isEqualTo(ErrorCode.OVER_SENDER_LIMIT);
        // A segment in nine seconds.
        final long quarterMs = 900_000;
        nowMs += quarterMs;
        nowNs += quarterMs * 1_000_000;
        cycle();
        int after = 0;
        while (submit("447700900001", "34600000001", "y" + after) == ErrorCode.NONE) {
            after++;
        }
        assertThat(after).isEqualTo(PER_HOUR / 4);
    }

    @Test
    void aClockThatWasSetBackBeforeTheStartDoesNotStopTheKeys() {
        start();
        cycle();
        for (int i = 0; i < PER_HOUR; i++) {
            submit("447700900001", "34600000001", Integer.toString(i));
        }
        cycle();
        nowMs -= 3_600_000;
        crash();
        nowMs += 90_000;
        nowNs += TimeUnit.SECONDS.toNanos(90);
        cycle();
        int after = 0;
        while (submit("447700900001", "34600000001", "y" + after) == ErrorCode.NONE) {
            after++;
        }
        assertThat(after).isEqualTo(10);
    }

    /** Spain is one network, all else another. */
    private static final class TwoNetworks implements TrafficPolicy {
        @Override
        public int network(final DirectBuffer digits, final int offset, final int length) {
            return MccMnc.of(digits.getByte(offset) == '3' ? "214-01" : "234-15");
        }

        @Override
        public ErrorCode check(
                final int tenant,
                final long atMs,
                final DirectBuffer sender,
                final int senderOffset,
                final int senderLength,
                final DirectBuffer digits,
                final int offset,
                final int length) {
            return ErrorCode.NONE;
        }
    }

    private static final class NoIds implements MessageIds {
        @Override
        public void answer(final DirectBuffer buffer, final int offset, final int length) {}

        @Override
        public void receipt(final DirectBuffer buffer, final int offset, final int length) {}

        @Override
        public long hi() {
            return 0;
        }

        @Override
        public long lo() {
            return 0;
        }
    }
}
