package io.trunkline.perf.load.cli;

import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.report.GatewayProbe;
import io.trunkline.perf.report.RunFiles;
import io.trunkline.perf.report.RunRecorder;
import io.trunkline.perf.report.RunSummary;
import io.trunkline.perf.report.RunSummary.Outcome;
import io.trunkline.perf.report.RunText;
import io.trunkline.perf.report.Threshold;
import io.trunkline.perf.screen.RunView;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * Runs roles from connecting to the last word, shows them while they go on, and makes the report. What is measured is
 * reported whatever happens: no peer, a peer that goes away, Ctrl-C, a full disk.
 */
public final class LoadSession {
    /** All is well. */
    public static final int OK = 0;
    /** A threshold was not kept, or figures that must agree do not. */
    public static final int NOT_KEPT = 1;
    /** The command line makes no sense. */
    public static final int USAGE = 2;
    /** No peer, a peer that went away, or a report that could not be written. */
    public static final int ABORTED = 3;

    private static final long SAMPLE_NS = 1_000_000_000L;

    private final OutcomeOptions options;
    private final PrintWriter out;
    private final PrintWriter err;
    private final String command;
    private final boolean brief;
    private Outcome outcome = Outcome.COMPLETED;
    private String trouble = "";
    private long awaySinceNs;

    /** @param command as it was given, without secrets: for the report */
    public LoadSession(
            final OutcomeOptions options, final PrintWriter out, final PrintWriter err, final String command) {
        this(options, out, err, command, false);
    }

    private LoadSession(
            final OutcomeOptions options,
            final PrintWriter out,
            final PrintWriter err,
            final String command,
            final boolean brief) {
        this.options = options;
        this.out = out;
        this.err = err;
        this.command = command;
        this.brief = brief;
    }

    /** The same without summaries in print: for one that runs many times and tells of them itself. */
    LoadSession briefly() {
        return new LoadSession(options, out, err, command, true);
    }

    /** What a run came to. */
    public record Result(RunSummary summary, int exitCode) {}

    /**
     * Runs the roles, which are not started yet, and closes them.
     *
     * @param title heading of the report where the options give none
     * @param length how long the sending is meant to last
     */
    public Result run(final List<Role> roles, final String title, final Duration length) throws InterruptedException {
        return run(roles, title, length, options.report());
    }

    Result run(final List<Role> roles, final String title, final Duration length, final Optional<Path> directory)
            throws InterruptedException {
        final Instant started = Instant.now();
        outcome = Outcome.COMPLETED;
        trouble = "";
        awaySinceNs = 0;
        final RunFiles files = open(directory, started);
        final GatewayProbe probe = options.metrics().map(GatewayProbe::new).orElse(null);
        final RunRecorder recorder = new RunRecorder(roles, probe == null ? Map::of : probe::newest);
        final double seconds = length.toNanos() / 1e9;
        final double drainSeconds;
        try (RunView view = options.json() ? RunView.none() : RunView.on(roles, seconds, out, options.plain());
                StopSignals signals = new StopSignals()) {
            recorder.telling(view);
            if (files != null) {
                recorder.telling(files);
            }
            roles.forEach(Role::start);
            send(recorder, view, signals);
            recorder.sendingIsOver();
            roles.forEach(Role::stopSending);
            drainSeconds = drain(recorder, view, signals);
        } finally {
            roles.forEach(Role::close);
            if (probe != null) {
                probe.close();
            }
        }
        return report(recorder, files, new Titled(options.title(title), started, drainSeconds, probe));
    }

    private record Titled(String title, Instant started, double drainSeconds, GatewayProbe probe) {}

    private static RunFiles open(final Optional<Path> directory, final Instant started) {
        if (directory.isEmpty()) {
            return null;
        }
        try {
            return new RunFiles(directory.get(), started.toEpochMilli());
        } catch (final IOException e) {
            throw new CommandFailure(
                    ABORTED,
                    "cannot write the report to " + directory.get() + ": " + e,
                    "give --report a directory that can be written; nothing was sent");
        }
    }

    // ---- sending

    private void send(final RunRecorder recorder, final RunView view, final StopSignals signals)
            throws InterruptedException {
        final long beginNs = System.nanoTime();
        final long patienceNs = options.connectWithin().toNanos();
        view.phase("connecting");
        while (!recorder.begun() && signals.count() == 0) {
            if (someFailed(recorder.roles()) || System.nanoTime() - beginNs > patienceNs) {
                abort("no connection: " + troubles(recorder.roles()));
                return;
            }
            signals.await(System.nanoTime() + SAMPLE_NS / 50);
        }
        final long warmupNs = options.warmup().toNanos();
        boolean warm = warmupNs == 0;
        view.phase(warm ? "sending" : "warming up");
        long nextNs = recorder.startNs() + SAMPLE_NS;
        while (signals.count() == 0) {
            final boolean over = awaitSending(recorder, signals, nextNs);
            recorder.sample();
            if (over) {
                return;
            }
            nextNs = Math.max(nextNs + SAMPLE_NS, System.nanoTime());
            if (!warm && System.nanoTime() - recorder.startNs() >= warmupNs) {
                recorder.startMeasuring();
                warm = true;
                view.phase("sending");
            }
            if (someFailed(recorder.roles()) || awayTooLong(recorder)) {
                abort("the peer went away: " + troubles(recorder.roles()));
                return;
            }
        }
        outcome = Outcome.INTERRUPTED;
    }

