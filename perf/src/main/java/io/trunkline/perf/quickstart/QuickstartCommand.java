package io.trunkline.perf.quickstart;

import io.trunkline.client.ClientConfig;
import io.trunkline.client.TrunklineClient;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.Interruption;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.CarrierLog;
import io.trunkline.perf.sim.CarrierLogReader;
import io.trunkline.perf.sim.Faults;
import io.trunkline.perf.sim.McSimulator;
import io.trunkline.perf.sim.SimCounters.Counter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trunkline quickstart}: see it work, end to end, in half a minute. */
@Command(
        name = "quickstart",
        description = "Starts the daemon and simulated carriers, sends messages, places calls, and shows their way.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  trunkline quickstart", "  trunkline quickstart --all --csv my-messages.csv"})
public final class QuickstartCommand implements Callable<Integer> {
    private static final String TENANT = "acme";
    private static final String OWN_NUMBER = "12025550100";
    private static final long HANDSET = 447_700_900_123L;
    private static final int PER_BATCH = 4;
    private static final int BATCH_MS = 60;
    private static final int EXIT_BROKEN = 4;

    @Spec
    private CommandSpec spec;

    @Option(names = "--csv", description = "The messages. Default: conf/samples/quickstart.csv.")
    private Path csv;

    @Option(names = "--all", description = "Shows every status, not only some of each script.")
    private boolean all;

    private PrintWriter out;

    @Override
    public Integer call() throws Exception {
        out = spec.commandLine().getOut();
        final List<Sample> samples =
                Sample.read(csv == null ? ProveContext.repository().resolve("conf/samples/quickstart.csv") : csv);
        final Path directory = Files.createTempDirectory("trunkline-quickstart-");
        final ProveContext context = new ProveContext(directory, Map.of(), out);
        return Interruption.endsAll(context, () -> run(context, samples));
    }

    private int run(final ProveContext context, final List<Sample> samples) throws Exception {
        final Faults handsets =
                Faults.none().with("receipt-delay", "lognormal:150ms:0.7").with("receipt-retry", "200ms");
        final McSimulator alpha = context.carrier("alpha", handsets.with("answer-delay", "3ms..20ms"));
        final McSimulator beta = context.carrier("beta", handsets.with("message-ids", "hex-then-decimal"));
        context.say("two simulated carriers: alpha on port %d, beta on port %d", alpha.port(), beta.port());
        final DaemonSetup setup = setup(context, alpha, beta);
        final QuickstartCalls calls = new QuickstartCalls(context);
        calls.configure(setup);
        final Daemon daemon = context.ending(new Daemon(setup)).start();
        context.say("the daemon is ready: process %d, binary protocol on port %d", daemon.pid(), setup.binaryPort());
        ProveContext.await(Duration.ofSeconds(10), () -> alpha.binds() == 2 && beta.binds() == 1);
        context.say("binds: alpha %d, beta %d", alpha.binds(), beta.binds());

        final QuickstartListener listener = new QuickstartListener(context, samples, all);
        final ClientConfig config = ClientConfig.to("127.0.0.1", setup.binaryPort())
                .tenant(TENANT, DaemonSetup.SECRET)
                .clientName("quickstart")
                .build();
        try (TrunklineClient client = TrunklineClient.connect(config, listener)) {
            client.connected().get(10, TimeUnit.SECONDS);
            send(context, client, listener, samples, alpha, beta);
            context.say("a handset writes back: two parts from +%d to +%s", HANDSET, OWN_NUMBER);
            alpha.inbound(HANDSET, Long.parseLong(OWN_NUMBER), 2);
            final boolean inbound = ProveContext.await(Duration.ofSeconds(15), () -> listener.inbound() > 0);
            final boolean ended =
                    ProveContext.await(Duration.ofSeconds(40), () -> listener.ended() == listener.accepted());
            if (!inbound || !ended) {
                context.say(
                        "still waiting: inbound %d, ended %d of %d",
                        listener.inbound(), listener.ended(), listener.accepted());
            }
        }
        calls.place(setup.sipPort());
        context.say("SIGTERM: the daemon drains, unbinds and stops");
        final int exit = daemon.stop(Duration.ofSeconds(40));
        final long called = calls.records(setup);
        final int answer = report(context, listener, samples, exit, List.of(alpha, beta), called);
        return called == calls.count() ? answer : EXIT_BROKEN;
    }

