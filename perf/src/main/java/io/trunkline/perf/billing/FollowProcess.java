package io.trunkline.perf.billing;

import io.trunkline.perf.prove.DaemonCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code trunkline cdr follow} as a process of its own, to be killed. */
public final class FollowProcess implements AutoCloseable {
    private final Path conf;
    private final Path directory;
    private Process process;

    /** @param directory where it writes to */
    public FollowProcess(final Path conf, final Path directory) {
        this.conf = conf;
        this.directory = directory;
    }

    private static ProcessBuilder command(final Path conf, final Path directory, final String... more) {
        final List<String> arguments =
                new ArrayList<>(List.of("cdr", "follow", "--conf", conf.toString(), "--out", directory.toString()));
        arguments.addAll(List.of(more));
        return new ProcessBuilder(DaemonCommand.of(arguments)).redirectErrorStream(true);
    }

    public void start() throws IOException {
        process = command(conf, directory)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets one finish what there is to finish; what it said. */
    public static String once(final Path conf, final Path directory) throws IOException, InterruptedException {
        final Process once = command(conf, directory, "--once").start();
        once.getOutputStream().close();
        final String said = new String(once.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (once.waitFor() != 0) {
            throw new IOException("trunkline cdr follow: " + said.strip());
        }
        return said.strip();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
