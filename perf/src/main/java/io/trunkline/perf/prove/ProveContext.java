package io.trunkline.perf.prove;

import io.trunkline.perf.load.LoadPlan;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.sim.Faults;
import io.trunkline.perf.sim.McConfig;
import io.trunkline.perf.sim.McSimulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Where a claim is run: its directory, its options, its voice, and the list of all that must be ended afterwards. */
public final class ProveContext implements AutoCloseable {
    private final Path directory;
    private final Map<String, String> options;
    private final PrintWriter out;
    private final long startNs = System.nanoTime();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean over;
    private long nextUnit = 1;

    public ProveContext(final Path directory, final Map<String, String> options, final PrintWriter out) {
        this.directory = directory;
        this.options = Map.copyOf(options);
        this.out = out;
    }

    public Path directory() {
        return directory;
    }

    /** A whole number given on the command line as {@code --set key=value}, or what a claim takes otherwise. */
    public long option(final String key, final long otherwise) {
        return options.containsKey(key) ? Long.parseLong(options.get(key)) : otherwise;
    }

    public String option(final String key, final String otherwise) {
        return options.getOrDefault(key, otherwise);
    }

    /** A part of the claim, in a directory of its own below this one; it ends with the claim if not before. */
    public ProveContext part(final String name) throws IOException {
        return ending(new ProveContext(Files.createDirectories(directory.resolve(name)), options, out));
    }

    /** One line of progress. */
    public void say(final String format, final Object... arguments) {
        out.printf(
                Locale.ROOT,
                "[%6.1f] %s%n",
                (System.nanoTime() - startNs) / 1e9,
                String.format(Locale.ROOT, format, arguments));
        out.flush();
    }

    /**
     * Makes sure that this ends with the claim.
     *
     * @throws CancellationException where the claim is over, or was interrupted: it has been ended at once
     */
    public <T extends AutoCloseable> T ending(final T resource) {
        synchronized (started) {
            if (!over) {
                started.push(resource);
                return resource;
            }
        }
        end(resource);
        throw new CancellationException("the claim is over");
    }

    /** A simulated carrier with a log in the claim's directory. */
    public McSimulator carrier(final String name, final Faults faults) {
        return ending(McSimulator.start(McConfig.named(name)
                .withLog(carrierLog(name))
                .withFaults(faults)
                .withSeed(option("seed", 1))));
    }

    /** Where the carrier of this name keeps its log. */
    public Path carrierLog(final String name) {
        return directory.resolve("carrier-" + name + ".log");
    }

    /** A run of load whose units have numbers of their own. */
    public LoadRun load(final LoadPlan plan) {
        final long first = nextUnit;
        nextUnit += 100_000_000L;
        return ending(LoadRun.start(plan.startingAt(first)));
    }

    /** Waits until something is so; false where time runs out first. */
    public static boolean await(final Duration timeout, final BooleanSupplier condition) throws InterruptedException {
        final long end = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }

    /** Ports that were free a moment ago, all different. */
    public static int[] freePorts(final int count) throws IOException {
        final ServerSocket[] sockets = new ServerSocket[count];
        final int[] ports = new int[count];
        for (int i = 0; i < count; i++) {
            sockets[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            ports[i] = sockets[i].getLocalPort();
        }
        for (final ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    /** The repository: where scripts/trunkline is. */
    public static Path repository() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isExecutable(at.resolve("scripts/trunkline"))) {
                return at;
            }
        }
        throw new IllegalStateException("scripts/trunkline is neither here nor in a directory above");
    }

    /** Ends what was started last first. An interruption may do so while the claim goes on, and even ends itself. */
    @Override
    public void close() {
        for (AutoCloseable resource = nextToEnd(); resource != null; resource = nextToEnd()) {
            end(resource);
        }
    }

    private AutoCloseable nextToEnd() {
        synchronized (started) {
            over = true;
            return started.poll();
        }
    }

    private void end(final AutoCloseable resource) {
        try {
            resource.close();
        } catch (final Exception e) {
            say("could not end %s: %s", resource, e);
        }
    }
}
