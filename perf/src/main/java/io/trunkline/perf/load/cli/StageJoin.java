package io.trunkline.perf.load.cli;

import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.MarkedUnits;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.load.StageSeries;
import io.trunkline.perf.report.Check;
import io.trunkline.perf.sim.CarrierLogReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What the carrier's log and the gateway's journal say of a run's units, joined with when those were meant to leave. The
 * clocks are those of the machine's processes: on one machine they agree to well below a millisecond, across machines
 * only as far as the machines' clocks do.
 */
final class StageJoin {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** Latencies by stage, and what must agree. */
    record Joined(Map<LoadStage, Histogram> stages, List<Check> checks) {}

    private final List<MarkedUnits> runs;
    private final Map<LoadStage, Histogram> stages = new EnumMap<>(LoadStage.class);
    private final List<Check> checks = new ArrayList<>();
    private final long epochNs;

    private StageJoin(final List<MarkedUnits> runs) {
        this.runs = runs;
        final Instant now = Instant.now();
        epochNs = now.getEpochSecond() * NS_PER_SECOND + now.getNano() - System.nanoTime();
    }

    /** Joins what the options name; what cannot be read becomes a warning, not a failure: the run itself is measured. */
    static Joined of(final List<Role> roles, final OutcomeOptions options, final List<String> warnings) {
        final List<MarkedUnits> runs = roles.stream()
                .filter(MarkedUnits.class::isInstance)
                .map(MarkedUnits.class::cast)
                .toList();
        final StageJoin join = new StageJoin(runs);
        if (options.carrierLogs().isEmpty() && options.journal().isEmpty()) {
            return new Joined(Map.of(), List.of());
        }
        if (runs.size() < roles.size()) {
            warnings.add("a role keeps no ledger of its units: its part of logs and journal is not joined");
        }
        if (!options.carrierLogs().isEmpty()) {
            try {
                join.carriers(options.carrierLogs());
            } catch (final UncheckedIOException | IllegalStateException e) {
                warnings.add("the carrier's log was not joined: " + e.getMessage());
            }
        }
        options.journal().ifPresent(data -> {
            try {
                join.journal(data, warnings);
            } catch (final RuntimeException e) {
                // Whatever is wrong with somebody else's journal must not cost the report.
                warnings.add("the journal was not joined: " + e.getMessage());
            }
        });
        return new Joined(join.stages, join.checks);
    }

    private void carriers(final List<Path> logs) {
        // A carrier that still runs writes its log in pieces: what is missing may come within a moment.
        UnitTimes times = read(logs);
        List<Check> matched = receipts(times);
        for (int again = 0; again < 4 && !matched.stream().allMatch(Check::passed); again++) {
            LockSupport.parkNanos(NS_PER_SECOND / 2);
            times = read(logs);
            matched = receipts(times);
        }
        record(times);
        checks.addAll(matched);
    }

    private UnitTimes read(final List<Path> logs) {
        final UnitTimes times = new UnitTimes(runs, LoadStage.AT_CARRIER, LoadStage.RECEIPT_SENT);
        for (final Path log : logs) {
            CarrierLogReader.forEach(log, entry -> {
                switch (entry.kind()) {
                    case SUBMIT -> {
                        if (entry.status() == 0) {
                            times.reached(LoadStage.AT_CARRIER, entry.marker(), entry.timeNs());
                        }
                    }
                    case RECEIPT -> times.reached(LoadStage.RECEIPT_SENT, entry.marker(), entry.timeNs());
                    default -> {
                        // The rest has no unit, or no time that is asked for.
                    }
                }
            });
        }
        return times;
    }

    private List<Check> receipts(final UnitTimes times) {
        long delivered = 0;
        long deliveredAndReceipted = 0;
        long receipted = 0;
        long receiptedAndEnded = 0;
        for (int run = 0; run < runs.size(); run++) {
            final MarkedUnits units = runs.get(run);
            for (long index = 0; index < units.units(); index++) {
                final int receipts = times.at(LoadStage.RECEIPT_SENT, run, index) == 0 ? 0 : 1;
                receipted += receipts;
                receiptedAndEnded += units.ended(index) ? receipts : 0;
                if (units.delivered(index)) {
                    delivered++;
                    deliveredAndReceipted += receipts;
                }
            }
        }
        return List.of(
                Check.equal(
                        "receipts matched: receipted by the carrier = ended of these", receipted, receiptedAndEnded),
                Check.equal("delivered = receipted by the carrier", delivered, deliveredAndReceipted));
    }

    private void journal(final Path data, final List<String> warnings) {
        final JournalStages journal = new JournalStages(runs);
        final List<JournalFiles> shards = JournalFiles.in(data);
        if (shards.isEmpty()) {
            throw new IllegalStateException("no journal below " + data);
        }
        for (final JournalFiles shard : shards) {
            final RecoveryReport report = shard.read(journal);
            if (!report.damaged().isEmpty()) {
                warnings.add("the journal is damaged: " + report.damaged());
            }
        }
        record(journal.times());
        long acknowledged = 0;
        long journaled = 0;
        for (int run = 0; run < runs.size(); run++) {
            final MarkedUnits units = runs.get(run);
            for (long index = 0; index < units.units(); index++) {
                if (units.acknowledged(index)) {
                    acknowledged++;
                    journaled += journal.times().at(LoadStage.JOURNALED, run, index) == 0 ? 0 : 1;
                }
            }
        }
        checks.add(Check.equal("journal = acknowledged", journaled, acknowledged));
    }

    private void record(final UnitTimes times) {
        for (final LoadStage stage : times.stages()) {
            final Histogram histogram = new Histogram(StageSeries.HIGHEST_NS, StageSeries.DIGITS);
            for (int run = 0; run < runs.size(); run++) {
                final MarkedUnits units = runs.get(run);
                for (long index = 0; index < units.units(); index++) {
                    final long atNs = times.at(stage, run, index);
                    if (atNs != 0) {
                        final long latencyNs = atNs - epochNs - units.intendedNs(index);
                        histogram.recordValue(Math.min(Math.max(0, latencyNs), StageSeries.HIGHEST_NS));
                    }
                }
            }
            if (histogram.getTotalCount() > 0) {
                stages.put(stage, histogram);
            }
        }
    }
}
