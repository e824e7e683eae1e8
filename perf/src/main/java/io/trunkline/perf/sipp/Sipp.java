package io.trunkline.perf.sipp;

import io.trunkline.perf.prove.ProcessCpu;
import io.trunkline.perf.prove.ProveContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of SIPp (Debian: sip-tester) with a directory of its own. Only ever signalled by its own process id. */
public final class Sipp implements AutoCloseable {
    static final String MESSAGES = "messages.csv";

    private static final Path BINARY = Path.of("/usr/bin/sipp");
    private static final String STATISTICS = "statistics.csv";
    private static final Duration END_WITHIN = Duration.ofSeconds(5);
    private static final Duration LISTEN_WITHIN = Duration.ofSeconds(10);

    private final SippPlan plan;
    private final Path directory;
    private final Process process;

    private Sipp(final SippPlan plan, final Path directory, final Process process) {
        this.plan = plan;
        this.directory = directory;
        this.process = process;
    }

    /** Whether it is installed. */
    public static boolean isInstalled() {
        return Files.isExecutable(BINARY);
    }

    /** Starts it; its directory is made below {@code parent}. */
    public static Sipp start(final SippPlan plan, final Path parent) throws IOException {
        final Path directory = Files.createDirectories(parent.resolve(plan.name()));
        final Path scenario = directory.resolve(plan.scenario().name() + ".xml");
        Files.writeString(scenario, plan.scenario().xml(), StandardCharsets.ISO_8859_1);
        final List<String> command = new ArrayList<>(List.of(
                BINARY.toString(),
                "-sf",
                scenario.toString(),
                "-t",
                plan.transport(),
                "-i",
                plan.address(),
                "-bind_local",
                "-p",
                Integer.toString(plan.port()),
                "-ci",
                "127.0.0.1",
                "-nostdin",
                "-trace_stat",
                "-stf",
                STATISTICS,
                "-fd",
                "1",
                "-trace_err",
                "-error_file",
                "errors.log",
                "-trace_rtt",
                "-rtt_freq",
                "10",
                "-trace_counts",
                "-buff_size",
                "4194304",
                "-timer_resol",
                "1",
                "-watchdog_interval",
                "0",
                "-skip_rlimit"));
        command.addAll(plan.further());
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("screen.log").toFile());
        builder.environment().put("TERM", "dumb");
        return new Sipp(plan, directory, builder.start());
    }

    /** Waits until its socket is there: what is sent before would be lost. */
    public Sipp awaitListening() throws InterruptedException, IOException {
        if (!ProveContext.await(LISTEN_WITHIN, () -> !process.isAlive() || isListening()) || !process.isAlive()) {
            throw new IOException(this + " does not listen: "
                    + Files.readString(file("screen.log")).strip());
        }
        return this;
    }

    /** Whether one of the sockets of proc(5) net is its own: {@code 0300007F:13C4} is 127.0.0.3:5060. */
    private boolean isListening() {
        final String[] octets = plan.address().split("\\.", -1);
        final String local = String.format(
                "%02X%02X%02X%02X:%04X",
                Integer.parseInt(octets[3]),
                Integer.parseInt(octets[2]),
                Integer.parseInt(octets[1]),
                Integer.parseInt(octets[0]),
                plan.port());
        try (Stream<String> sockets =
                Files.lines(Path.of("/proc/net", plan.transport().startsWith("u") ? "udp" : "tcp"))) {
            return sockets.anyMatch(line -> line.contains(": " + local + " "));
        } catch (final IOException e) {
            return false;
        }
    }

    public SippPlan plan() {
        return plan;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code once all calls are done, or -1 where that takes too long. */
    public int awaitEnd(final Duration within) throws InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
    }

    /** Lets open calls end, at most a few seconds, and ends it: what it counted is in its files then. */
    public void finish() throws IOException, InterruptedException {
        signal("USR1");
        if (awaitEnd(END_WITHIN) == -1) {
            signal("TERM");
            awaitEnd(END_WITHIN);
        }
    }

    /** From one moment to the next it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void signal(final String name) throws IOException, InterruptedException {
        if (process.isAlive()) {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    /** CPU seconds so far; 0 once it has ended. */
    public double cpuSeconds() throws IOException {
        return ProcessCpu.seconds(process.toHandle());
    }

    /** What it counted; complete once it has ended. */
    public SippFigures figures() throws IOException {
        return SippFigures.read(file(STATISTICS), found("_counts.csv"));
    }

    /** Response times of the scenario's clock named {@code setup}. */
    public Optional<Path> responseTimes() throws IOException {
        return found("_rtt.csv");
    }

    /** Every message that it sent and received, where it was told to log them. */
    public Path messages() {
        return file(MESSAGES);
    }

    /** What went wrong in its eyes: the first lines, for a message. */
    public String errors() throws IOException {
        final Path errors = file("errors.log");
        if (!Files.exists(errors)) {
            return "no errors";
        }
        try (Stream<String> lines = Files.lines(errors, StandardCharsets.ISO_8859_1)) {
            return String.join("\n", lines.limit(12).toList());
        }
    }

    private Path file(final String name) {
        return directory.resolve(name);
    }

    private Optional<Path> found(final String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .findFirst();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public String toString() {
        return "SIPp " + plan.name();
    }
}
