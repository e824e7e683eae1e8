package io.trunkline.perf.claims;

import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.perf.billing.DamageKind;
import io.trunkline.perf.billing.DamagedJournal;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Damage of every kind at random places in the files of a journal that a daemon has written over several runs. Each time what a
 * reader of the journal says is held against what was done: whether it says anything, whether it names the file and the place,
 * and whether the records that it hands out are all that were not hit, and no other.
 */
final class JournalDamage implements Claim {
    @Override
    public String name() {
        return "journal-damage";
    }

    @Override
    public String describe() {
        return "a journal damaged in every way at 1,000 random places: each time detected, located, and no record lost besides";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final long times = context.option("times", 1_000);
        final long seed = context.option("seed", 1);
        final Path data = journal(context);
        final DamagedJournal journal =
                new DamagedJournal(data, context.directory().resolve("damaged"));
        final RecoveryReport whole = journal.read(new ArrayList<>());
        context.say("%d files, %,d records, %,d bytes", journal.cycles().size(), whole.records(), whole.bytes());
        final ClaimResult result = new ClaimResult()
                .require(whole.clean(), "the journal is damaged before it is: " + whole.damaged())
                .value("damages", times)
                .value("files", journal.cycles().size())
                .value("records", whole.records());
        final SplittableRandom random = new SplittableRandom(seed);
        final Map<DamageKind, Integer> done = new TreeMap<>();
        final List<DamageKind> kinds = List.of(DamageKind.values());
        long undetected = 0;
        long misplaced = 0;
        long wrongRecords = 0;
        for (long i = 0; i < times; i++) {
            final DamageKind kind = kinds.get((int) (i % kinds.size()));
            final DamagedJournal.Wound wound = journal.wound(kind, random);
            final List<Long> read = new ArrayList<>();
            final RecoveryReport report = journal.read(read);
            done.merge(kind, 1, Integer::sum);
            if (report.clean()) {
                undetected++;
                context.say("not detected: %s", wound);
            } else if (!wound.isNamedBy(report.damaged())) {
                misplaced++;
                context.say("not located: %s; said: %s", wound, report.damaged());
            }
            if (!accountsFor(journal, wound, read, report)) {
                wrongRecords++;
                context.say("other records than those that were not hit: %s; said: %s", wound, report.damaged());
            }
            if (i < kinds.size()) {
                context.say(
                        "%s: %s",
                        wound,
                        report.damaged().isEmpty() ? "" : report.damaged().get(0));
            }
            journal.heal();
        }
        done.forEach((kind, count) -> result.value(kind.word(), count));
        return result.zero("undetected", undetected)
                .zero("misplaced", misplaced)
                .zero("wrongRecords", wrongRecords);
    }

    /**
     * Files that have each other's content cannot always be told apart from files that are gone: then each record is either handed
     * out or reported. Whatever else happens, exactly those are handed out that were not hit.
     */
    private static boolean accountsFor(
            final DamagedJournal journal,
            final DamagedJournal.Wound wound,
            final List<Long> read,
            final RecoveryReport report) {
        if (wound.kind() != DamageKind.SWAPPED_CYCLES) {
            return read.equals(journal.expected(wound));
        }
        final Set<Long> handedOut = new HashSet<>(read);
        return handedOut.size() == read.size()
                && journal.expected(wound).stream()
                        .allMatch(sequence -> handedOut.contains(sequence)
                                || report.damaged().stream()
                                        .anyMatch(damage -> damage.firstSequence() <= sequence
                                                && sequence <= damage.lastSequence()));
    }

    /** Three runs of a daemon under load, each ended in good order. */
    private static Path journal(final ProveContext context) throws Exception {
        final Stage stage = Stage.usual(context, "process");
        final Daemon daemon = stage.start();
        final long each = context.option("units", 3_000);
        for (int run = 0; run < context.option("runs", 4); run++) {
            final LoadRun load = context.load(stage.plan()
                    .at(new Schedule.Constant(context.option("rate", 2_000)))
                    .sending(Kill9.allClasses(context.option("seed", 1) + run)));
            final long wanted = each;
            ProveContext.await(Duration.ofSeconds(30), () -> load.counters().get(Counter.ACCEPTED) > wanted);
            load.stopSending();
            Settling.await(context, load);
            load.close();
            daemon.stop(Duration.ofSeconds(45));
            if (run + 1 < context.option("runs", 4)) {
                daemon.start();
            }
        }
        return stage.setup().data();
    }
}
