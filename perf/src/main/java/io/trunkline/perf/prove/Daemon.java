package io.trunkline.perf.prove;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real daemon as a child process. What it prints goes to {@code daemon-N.log} beside its configuration, N counting
 * its starts. It is only ever signalled by its own process id.
 */
public final class Daemon implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final int TIMEOUT_MS = 2_000;

    private final DaemonSetup setup;
    private final Path conf;
    private final Map<String, String> environment;
    private Process process;
    private int starts;

    public Daemon(final DaemonSetup setup) {
        this(setup, Map.of());
    }

    /** @param environment further variables, such as TRUNKLINE_JAVA_OPTS */
    public Daemon(final DaemonSetup setup, final Map<String, String> environment) {
        this.setup = setup;
        this.conf = setup.write();
        this.environment = Map.copyOf(environment);
    }

    public DaemonSetup setup() {
        return setup;
    }

    /** Starts it and waits until it says that it is ready. */
    public Daemon start() throws InterruptedException {
        return start(READY_WITHIN);
    }

    /** The same for one that has much to read first. */
    public Daemon start(final Duration within) throws InterruptedException {
        launch();
        if (!ProveContext.await(within, () -> !process.isAlive() || ready())) {
            throw new IllegalStateException("not ready within " + within + "; see " + log());
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("ended with exit code " + process.exitValue() + "; " + tailOfLog());
        }
        return this;
    }

    /** Starts it and does not wait. */
    public Daemon launch() {
        starts++;
        final List<String> command = DaemonCommand.of(List.of("run", "--conf", conf.toString()));
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(setup.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
        return this;
    }

    /** Whether it says on its admin port that it is ready. */
    public boolean ready() {
        try {
            return get("/readyz").startsWith("200");
        } catch (final IOException e) {
            return false;
        }
    }

    /** GET on the admin port: the status code, a space, the body. */
    public String get(final String path) throws IOException {
        final HttpURLConnection http = (HttpURLConnection) URI.create("http://127.0.0.1:" + setup.adminPort() + path)
                .toURL()
                .openConnection();
        http.setConnectTimeout(TIMEOUT_MS);
        http.setReadTimeout(TIMEOUT_MS);
        try {
            final int code = http.getResponseCode();
            try (var body = code < 400 ? http.getInputStream() : http.getErrorStream()) {
                return code + " " + (body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } finally {
            http.disconnect();
        }
    }

    /** A gauge or counter of /metrics, summed over its labels; 0 where there is none. */
    public double metric(final String name) throws IOException {
        double sum = 0;
        for (final String line : get("/metrics").split("\n", -1)) {
            if (line.startsWith(name + " ") || line.startsWith(name + "{")) {
                sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        return sum;
    }

    /** Runs a trunkline command against it and returns what it prints. */
    public String command(final String... arguments) throws IOException, InterruptedException {
        final List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--conf", conf.toString()));
        final List<String> command = DaemonCommand.of(all);
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        final Process child = builder.start();
        child.getOutputStream().close();
        final String text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        child.waitFor();
        return text;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM; the exit code, or -1 where it did not end in time. */
    public int stop(final Duration within) throws InterruptedException {
        process.destroy();
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
    }

    /** Sends a signal such as STOP or CONT. */
    public void signal(final String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** The exit code once it has ended; -1 where it does not in time. */
    public int awaitEnd(final Duration within) throws InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
    }

    /** CPU seconds of the whole process, user and system. */
    public double cpuSeconds() throws IOException {
        return ProcessCpu.seconds(process.toHandle());
    }

    /** Resident memory of its own in MiB: without files that it has mapped, which are the page cache's. */
    public double residentMiB() throws IOException {
        for (final String line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
            if (line.startsWith("RssAnon:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        return 0;
    }

    /** Heap in use after a full collection, in MiB, by jcmd. */
    public double liveHeapMiB() throws IOException, InterruptedException {
        jcmd("GC.run");
        for (final String line : jcmd("GC.class_histogram").split("\n", -1)) {
            if (line.startsWith("Total")) {
                return Long.parseLong(line.strip().split("\\s+", -1)[2]) / 1048576.0;
            }
        }
        return 0;
    }

    /** All threads with what each has allocated. */
    public String threadDump() throws IOException, InterruptedException {
        return jcmd("Thread.print", "-e");
    }

    String jcmd(final String... what) throws IOException, InterruptedException {
        final Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        final List<String> command = new ArrayList<>(List.of(tool.toString(), Long.toString(pid())));
        command.addAll(List.of(what));
        final Process child =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        child.waitFor();
        return text;
    }

    /** Output of the start last made. */
    public Path log() {
        return setup.directory().resolve("daemon-" + starts + ".log");
    }

    /** Its last lines, for a message. */
    public String tailOfLog() {
        try {
            final List<String> lines = Files.readAllLines(log());
            return "the last lines of " + log() + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (final IOException e) {
            return "no log at " + log();
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            process.destroyForcibly().onExit().join();
        }
    }

    @Override
    public String toString() {
        return "daemon " + (process == null ? "not started" : Long.toString(process.pid()));
    }
}
