package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.journal.RecordSchema;
import io.trunkline.gateway.journal.codec.CallAttemptedDecoder;
import io.trunkline.gateway.journal.codec.CallEndedDecoder;
import io.trunkline.gateway.journal.codec.CallProgressedDecoder;
import io.trunkline.gateway.journal.codec.CallSnapshotDecoder;
import io.trunkline.sip.call.CallOutcome;
import io.trunkline.sip.call.EndReason;
import io.trunkline.sip.stir.Attestation;
import io.trunkline.sip.stir.Outcome;
import io.trunkline.sip.stir.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written of calls, and what tenants hear of them. */
class CallLedgerTest {
    private final CallRig rig = new CallRig(Durability.PROCESS);
    private final RecordSchema schema = RecordSchema.load();

    private long placed(final long reference) {
        return rig.ledger.started(CallRig.start(CallRig.ACME, CallDirection.OUT, reference), rig.clockMs);
    }

    private List<Map<String, Object>> records(final int template) {
        rig.force();
        final List<Map<String, Object>> records = new ArrayList<>();
        rig.read(record -> {
            if (record.templateId() == template) {
                final Map<String, Object> fields = schema.decode(record);
                fields.put("unit", record.unitId());
                records.add(fields);
            }
        });
        return records;
    }

    private Map<String, Object> onlyEnd() {
        assertThat(records(CallEndedDecoder.TEMPLATE_ID)).hasSize(1);
        return records(CallEndedDecoder.TEMPLATE_ID).get(0);
    }

    @Test
    void writesDownACallThatFailsOverRingsAndIsAnswered() {
        final long startedAtMs = rig.wallMs;
        final long unit = placed(5);
        rig.pass(30);
        rig.ledger.attempted(unit, CallRig.target(1), rig.clockMs);
        rig.pass(70);
        rig.ledger.gaveUp(unit, 503, 42, rig.clockMs);
        rig.ledger.attempted(unit, CallRig.target(2), rig.clockMs);
        rig.pass(750);
        rig.ledger.progressed(unit, 180, rig.clockMs);
        rig.pass(2_000);
        rig.ledger.progressed(unit, 180, rig.clockMs);
        rig.ledger.progressed(unit, 183, rig.clockMs);
        rig.pass(1_350);
        rig.ledger.answered(unit, rig.clockMs);
        rig.pass(61_337);
        rig.ledger.ended(unit, rig.hungUp());

        final Map<String, Object> end = onlyEnd();
        assertThat(end)
                .containsEntry("unit", unit)
                .containsEntry("startedAtMs", startedAtMs)
                .containsEntry("lastSeenAtMs", startedAtMs + 65_537)
                .containsEntry("pddMs", 850L)
                .containsEntry("setupMs", 4_200L)
                .containsEntry("talkMs", 61_337L)
                .containsEntry("lengthMs", 65_537L)
                .containsEntry("status", 200L)
                .containsEntry("cause", 16L)
                .containsEntry("errorCode", 0L)
                .containsEntry("carrier", 2L)
                .containsEntry("trunk", 20L)
                .containsEntry("attempts", 2L)
                .containsEntry("routeRow", 3L)
                .containsEntry("tableVersion", 7L)
                .containsEntry("outcome", 10L)
                .containsEntry("reason", 1L);
        assertThat((byte[]) end.get("to")).asString().isEqualTo("306912345678");
        assertThat((byte[]) end.get("asserted")).asString().isEqualTo("<sip:+4915112345@acme.example>");
        assertThat(records(CallAttemptedDecoder.TEMPLATE_ID)).hasSize(2);
        // The refusal, 180 once, 183.
        assertThat(records(CallProgressedDecoder.TEMPLATE_ID))
                .extracting(record -> record.get("status"))
                .containsExactly(503L, 180L, 183L);
        assertThat(rig.ledger.openCalls()).isZero();
    }

    @Test
    void aPeerThatMakesProgressWithoutEndDoesNotFillTheJournal() {
        final long unit = placed(5);
        rig.ledger.attempted(unit, CallRig.target(1), rig.clockMs);
        for (int i = 0; i < 1_000; i++) {
            rig.ledger.progressed(unit, 180 + i % 4, rig.clockMs);
        }
        assertThat(records(CallProgressedDecoder.TEMPLATE_ID)).hasSize(32);
        rig.ledger.answered(unit, rig.clockMs);
        rig.ledger.ended(unit, rig.hungUp());
        assertThat(onlyEnd()).containsEntry("status", 200L);
    }

