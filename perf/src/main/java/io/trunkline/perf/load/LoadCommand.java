package io.trunkline.perf.load;

import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.upstream.codec.MessageClass;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code trunkline load}: sends messages to a gateway over the binary protocol and says what came of them. */
@Command(
        name = "load",
        description = "Loads a gateway over the binary protocol and measures from the intended send time.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  trunkline load --tenant demo --token s3cret --rate 1000 --for 30",
            "  trunkline load --tenant demo --token s3cret --ramp 1000..20000 --for 60 --expect 'answer-p99<=6ms'",
            "  trunkline load --tenant demo --token s3cret --window 1000 --count 1000000 --json",
            "",
            "Exit code: 0; 1 usage; 3 the gateway cannot be reached or refuses; 4 a threshold was not kept."
        })
public final class LoadCommand implements Callable<Integer> {
    private static final int EXIT_UNREACHABLE = 3;
    private static final int EXIT_THRESHOLD = 4;

    @Spec
    private CommandSpec spec;

    @Option(names = "--host", description = "Gateway. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "Its port for the binary protocol. Default: ${DEFAULT-VALUE}.")
    private int port = 7400;

    @Option(names = "--tenant", description = "Who pays.")
    private String tenant;

    @Option(
            names = "--token",
            description = "The secret that proves it; $${env:NAME} in the shell keeps it out of histories.")
    private String token;

    @Option(names = "--client", description = "Client name: names the event stream. Default: ${DEFAULT-VALUE}.")
    private String clientName = "load";

    @Option(names = "--connections", description = "Connections. Default: ${DEFAULT-VALUE}.")
    private int connections = 1;

    @Option(names = "--rate", paramLabel = "PER_SECOND", description = "Open loop at a constant rate.")
    private double rate;

    @Option(names = "--ramp", paramLabel = "FROM..TO", description = "Open loop, rate rising over the whole --for.")
    private String ramp;

    @Option(names = "--window", description = "Unanswered submits per connection. Default: ${DEFAULT-VALUE}.")
    private int window = 4096;

    @Option(
            names = "--open",
            paramLabel = "UNITS",
            description = "Closed loop only: most units that are not terminal yet. Default: ${DEFAULT-VALUE}.")
    private int open = 100_000;

    @Option(names = "--for", paramLabel = "SECONDS", description = "How long to send. Default: ${DEFAULT-VALUE}.")
    private double seconds = 10;

    @Option(names = "--count", paramLabel = "UNITS", description = "Most units to send.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--length", paramLabel = "FROM..TO", description = "Characters. Default: ${DEFAULT-VALUE}.")
    private String length = "40..140";

    @Option(
            names = "--alphabet",
            split = ",",
            description = "latin, german, cyrillic, arabic, cjk; several are mixed. Default: latin.")
    private List<String> alphabets = List.of("latin");

    @Option(
            names = "--class",
            split = ",",
            description = "otp, transactional, bulk; several are mixed. Default: transactional.")
    private List<String> classes = List.of("transactional");

    @Option(names = "--to", split = ",", description = "Beginnings of destinations, most frequent first (Zipf).")
    private List<String> prefixes = List.of("49151");

    @Option(names = "--from", description = "The sender. Default: ${DEFAULT-VALUE}.")
    private String from = "12025550100";

    @Option(names = "--seed", description = "Seed of the mix. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--first-unit",
            description = "Number of the first unit, part of its client reference. Default: from the clock.")
    private long firstUnit = -1;

    @Option(names = "--drain", paramLabel = "SECONDS", description = "Wait for last words. Default: ${DEFAULT-VALUE}.")
    private double drain = 30;

    @Option(names = "--spin", description = "Burn a core to send to the microsecond.")
    private boolean spin;

    @Option(names = "--expect", paramLabel = "THRESHOLD", description = "A bound to keep, such as lost=0, rate>=1000.")
    private List<String> expectations = List.of();

    @Option(names = "--json", description = "Prints the summary as JSON and nothing else.")
    private boolean json;

    private final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final LoadPlan plan;
        final List<Threshold> thresholds = new ArrayList<>();
        try {
            plan = plan();
            expectations.forEach(text -> thresholds.add(Threshold.parse(text)));
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        try (LoadRun run = LoadRun.start(plan)) {
            final Thread hook = endOnInterrupt();
            follow(run, out);
            final boolean settled = run.awaitSettled(Duration.ofMillis((long) (drain * 1000)));
            final LoadReport report = LoadReport.of(run);
            out.print(json ? new JsonMapper().writeValueAsString(report) + System.lineSeparator() : report.text());
            out.flush();
            releaseHook(hook);
            if (run.elapsedNs() == 0) {
                spec.commandLine().getErr().println("no connection to " + host + ":" + port + ": " + run.trouble());
                return EXIT_UNREACHABLE;
            }
            if (!settled) {
                spec.commandLine().getErr().println("not all units came to an end; " + run.trouble());
            }
            return judge(thresholds, report);
        }
    }

    private int judge(final List<Threshold> thresholds, final LoadReport report) {
        int code = 0;
        for (final Threshold threshold : thresholds) {
            if (!threshold.holds(report)) {
                spec.commandLine()
                        .getErr()
                        .printf(
                                Locale.ROOT,
                                "not kept: %s, measured %.0f%n",
                                threshold.text(),
                                threshold.measured(report));
                code = EXIT_THRESHOLD;
            }
        }
        return code;
    }

    private LoadPlan plan() {
        // Not `required`: the commands below this one do without.
        if (tenant == null || token == null) {
            throw new IllegalArgumentException("--tenant and --token are missing");
        }
        final long[] lengths = range(length);
        final MessageMix.Shape shape = new MessageMix.Shape(
                seed,
                (int) lengths[0],
                (int) lengths[1],
                alphabets.stream()
                        .map(name -> MessageMix.Alphabet.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList(),
                classes.stream()
                        .map(name -> MessageClass.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList(),
                prefixes);
        final long first = firstUnit >= 0 ? firstUnit : System.currentTimeMillis() % 10_000_000 * 1000;
        return new LoadPlan(
                host,
                port,
                tenant,
                token,
                clientName,
                connections,
                schedule(),
                shape,
                from,
                first,
                count,
                Duration.ofMillis((long) (seconds * 1000)),
                window,
                open,
                200_000,
                spin);
    }

    private Schedule schedule() {
        if (ramp != null) {
            final long[] rates = range(ramp);
            return new Schedule.Ramp(rates[0], rates[1], seconds);
        }
        return rate > 0 ? new Schedule.Constant(rate) : new Schedule.Closed();
    }

    private static long[] range(final String text) {
        final int dots = text.indexOf("..");
        if (dots < 0) {
            return new long[] {Long.parseLong(text.strip()), Long.parseLong(text.strip())};
        }
        return new long[] {
            Long.parseLong(text.substring(0, dots).strip()),
            Long.parseLong(text.substring(dots + 2).strip())
        };
    }

    /** A line a second, until the sending ends or the user has had enough. */
    private void follow(final LoadRun run, final PrintWriter out) throws InterruptedException {
        long sent = 0;
        long terminal = 0;
        int silent = 0;
        while (run.sending() && !interrupted.await(1, TimeUnit.SECONDS)) {
            final LoadCounters counters = run.counters();
            if (run.elapsedNs() == 0 && ++silent >= 10) {
                return;
            }
            if (!json) {
                final Histogram answered = run.latencies().answered().takeInterval();
                out.printf(
                        Locale.ROOT,
                        "%5.0fs  sent %,8d/s  ended %,8d/s  in flight %,d  open %,d  refused %,d  answer p50 %.2f p99"
                                + " %.2f ms%n",
                        run.elapsedNs() / 1e9,
                        counters.get(Counter.SENT) - sent,
                        counters.get(Counter.TERMINAL) - terminal,
                        counters.get(Counter.SENT) - counters.get(Counter.ACCEPTED) - counters.get(Counter.REFUSED),
                        counters.get(Counter.ACCEPTED) - counters.get(Counter.TERMINAL),
                        counters.get(Counter.REFUSED),
                        answered.getValueAtPercentile(50) / 1e6,
                        answered.getValueAtPercentile(99) / 1e6);
                out.flush();
            }
            sent = counters.get(Counter.SENT);
            terminal = counters.get(Counter.TERMINAL);
        }
        run.stopSending();
    }

    /** Ctrl-C ends the sending; the report still comes. */
    private Thread endOnInterrupt() {
        final Thread main = Thread.currentThread();
        final Thread hook = new Thread(
                () -> {
                    interrupted.countDown();
                    try {
                        main.join(Duration.ofSeconds(60).toMillis());
                    } catch (final InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "load-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private boolean releaseHook(final Thread hook) {
        // While the JVM goes down hooks cannot be taken back; this one then waits for us and ends by itself.
        return interrupted.getCount() > 0 && Runtime.getRuntime().removeShutdownHook(hook);
    }
}
