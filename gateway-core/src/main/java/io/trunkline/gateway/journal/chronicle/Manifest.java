package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.Damage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a cycle file holds, written beside it when no more is appended: the evidence against which it is read later. A
 * zeroed header, a lost or a swapped file is told from the end of the records by it.
 *
 * @param file name of the cycle file
 * @param clean closed by the daemon that wrote it; else by the recovery after it
 * @param first first sequence; 0 where the file is empty
 * @param last last sequence
 * @param count records; fewer than the range where recovery found some of them damaged
 * @param excerpts appends
 * @param end offset behind the last record
 * @param unheaded offset from which on records were found whole behind a header that was never completed, as a kill in the
 *     middle of an append leaves them; -1 where there are none
 * @param hash {@link RollingHash} over all records
 * @param firstWallNs wall time of the first record
 * @param lastWallNs wall time of the last record
 * @param index where some of the records begin
 */
record Manifest(
        String file,
        boolean clean,
        long first,
        long last,
        long count,
        long excerpts,
        long end,
        long unheaded,
        long hash,
        long firstWallNs,
        long lastWallNs,
        SparseIndex index) {
    static final String SUFFIX = ".manifest";
    private static final String TITLE = "trunkline-journal-manifest 1";
    private static final int HEAD_LINES = 12;

    /** Whether what a reader finds wrong is no more than the header that was never completed: nothing is lost by it. */
    boolean knows(final Damage damage) {
        return damage.kind() == Damage.Kind.HEADER && unheaded >= 0 && damage.offset() >= unheaded;
    }

    void write(final Path path, final Storage storage) throws IOException {
        final List<String> lines = new ArrayList<>();
        lines.add(TITLE);
        lines.add("file " + file);
        lines.add("closed " + (clean ? "clean" : "recovered"));
        lines.add("first " + first);
        lines.add("last " + last);
        lines.add("count " + count);
        lines.add("excerpts " + excerpts);
        lines.add("end " + end);
        lines.add("unheaded " + unheaded);
        lines.add("hash " + HexFormat.of().toHexDigits(hash));
        lines.add("firstWallNs " + firstWallNs);
        lines.add("lastWallNs " + lastWallNs);
        for (int i = 0; i < index.size(); i++) {
            lines.add("at " + index.sequence(i) + ' ' + index.offset(i));
        }
        SidecarFile.write(path, lines, storage);
    }

    /**
     * Reads a manifest.
     *
     * @return null where it is damaged
     */
    static Manifest read(final Path path) throws IOException {
        final List<String> lines = SidecarFile.read(path);
        if (lines == null || lines.size() < HEAD_LINES || !lines.get(0).equals(TITLE)) {
            return null;
        }
        final SparseIndex index = new SparseIndex();
        for (final String line : lines.subList(HEAD_LINES, lines.size())) {
            final String[] words = line.split(" ", -1);
            index.add(Long.parseLong(words[1]), Long.parseLong(words[2]));
        }
        return new Manifest(
                value(lines, 1),
                value(lines, 2).equals("clean"),
                number(lines, 3),
                number(lines, 4),
                number(lines, 5),
                number(lines, 6),
                number(lines, 7),
                number(lines, 8),
                HexFormat.fromHexDigitsToLong(value(lines, 9)),
                number(lines, 10),
                number(lines, 11),
                index);
    }

    private static String value(final List<String> lines, final int line) {
        return lines.get(line).substring(lines.get(line).indexOf(' ') + 1);
    }

    private static long number(final List<String> lines, final int line) {
        return Long.parseLong(value(lines, line));
    }
}