    @Test
    void tellsTheTenantOfACallThatItPlacedInOrderLiveAndFromTheJournal() {
        final long unit = placed(5);
        rig.pass(850);
        rig.ledger.progressed(unit, 180, rig.clockMs);
        rig.pass(50);
        rig.ledger.answered(unit, rig.clockMs);
        rig.pass(1_000);
        rig.ledger.ended(unit, rig.hungUp());
        rig.force();
        final List<String> expected = List.of(
                "1 " + unit + " placed 0 0 0 -1 -1 -1 +4915112345 306912345678",
                "2 " + unit + " ringing 0 180 0 850 -1 -1",
                "3 " + unit + " answered 0 200 0 850 900 -1",
                "4 " + unit + " completed 0 200 16 850 900 1000 +4915112345 306912345678");
        assertThat(rig.told(CallRig.ACME, "late")).isEqualTo(expected);
        rig.crash(0, 5_000);
        assertThat(rig.told(CallRig.ACME, "later")).isEqualTo(expected);
    }

    @Test
    void tellsTheOwnerOfANumberOfCallsFromTheNetworkAndNobodyOfCallsThatSipTellsOf() {
        final CallStart in = CallRig.start(CallRig.OTHER, CallDirection.IN, 0);
        in.carrier = 4;
        in.trunk = 41;
        final long inbound = rig.ledger.started(in, rig.clockMs);
        // Where it goes is the tenant's own platform: the carrier stays the one that it came from.
        rig.ledger.attempted(inbound, new CallTry(0, 0, 0, 0, "sip:1@platform.example", null), rig.clockMs);
        rig.ledger.ended(inbound, rig.end(EndReason.TARGET_REFUSED, CallOutcome.BUSY, 486, 17));
        final long bySip = rig.ledger.started(CallRig.start(CallRig.ACME, CallDirection.OUT, 0), rig.clockMs);
        rig.ledger.ended(bySip, rig.hungUp());
        rig.force();
        assertThat(rig.told(CallRig.OTHER, "owner"))
                .containsExactly(
                        "1 " + inbound + " placed 0 0 0 -1 -1 -1 +4915112345 306912345678",
                        "2 " + inbound + " busy 3030 486 17 -1 -1 -1 +4915112345 306912345678");
        assertThat(rig.streams.lastSequence(CallRig.ACME)).isZero();
        assertThat(records(CallEndedDecoder.TEMPLATE_ID).get(0))
                .containsEntry("carrier", 4L)
                .containsEntry("trunk", 41L);
    }

    @Test
    void saysInItsLastRecordWhatWasSignedAndWhatTheCallersSignatureWasWorthAlsoWhereTheDaemonDied() {
        final long out = placed(5);
        rig.ledger.attempted(out, CallRig.target(1), rig.clockMs);
        rig.ledger.attempted(
                out, new CallTry(2, 20, 3, 0, "sip:306912345678@b.example", Attestation.PARTIAL), rig.clockMs);
        rig.ledger.ended(out, rig.hungUp());
        final long in = rig.ledger.started(CallRig.start(CallRig.OTHER, CallDirection.IN, 0), rig.clockMs);
        rig.ledger.verified(
                in, new Verdict(Outcome.STALE, Attestation.FULL, "origin", "CN=them", "signed an hour ago"));
        rig.ledger.attempted(in, new CallTry(0, 0, 0, 0, "sip:1@platform.example", null), rig.clockMs);
        assertThat(records(CallAttemptedDecoder.TEMPLATE_ID))
                .extracting(
                        record -> record.get("signedAs") + " " + record.get("verdict") + " " + record.get("attested"))
                .containsExactly("0 0 0", "66 0 0", "0 5 65");
        rig.checkpoint();
        rig.cycle();
        rig.force();
        rig.crash(0, 60_000);
        rig.recovery.resume();
        assertThat(records(CallEndedDecoder.TEMPLATE_ID))
                .extracting(
                        record -> record.get("signedAs") + " " + record.get("verdict") + " " + record.get("attested"))
                .containsExactly("66 0 0", "0 5 65");
    }

