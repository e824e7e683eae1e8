package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.journal.RecordSchema;
import io.trunkline.gateway.journal.codec.CallEndedDecoder;
import io.trunkline.gateway.journal.codec.CallStartedDecoder;
import io.trunkline.gateway.journal.codec.StartedDecoder;
import io.trunkline.sip.call.CallOutcome;
import io.trunkline.sip.call.EndReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of every ending under crashes at any record, also in the midst of recovery: each that began has exactly one end. */
class CallSimulationTest {
    private static final int STEPS = 400;

    private final RecordSchema schema = RecordSchema.load();
    private final List<Long> open = new ArrayList<>();
    private CallRig rig;
    private SplittableRandom random;
    private long reference;

    static LongStream seeds() {
        final long first = System.nanoTime();
        return LongStream.range(first, first + 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyCallEndsOnceWhateverHappens(final long seed) {
        System.out.println("CallSimulationTest seed " + seed);
        random = new SplittableRandom(seed);
        rig = new CallRig(random.nextBoolean() ? Durability.DISK : Durability.PROCESS);
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        crash();
        rig.recovery.resume();
        rig.force();
        check();
    }

    /** The same call under a crash behind each of its records in turn. */
    @ParameterizedTest(name = "{0} records survive")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void aCallEndsOnceBehindACrashAtEachOfItsRecords(final int survivors) {
        random = new SplittableRandom(survivors);
        rig = new CallRig(Durability.DISK);
        rig.force();
        final long unit = rig.ledger.started(CallRig.start(CallRig.ACME, CallDirection.OUT, 1), rig.clockMs);
        rig.ledger.attempted(unit, CallRig.target(1), rig.clockMs);
        rig.ledger.gaveUp(unit, 503, 42, rig.clockMs);
        rig.ledger.attempted(unit, CallRig.target(2), rig.clockMs);
        rig.ledger.progressed(unit, 180, rig.clockMs);
        rig.ledger.answered(unit, rig.clockMs);
        rig.journal.publish();
        assertThat(rig.journal.atRisk()).isEqualTo(6);
        rig.crash(survivors, 1_000);
        assertThat(rig.recovery.resume()).isEqualTo(survivors == 0 ? 0 : 1);
        rig.force();
        check();
        assertThat(rig.told(CallRig.ACME, "all")).hasSize(survivors == 0 ? 0 : survivors < 5 ? 2 : survivors - 2);
    }

    private void step() {
        rig.pass(random.nextInt(300));
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> begin();
            case 3 ->
                some().forEach(unit -> rig.ledger.attempted(unit, CallRig.target(1 + random.nextInt(3)), rig.clockMs));
            case 4 -> some().forEach(unit -> rig.ledger.progressed(unit, 180 + random.nextInt(4), rig.clockMs));
            case 5 -> some().forEach(unit -> rig.ledger.gaveUp(unit, 503, 42, rig.clockMs));
            case 6 -> some().forEach(unit -> rig.ledger.answered(unit, rig.clockMs));
            case 7 -> some().forEach(this::end);
            case 8 -> rig.checkpoint();
            case 9 -> rig.force();
            case 10 -> {
                if (random.nextInt(6) == 0) {
                    crash();
                    if (random.nextBoolean()) {
                        rig.recovery.resume();
                    } else {
                        // Killed while it ends the calls, perhaps with some of the ends there.
                        rig.recovery.resume();
                        rig.journal.publish();
                        crash();
                        rig.recovery.resume();
                    }
                    open.clear();
                }
            }
            default -> rig.cycle();
        }
    }

    private void crash() {
        rig.crash(random.nextInt(1 + rig.journal.atRisk()), random.nextInt(5_000));
    }

    private void begin() {
        final boolean placed = random.nextBoolean();
        final CallDirection direction = random.nextBoolean() || placed ? CallDirection.OUT : CallDirection.IN;
        open.add(rig.ledger.started(
                CallRig.start(1 + random.nextInt(2), direction, placed ? ++reference : 0), rig.clockMs));
    }

    private List<Long> some() {
        return open.isEmpty() ? List.of() : List.of(open.get(random.nextInt(open.size())));
    }

    private void end(final long unit) {
        open.remove(unit);
        rig.ledger.ended(
                unit,
                switch (random.nextInt(4)) {
                    case 0 -> rig.end(EndReason.TARGET_REFUSED, CallOutcome.BUSY, 486, 17);
                    case 1 -> rig.end(EndReason.CALLER_CANCELLED, CallOutcome.CANCELLED, 487, 16);
                    default -> rig.hungUp();
                });
    }

    /** By the journal alone: whatever began has one end; a lost call was last seen when its run was. */
    private void check() {
        final Map<Long, Long> seen = new HashMap<>();
        final Map<Long, Integer> ends = new HashMap<>();
        final Map<Integer, Long> events = new HashMap<>();
        final long[] last = new long[1];
        rig.read(record -> {
            final Map<String, Object> fields = schema.decode(record);
            final long unit = record.unitId();
            switch (record.templateId()) {
                case CallStartedDecoder.TEMPLATE_ID -> {
                    assertThat(ends.put(unit, 0))
                            .as("unit %d began twice", unit)
                            .isNull();
                    seen.put(unit, 0L);
                }
                case StartedDecoder.TEMPLATE_ID -> seen.replaceAll((call, at) -> at == 0 ? last[0] : at);
                case CallEndedDecoder.TEMPLATE_ID -> {
                    ends.merge(unit, 1, Integer::sum);
                    final long lostAt = seen.remove(unit);
                    assertThat(fields.get("outcome").equals(15L)).isEqualTo(lostAt != 0);
                    if (lostAt != 0) {
                        assertThat(fields).containsEntry("lastSeenAtMs", lostAt);
                    }
                }
                default -> {
                    // Nothing is asked of the others.
                }
            }
            if (fields.get("eventSequence") instanceof Long sequence && sequence != 0) {
                final int tenant = ((Long) fields.get("tenant")).intValue();
                assertThat(sequence).as("event of tenant %d", tenant).isEqualTo(events.getOrDefault(tenant, 0L) + 1);
                events.put(tenant, sequence);
            }
            last[0] = record.wallTimeNs() / 1_000_000;
        });
        assertThat(ends.values()).as("ends of each call").allMatch(count -> count == 1);
        assertThat(rig.ledger.openCalls()).isZero();
    }
}
