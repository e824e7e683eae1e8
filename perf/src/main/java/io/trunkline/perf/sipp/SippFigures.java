package io.trunkline.perf.sipp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a process of SIPp has counted: the last line of its statistics, and of its counts by message.
 *
 * @param created calls that it made or took
 * @param succeeded calls that went by the scenario
 * @param failed calls that did not
 * @param resent messages that it sent again
 * @param heardAgain messages that came again
 */
public record SippFigures(long created, long succeeded, long failed, long resent, long heardAgain) {
    private static final SippFigures NONE = new SippFigures(0, 0, 0, 0, 0);

    static SippFigures read(final Path statistics, final Optional<Path> counts) throws IOException {
        final List<String> lines = lines(statistics);
        if (lines.size() < 2) {
            return NONE;
        }
        final List<String> names = List.of(lines.get(0).split(";", -1));
        final List<String> last = List.of(lines.get(lines.size() - 1).split(";", -1));
        return new SippFigures(
                number(names, last, "TotalCallCreated"),
                number(names, last, "SuccessfulCall(C)"),
                number(names, last, "FailedCall(C)"),
                number(names, last, "Retransmissions(C)"),
                counts.isPresent() ? heardAgain(counts.get()) : 0);
    }

    /** Columns are named after the messages: {@code 1_100_Recv;1_100_Retrans;…}, {@code 0_INVITE_Sent;0_INVITE_Retrans;…}. */
    private static long heardAgain(final Path counts) throws IOException {
        final List<String> lines = lines(counts);
        if (lines.size() < 2) {
            return 0;
        }
        final List<String> names = List.of(lines.get(0).split(";", -1));
        final List<String> last = List.of(lines.get(lines.size() - 1).split(";", -1));
        long sum = 0;
        for (int i = 0; i + 1 < Math.min(names.size(), last.size()); i++) {
            if (names.get(i).endsWith("_Recv") && names.get(i + 1).endsWith("_Retrans")) {
                sum += Long.parseLong(last.get(i + 1).strip());
            }
        }
        return sum;
    }

    private static List<String> lines(final Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
    }

    private static long number(final List<String> names, final List<String> values, final String name) {
        final int at = names.indexOf(name);
        if (at < 0 || at >= values.size()) {
            throw new IllegalStateException("SIPp's statistics have no column " + name + ": " + names);
        }
        return Long.parseLong(values.get(at).strip());
    }
}