    @Test
    void endsAnOpenCallUnknownWithTheTimeAtWhichItsProcessWasLastSeen() {
        final long startedAtMs = rig.wallMs;
        final long unit = placed(5);
        rig.pass(4_000);
        rig.ledger.answered(unit, rig.clockMs);
        rig.force();
        rig.cycle();
        rig.pass(7_000);
        rig.cycle();
        rig.pass(400);
        rig.cycle();
        rig.crash(0, 60_000);
        rig.recovery.resume();
        assertThat(onlyEnd())
                .containsEntry("outcome", 15L)
                .containsEntry("reason", 20L)
                .containsEntry("errorCode", 2023L)
                .containsEntry("lastSeenAtMs", startedAtMs + 11_000)
                .containsEntry("setupMs", 4_000L)
                .containsEntry("talkMs", 7_000L)
                .containsEntry("lengthMs", 11_000L);
        assertThat(rig.told(CallRig.ACME, "a")).last().asString().contains(" unknown 2023 ");
        assertThat(rig.engine.references().state(CallRig.ACME, 0, 5)).isEqualTo(CallUnitState.UNKNOWN.number());
    }

    @Test
    void keepsTheTimeOfTheRunThatLostACallWhenTheNextOneIsKilledWhileItEndsThem() {
        final long first = placed(1);
        final long second = placed(2);
        rig.force();
        final long lastSeenAtMs = rig.wallMs;
        rig.crash(0, 60_000);
        // Killed before the ends are published: only Started has been.
        rig.force();
        rig.crash(0, 60_000);
        rig.recovery.resume();
        rig.force();
        // And once more with the ends there.
        rig.crash(0, 60_000);
        assertThat(rig.recovery.resume()).isZero();
        assertThat(records(CallEndedDecoder.TEMPLATE_ID))
                .extracting(record -> record.get("unit"), record -> record.get("lastSeenAtMs"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(first, lastSeenAtMs),
                        org.assertj.core.groups.Tuple.tuple(second, lastSeenAtMs));
    }

    @Test
    void saysOnceASecondThatCallsAreUpWhereNothingElseDoes() {
        placed(1);
        for (int i = 0; i < 10_000; i += 20) {
            rig.cycle();
            rig.pass(20);
        }
        assertThat(records(CallSnapshotDecoder.TEMPLATE_ID)).hasSizeBetween(8, 10);
    }

    @Test
    void remembersWhatAReferenceStandsForAcrossRuns() {
        final long unit = placed(9);
        assertThat(rig.engine.references().unit(CallRig.ACME, 0, 9)).isEqualTo(unit);
        assertThat(rig.engine.references().contentHash(CallRig.ACME, 0, 9)).isEqualTo(31 * 9);
        assertThat(rig.engine.references().unit(CallRig.OTHER, 0, 9)).isZero();
        rig.ledger.ended(unit, rig.end(EndReason.OWNER_ENDED, CallOutcome.CANCELLED, 487, 16));
        rig.force();
        rig.crash(0, 1_000);
        assertThat(rig.engine.references().unit(CallRig.ACME, 0, 9)).isEqualTo(unit);
        assertThat(rig.engine.references().state(CallRig.ACME, 0, 9)).isEqualTo(CallUnitState.CANCELLED.number());
        assertThat(placed(10)).isGreaterThan(unit);
    }

    @Test
    void writesNothingOfACallThatIsNotOpen() {
        final long unit = placed(1);
        rig.ledger.ended(unit, rig.hungUp());
        rig.force();
        final long committed = rig.journal.committed();
        rig.ledger.attempted(unit, CallRig.target(1), rig.clockMs);
        rig.ledger.progressed(unit, 180, rig.clockMs);
        rig.ledger.answered(unit, rig.clockMs);
        rig.ledger.gaveUp(unit, 503, 42, rig.clockMs);
        rig.ledger.ended(unit, rig.hungUp());
        assertThat(rig.journal.committed()).isEqualTo(committed);
        assertThat(rig.ledger.counters().strays).isEqualTo(5);
    }

    @Test
    void showsOpenCallsOldestFirst() {
        final long first = placed(1);
        rig.pass(10);
        final long second = placed(2);
        rig.ledger.attempted(second, CallRig.target(3), rig.clockMs);
        rig.pass(40);
        rig.ledger.answered(second, rig.clockMs);
        assertThat(rig.ledger.view()).extracting(CallLedger.View::unit).containsExactly(first, second);
        final CallLedger.View view = rig.ledger.view().get(1);
        assertThat(view.state()).isEqualTo(CallUnitState.ANSWERED);
        assertThat(view.carrier()).isEqualTo(3);
        assertThat(view.answeredAtMs()).isEqualTo(view.startedAtMs() + 40);
    }
}
