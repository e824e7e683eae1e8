package io.trunkline.perf.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel's page cache holds of the files below a directory. */
final class PageCache {
    private final Path directory;

    PageCache(final Path directory) {
        this.directory = directory;
    }

    /**
     * Puts the files out of it, and these files only: {@code posix_fadvise(POSIX_FADV_DONTNEED)}, which takes no root and
     * leaves alone what other processes work with.
     *
     * @return MiB that are still there; what a process has mapped stays
     */
    double drop() throws IOException, InterruptedException {
        final List<Path> files = files();
        for (final Path file : files) {
            // The kernel keeps what is not written back.
            Shell.run("sync", file.toString());
            Shell.run("dd", "if=" + file, "iflag=nocache", "count=0", "status=none");
        }
        return residentMiB(files);
    }

    /** Brings all of the files into it. */
    void fill() throws IOException, InterruptedException {
        for (final Path file : files()) {
            Shell.run("dd", "if=" + file, "of=/dev/null", "bs=1M", "status=none");
        }
    }

    private static double residentMiB(final List<Path> files) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("fincore", "--bytes", "--noheadings", "--output", "RES"));
        files.forEach(file -> command.add(file.toString()));
        return Shell.run(command.toArray(String[]::new))
                        .lines()
                        .mapToLong(line -> Long.parseLong(line.strip()))
                        .sum()
                / 1048576.0;
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
