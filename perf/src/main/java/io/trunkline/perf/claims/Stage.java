package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadPlan;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.prove.CarrierView;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.JournalFiles;
import io.trunkline.perf.prove.JournalView;
import io.trunkline.perf.prove.Judge;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.prove.StillOpen;
import io.trunkline.perf.sim.Faults;
import io.trunkline.perf.sim.McSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What most claims play on: carriers with logs, a daemon with one tenant, and at the end the judge. */
final class Stage {
    static final String TENANT = "acme";

    private static final Duration STOP_WITHIN = Duration.ofSeconds(45);

    /** A tenant that no limit of its own holds back. */
    static final String[] UNLIMITED = {"tps: 10000000", "burst: 10000000", "credit: 100000", "maxOpen: 5000000"};

    /** Binds that reconnect at once and are never the bottleneck. */
    static final List<String> FAST_BIND = List.of(
            "tps: 10000000",
            "burst: 100000",
            "window: 2000",
            "responseTimeout: 3s",
            "enquireInterval: 5s",
            "reconnect: {min: 100ms, max: 500ms}");

    /** Every way out of doubt, soon enough for a claim; receipts are awaited for a minute. */
    static final List<String> QUICK_DOUBT = List.of(
            "receipts: {timeout: 60s}",
            "inDoubt:",
            "  otp: {policy: fail, waitFor: 1s}",
            "  transactional: {policy: wait-for-receipt, waitFor: 4s}",
            "  bulk: {policy: resend, waitFor: 2s}");

    private final ProveContext context;
    private final List<McSimulator> carriers = new ArrayList<>();
    private final DaemonSetup setup;
    private Daemon daemon;

    Stage(final ProveContext context) {
        this.context = context;
        this.setup = new DaemonSetup(context.directory());
    }

    /** Two carriers that share the traffic, with the small faults of every day. */
    static Stage usual(final ProveContext context, final String durability) {
        final Stage stage = new Stage(context);
        stage.setup.durability(durability).tenant(TENANT, UNLIMITED).route("*,,,alpha=50;beta=50");
        final Faults everyday = Faults.none()
                .with("receipt-delay", "exp:40ms")
                .with("receipt-retry", "300ms")
                .with("receipt-duplicated", "1")
                .with("receipt-early", "1")
                .with("answer-errors", "0x58=0.2")
                .with("receipt-states", "UNDELIV=2");
        stage.carrier("alpha", everyday.with("answer-delay", "exp:2ms"), 2, QUICK_DOUBT);
        stage.carrier("beta", everyday.with("message-ids", "hex-then-decimal"), 1, hexIds(QUICK_DOUBT));
        return stage;
    }

    static List<String> hexIds(final List<String> lines) {
        final List<String> changed = new ArrayList<>(lines);
        changed.set(0, "receipts: {timeout: 60s, answerId: hex, receiptId: decimal}");
        return changed;
    }

    McSimulator carrier(final String name, final Faults faults, final int binds, final List<String> lines) {
        return carrier(name, faults, binds, FAST_BIND, lines);
    }

    McSimulator carrier(
            final String name,
            final Faults faults,
            final int binds,
            final List<String> bindLines,
            final List<String> lines) {
        final McSimulator simulator = context.carrier(name, faults);
        carriers.add(simulator);
        setup.carrier(simulator, binds, bindLines, lines);
        return simulator;
    }

    /** Carriers that were set up by hand, and whose logs the judge is to read. */
    void alsoJudging(final McSimulator... others) {
        carriers.addAll(List.of(others));
    }

    DaemonSetup setup() {
        return setup;
    }

    List<McSimulator> carriers() {
        return carriers;
    }

    /** The daemon, started and ready. */
    Daemon start() throws InterruptedException {
        if (daemon == null) {
            daemon = context.ending(new Daemon(setup));
        }
        return daemon.start();
    }

    /** A plan against this stage's daemon. */
    LoadPlan plan() {
        return plan(TENANT);
    }

    LoadPlan plan(final String tenant) {
        return LoadPlan.to("127.0.0.1", setup.binaryPort(), tenant, DaemonSetup.SECRET);
    }

    /** Stops the daemon in good order and lets the judge speak. */
    void judge(final ClaimResult result, final LoadRun... runs) throws InterruptedException {
        for (final LoadRun run : runs) {
            run.close();
        }
        final int exit = daemon.stop(STOP_WITHIN);
        result.require(exit == 0, "the daemon's last stop had exit code " + exit + "; " + daemon.tailOfLog());
        final Judge judge = new Judge(carrierView(), journalView());
        for (final LoadRun run : runs) {
            judge.hear(run);
        }
        judge.verdict(result);
        final StillOpen open = new StillOpen();
        for (final LoadRun run : runs) {
            open.hear(run);
        }
        open.tell(setup.data()).forEach(line -> context.say("%s", line));
    }

    CarrierView carrierView() {
        final List<Path> logs = new ArrayList<>();
        for (final McSimulator carrier : carriers) {
            carrier.flushLog();
            logs.add(context.carrierLog(carrier.config().name()));
        }
        return new CarrierView(logs);
    }

    /** What the journal of the stopped daemon holds. */
    JournalView journalView() {
        return JournalFiles.read(setup.data());
    }
}
