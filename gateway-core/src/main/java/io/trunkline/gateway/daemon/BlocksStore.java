package io.trunkline.gateway.daemon;

import io.trunkline.gateway.admin.BlockDesk.Line;
import io.trunkline.gateway.config.load.BlocksFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What operators put on the block and safe lists, in the data directory, in the form of {@code blocks.csv}. */
final class BlocksStore {
    private static final String HEADER = "prefix,list,tenant,end,expires,reason\n";

    private final Path file;

    BlocksStore(final Path data) {
        file = data.resolve("operator-blocks.csv");
    }

    /** What is kept; a line that cannot be read is a problem, and the others are there. */
    BlocksFile.Loaded read(final Set<String> tenants) {
        return Files.exists(file) ? BlocksFile.load(file, tenants) : new BlocksFile.Loaded(List.of(), List.of(), 0);
    }

    /** Puts lines in the place of those that are kept: all of them, or after a crash those before. */
    void write(final Collection<Line> lines) throws IOException {
        final Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (BufferedWriter out = Files.newBufferedWriter(fresh)) {
            out.write(HEADER);
            for (final Line line : lines) {
                out.write(row(line));
            }
        }
        force(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        force(file.getParent());
    }

    private static String row(final Line line) {
        return String.join(
                        ",",
                        quoted(line.prefix()),
                        line.safe() ? "safe" : "block",
                        line.tenant().orElse(""),
                        line.sender() ? "sender" : "destination",
                        line.expiresAtMs() == Long.MAX_VALUE
                                ? ""
                                : Instant.ofEpochMilli(line.expiresAtMs()).toString(),
                        quoted(line.reason()))
                + "\n";
    }

    private static String quoted(final String text) {
        final String oneLine = text.replace('\r', ' ').replace('\n', ' ');
        return '"' + oneLine.replace("\"", "\"\"") + '"';
    }

    private static void force(final Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
