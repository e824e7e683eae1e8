package io.trunkline.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** A real file system that can really be full. Needs the right to mount one: without it the test is not run. */
public final class SmallDisk implements AutoCloseable {
    private static final int PAGE = 4096;

    private final Path path;

    private SmallDisk(final Path path) {
        this.path = path;
    }

    /**
     * Mounts an empty one.
     *
     * @param directory made, and empty then: where it is to be
     */
    public static SmallDisk mount(final Path directory, final int mebibytes) throws IOException, InterruptedException {
        Files.createDirectory(directory);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", directory.toString()),
                "mounting a tmpfs is not allowed here");
        return new SmallDisk(directory);
    }

    public Path path() {
        return path;
    }

    /** Fills it but for so many pages, whatever it was filled by before. */
    public void leave(final int pages) throws IOException {
        empty();
        final long free = Files.getFileStore(path).getUsableSpace() - (long) pages * PAGE;
        Files.write(ballast(), new byte[Math.toIntExact(free)], StandardOpenOption.CREATE);
    }

    /** There is room again. */
    public void empty() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private Path ballast() {
        return path.resolve("ballast");
    }

    private static boolean run(final String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "-l", path.toString());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
