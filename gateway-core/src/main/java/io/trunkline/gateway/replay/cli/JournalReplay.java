package io.trunkline.gateway.replay.cli;

import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.gateway.replay.CandidateRoutes;
import io.trunkline.gateway.replay.PastRoutes;
import io.trunkline.gateway.replay.ReplayResult;
import io.trunkline.gateway.replay.RouteReplay;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads all shards' journals through a replay, and says how far it is where that takes long. */
final class JournalReplay {
    private static final int LOOK_AT_CLOCK_EVERY = 1 << 16;
    private static final long SAY_EVERY_NS = TimeUnit.SECONDS.toNanos(2);

    private final List<JournalFiles> shards;
    private final PrintWriter progress;
    private long records;
    private long saidNs;
    private long startNs;

    /**
     * What was read, and what came of it.
     *
     * @param records whole ones
     * @param lost records that should be there and cannot be read
     * @param firstNs acceptance of the journal's oldest unit, in or out of the time asked for; 0 where there is none
     * @param lastNs of its newest
     * @param nanos taken
     */
    record Reading(
            ReplayResult result, long records, long lost, List<Damage> damaged, long firstNs, long lastNs, long nanos) {
        Reading {
            damaged = List.copyOf(damaged);
        }
    }

    JournalReplay(final List<JournalFiles> shards, final PrintWriter progress) {
        this.shards = List.copyOf(shards);
        this.progress = progress;
    }

    /**
     * Reads.
     *
     * @param most rows to list
     */
    Reading read(
            final CandidateRoutes candidate,
            final PastRoutes past,
            final long fromNs,
            final long toNs,
            final int most) {
        startNs = System.nanoTime();
        saidNs = startNs;
        final RouteReplay replay = new RouteReplay(candidate, past, fromNs, toNs);
        final List<Damage> damaged = readAll(replay);
        return new Reading(
                replay.result(most),
                records,
                damaged.stream().mapToLong(Damage::records).sum(),
                damaged,
                replay.journalFirstNs(),
                replay.journalLastNs(),
                System.nanoTime() - startNs);
    }

    private List<Damage> readAll(final RouteReplay replay) {
        records = 0;
        final List<Damage> damaged = new ArrayList<>();
        for (final JournalFiles shard : shards) {
            replay.journal(new NamesByNumber().ahead(shard));
            final RecoveryReport report = shard.read(new Watched(replay));
            damaged.addAll(report.damaged());
        }
        return damaged;
    }

    /** Says now and then where the reading is. */
    private final class Watched implements RecordHandler {
        private final RouteReplay replay;

        Watched(final RouteReplay replay) {
            this.replay = replay;
        }

        @Override
        public void onRecord(final RecordView record) {
            replay.onRecord(record);
            if ((++records & (LOOK_AT_CLOCK_EVERY - 1)) == 0) {
                final long nowNs = System.nanoTime();
                if (nowNs - saidNs >= SAY_EVERY_NS) {
                    saidNs = nowNs;
                    progress.println("replay: " + Figures.count(records) + " records read, "
                            + Figures.count(replay.units()) + " units routed, at "
                            + Figures.time(record.wallTimeNs()) + ", after " + Figures.seconds(nowNs - startNs));
                    progress.flush();
                }
            }
        }
    }
}