    private static DaemonSetup setup(final ProveContext context, final McSimulator alpha, final McSimulator beta) {
        final List<String> bind = List.of("tps: 1000", "burst: 50", "window: 20", "reconnect: {min: 100ms, max: 1s}");
        return new DaemonSetup(context.directory())
                .durability("disk")
                .journal("  space: {minFree: 64MiB}")
                .tenant(TENANT)
                .carrier(alpha, 2, bind, List.of("inDoubt: {transactional: {waitFor: 10s}, bulk: {waitFor: 10s}}"))
                .carrier(beta, 1, bind, List.of("receipts: {answerId: hex, receiptId: decimal}"))
                .route("*,,,alpha|beta")
                .number(OWN_NUMBER + "," + TENANT);
    }

    private void send(
            final ProveContext context,
            final TrunklineClient client,
            final QuickstartListener listener,
            final List<Sample> samples,
            final McSimulator alpha,
            final McSimulator beta)
            throws InterruptedException {
        context.say("sending %d messages", samples.size());
        for (int i = 0; i < samples.size(); i++) {
            listener.submit(client, i);
            if (i == samples.size() / 3) {
                // Nothing should be in flight: what is in doubt when a carrier dies is another story (prove in-doubt).
                Thread.sleep(5 * BATCH_MS);
                context.say("carrier alpha goes down: its traffic must go over beta");
                alpha.down();
            }
            if (i == samples.size() * 2 / 3) {
                context.say(
                        "carrier alpha comes back; beta took %d messages' segments meanwhile",
                        beta.counters().get(Counter.SUBMITS));
                alpha.up();
            }
            if (i % PER_BATCH == PER_BATCH - 1) {
                Thread.sleep(BATCH_MS);
            }
        }
    }

    private int report(
            final ProveContext context,
            final QuickstartListener listener,
            final List<Sample> samples,
            final int exit,
            final List<McSimulator> carriers,
            final long calls)
            throws IOException {
        final Map<Long, Set<Integer>> taken = new HashMap<>();
        final long[] twice = new long[1];
        for (final McSimulator carrier : carriers) {
            carrier.flushLog();
            CarrierLogReader.forEach(context.carrierLog(carrier.config().name()), entry -> {
                if (entry.kind() == CarrierLog.Kind.SUBMIT && entry.status() == 0) {
                    final Set<Integer> parts = taken.computeIfAbsent(entry.destination(), key -> new HashSet<>());
                    twice[0] += parts.add(entry.part()) ? 0 : 1;
                }
            });
        }
        final long segments = taken.values().stream().mapToLong(Set::size).sum();
        final long missing = samples.stream()
                .filter(sample -> !taken.containsKey(Long.parseLong(sample.to())))
                .count();
        final long scripts = samples.stream().map(Sample::script).distinct().count();
        final long overBeta = carriers.get(1).counters().get(Counter.SUBMITS);
        final long lost = listener.accepted() - listener.ended() + missing;
        out.printf(
                "quickstart: messages=%d delivered=%d scripts=%d segments=%d failedOver=%d inbound=%d sentTwice=%d"
                        + " calls=%d exit=%d lost=%d%n",
                samples.size(),
                listener.delivered(),
                scripts,
                segments,
                overBeta,
                listener.inbound(),
                twice[0],
                calls,
                exit,
                lost);
        out.flush();
        final boolean holds = listener.delivered() == samples.size()
                && lost == 0
                && twice[0] == 0
                && exit == 0
                && overBeta > 0
                && listener.inbound() == 1;
        return holds ? 0 : EXIT_BROKEN;
    }
}
