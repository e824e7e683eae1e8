package io.trunkline.perf.prove;

import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordType;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.UnitLedger;
import io.trunkline.perf.load.UnitLedger.Answer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * What became of the units that a client was never told the end of: by the state that it was told last and the last record that
 * the journal has of them. So a unit that waits for its carrier is told from one whose answer or receipt never came, and from one
 * that ended and whose event was lost.
 */
public final class StillOpen implements RecordHandler {
    private static final int NAMED = 3;
    private static final String NO_RECORD = "no record";

    private final Long2ObjectHashMap<Open> byUnit = new Long2ObjectHashMap<>();

    /** One of them. */
    private static final class Open {
        private final long marker;
        private final int told;
        private RecordType last;
        private long sequence;
        private long wallTimeNs;

        Open(final long marker, final int told) {
            this.marker = marker;
            this.told = told;
        }

        String group() {
            final UnitState state = UnitState.of(told);
            return "told " + (state == null ? "nothing" : state.name()) + ", last "
                    + (last == null ? NO_RECORD : last.label());
        }

        String text(final long unit) {
            return "unit " + Long.toUnsignedString(unit) + " marker " + marker + ": "
                    + (last == null
                            ? NO_RECORD
                            : last.label() + " " + sequence + " at "
                                    + Instant.ofEpochSecond(0, wallTimeNs).toString());
        }
    }

    /** Those of a group. */
    private static final class Group {
        private final List<String> examples = new ArrayList<>();
        private long count;
    }

    /** Takes in a run that has ended. */
    public StillOpen hear(final LoadRun run) {
        return hear(run.plan().firstUnit(), run.ledger());
    }

    StillOpen hear(final long firstUnit, final UnitLedger ledger) {
        for (long index = 0; index < ledger.size(); index++) {
            if (ledger.answer(index) == Answer.ACCEPTED && !ledger.terminal(index)) {
                byUnit.put(ledger.unitId(index), new Open(firstUnit + index, ledger.state(index)));
            }
        }
        return this;
    }

    /** What there is to say after the journal of a daemon that has stopped was read; nothing where no unit is open. */
    public List<String> tell(final Path data) {
        if (!byUnit.isEmpty()) {
            JournalFiles.read(data, this);
        }
        return tell();
    }

    @Override
    public void onRecord(final RecordView record) {
        final Open open = record.unitId() == 0 ? null : byUnit.get(record.unitId());
        // A snapshot says nothing that a record before it has not said.
        if (open != null && RecordType.of(record.templateId()) != RecordType.UNIT_SNAPSHOT) {
            open.last = RecordType.of(record.templateId());
            open.sequence = record.sequence();
            open.wallTimeNs = record.wallTimeNs();
        }
    }

    List<String> tell() {
        final Map<String, Group> groups = new TreeMap<>();
        byUnit.forEach((unit, open) -> {
            final Group group = groups.computeIfAbsent(open.group(), added -> new Group());
            group.count++;
            if (group.examples.size() < NAMED) {
                group.examples.add(open.text(unit));
            }
        });
        final List<String> lines = new ArrayList<>();
        groups.forEach((what, group) -> {
            lines.add(String.format(Locale.ROOT, "%,d without an end: %s", group.count, what));
            lines.addAll(group.examples);
        });
        return lines;
    }
}
