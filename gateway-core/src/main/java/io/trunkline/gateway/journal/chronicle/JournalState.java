package io.trunkline.gateway.journal.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of the journal as a whole, in one small file: the checkpoints to start from, the oldest record that must
 * still be there, and the sequences that no record will ever have.
 *
 * @param floor oldest sequence that retention has left
 * @param checkpoints complete ones, newest first
 * @param lost ranges lost in a crash and reported then, oldest first
 */
record JournalState(long floor, List<Checkpoint> checkpoints, List<Lost> lost) {
    static final String FILE_NAME = "journal.state";
    static final JournalState EMPTY = new JournalState(1, List.of(), List.of());
    private static final String TITLE = "trunkline-journal-state 1";
    private static final int CHECKPOINTS_KEPT = 3;

    JournalState {
        checkpoints = List.copyOf(checkpoints);
        lost = List.copyOf(lost);
    }

    /** A complete checkpoint: from its begin record to its end record. */
    record Checkpoint(long begin, long end) {}

    /** Sequences that were given out and never reached the disk, or were lost with the end of a file. */
    record Lost(long first, long last) {}

    JournalState with(final Checkpoint checkpoint) {
        final List<Checkpoint> kept = new ArrayList<>();
        kept.add(checkpoint);
        checkpoints.stream().limit(CHECKPOINTS_KEPT - 1).forEach(kept::add);
        return new JournalState(floor, kept, lost);
    }

    JournalState withFloor(final long newFloor) {
        return new JournalState(
                newFloor,
                checkpoints,
                lost.stream().filter(v -> v.last() >= newFloor).toList());
    }

    JournalState with(final Lost gap) {
        final List<Lost> all = new ArrayList<>(lost);
        all.add(gap);
        return new JournalState(floor, checkpoints, all);
    }

    /** Whether all of a range is known never to have been kept. */
    boolean isLost(final long first, final long last) {
        long next = first;
        for (final Lost gap : lost) {
            if (gap.first() <= next && next <= gap.last()) {
                next = gap.last() + 1;
            }
        }
        return next > last;
    }

    void write(final Path directory, final Storage storage) throws IOException {
        final List<String> lines = new ArrayList<>();
        lines.add(TITLE);
        lines.add("floor " + floor);
        checkpoints.forEach(c -> lines.add("checkpoint " + c.begin() + ' ' + c.end()));
        lost.forEach(v -> lines.add("lost " + v.first() + ' ' + v.last()));
        SidecarFile.write(directory.resolve(FILE_NAME), lines, storage);
    }

    /**
     * Reads the state; empty where there is none yet.
     *
     * @return null where it is damaged
     */
    static JournalState read(final Path directory) throws IOException {
        final Path file = directory.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return EMPTY;
        }
        final List<String> lines = SidecarFile.read(file);
        if (lines == null || !lines.get(0).equals(TITLE)) {
            return null;
        }
        long floor = 1;
        final List<Checkpoint> checkpoints = new ArrayList<>();
        final List<Lost> lost = new ArrayList<>();
        for (final String line : lines.subList(1, lines.size())) {
            final String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "floor" -> floor = Long.parseLong(words[1]);
                case "checkpoint" ->
                    checkpoints.add(new Checkpoint(Long.parseLong(words[1]), Long.parseLong(words[2])));
                case "lost" -> lost.add(new Lost(Long.parseLong(words[1]), Long.parseLong(words[2])));
                default -> {
                    return null;
                }
            }
        }
        return new JournalState(floor, checkpoints, lost);
    }
}