    /** Until the next sample; true where the sending ended before. */
    private static boolean awaitSending(final RunRecorder recorder, final StopSignals signals, final long nextNs)
            throws InterruptedException {
        final int before = signals.count();
        while (System.nanoTime() < nextNs && signals.count() == before) {
            if (recorder.roles().stream().noneMatch(LoadSession::sending)) {
                return true;
            }
            signals.await(Math.min(nextNs, System.nanoTime() + SAMPLE_NS / 50));
        }
        return recorder.roles().stream().noneMatch(LoadSession::sending);
    }

    private static boolean sending(final Role role) {
        return role.state() == RoleState.SENDING || role.state() == RoleState.CONNECTING;
    }

    private static boolean someFailed(final List<Role> roles) {
        return roles.stream().anyMatch(role -> role.state() == RoleState.FAILED);
    }

    /** No role has a connection for longer than the user wants to wait for it. */
    private boolean awayTooLong(final RunRecorder recorder) {
        final boolean away = recorder.roles().stream()
                .allMatch(role -> role.counts().connects() <= role.counts().disconnects());
        if (!away) {
            awaySinceNs = 0;
            return false;
        }
        if (awaySinceNs == 0) {
            awaySinceNs = System.nanoTime();
        }
        return System.nanoTime() - awaySinceNs >= options.giveUp().toNanos();
    }

    private void abort(final String why) {
        outcome = Outcome.ABORTED;
        trouble = why;
    }

    private static String troubles(final List<Role> roles) {
        final String said = roles.stream()
                .filter(role -> !role.trouble().isEmpty())
                .map(role -> role.name() + ": " + role.trouble())
                .distinct()
                .collect(Collectors.joining("; "));
        return said.isEmpty() ? "nobody answered" : said;
    }

    // ---- the end

    private double drain(final RunRecorder recorder, final RunView view, final StopSignals signals)
            throws InterruptedException {
        final long beginNs = System.nanoTime();
        if (outcome == Outcome.ABORTED) {
            recorder.finish();
            return 0;
        }
        final int before = signals.count();
        final long endNs = beginNs + options.drain().toNanos();
        view.phase("waiting for last words");
        long nextNs = beginNs + SAMPLE_NS;
        while (System.nanoTime() < endNs && signals.count() == before && !settled(recorder.roles())) {
            signals.await(Math.min(endNs, System.nanoTime() + SAMPLE_NS / 50));
            if (System.nanoTime() >= nextNs) {
                recorder.sample();
                nextNs += SAMPLE_NS;
            }
            if (someFailed(recorder.roles()) || awayTooLong(recorder)) {
                abort("the peer went away before the last word: " + troubles(recorder.roles()));
                break;
            }
        }
        recorder.finish();
        return (System.nanoTime() - beginNs) / 1e9;
    }

    private static boolean settled(final List<Role> roles) {
        return roles.stream().allMatch(role -> role.state() == RoleState.SETTLED || role.state() == RoleState.FAILED);
    }

    private Result report(final RunRecorder recorder, final RunFiles files, final Titled titled) {
        final List<String> warnings = new ArrayList<>();
        if (titled.probe() != null && !titled.probe().trouble().isEmpty()) {
            warnings.add(
                    "the gateway's metrics could not be read: " + titled.probe().trouble());
        }
        final StageJoin.Joined joined = StageJoin.of(recorder.roles(), options, warnings);
        final List<Threshold> thresholds = options.thresholds();
        final RunSummary summary = RunSummary.of(
                        recorder,
                        new RunSummary.Ending(
                                titled.title(),
                                titled.started(),
                                outcome,
                                trouble,
                                command,
                                titled.drainSeconds(),
                                joined.stages(),
                                joined.checks(),
                                warnings))
                .judged(thresholds);
        if (!brief) {
            out.print(options.json() ? RunFiles.json(summary) : RunText.of(summary));
            out.flush();
        }
        int code = outcome == Outcome.ABORTED ? ABORTED : summary.kept() && summary.reconciled() ? OK : NOT_KEPT;
        if (outcome == Outcome.ABORTED) {
            err.println("trunkline: " + trouble);
        }
        if (files != null && !write(files, summary, recorder, joined.stages())) {
            code = ABORTED;
        }
        err.flush();
        return new Result(summary, code);
    }

    private boolean write(
            final RunFiles files,
            final RunSummary summary,
            final RunRecorder recorder,
            final Map<LoadStage, Histogram> joined) {
        final Map<LoadStage, Histogram> stages = new TreeMap<>(recorder.totals());
        stages.putAll(joined);
        try (files) {
            files.finish(summary, recorder, stages);
        }
        if (!files.trouble().isEmpty()) {
            err.println("trunkline: " + files.trouble());
            err.println("  the figures above are whole; what was written before is in " + files.directory());
            return false;
        }
        if (!options.json() && !brief) {
            out.println("report: " + files.directory().resolve("report.html"));
            out.flush();
        }
        return true;
    }
}
