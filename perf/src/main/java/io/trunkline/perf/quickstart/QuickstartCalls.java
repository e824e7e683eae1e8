package io.trunkline.perf.quickstart;

import io.trunkline.gateway.calls.CallUnitState;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.CallBook;
import io.trunkline.perf.prove.CallEnds;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.JournalFiles;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.roles.CallerPlan;
import io.trunkline.perf.roles.CallerRole;
import io.trunkline.perf.sim.CallBehaviour;
import io.trunkline.perf.sim.Latency;
import io.trunkline.perf.sim.TrunkSimulator;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.Destination;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** The calls of the quickstart: a platform calls through two trunks, of which the first has no room. */
final class QuickstartCalls {
    private static final String PLATFORM = "127.0.0.2";
    private static final String TRUNKS = "127.0.0.3";
    private static final String PREFIX = "4930";
    private static final int CALLS = 8;

    private final ProveContext context;
    private final TrunkSimulator full;
    private final TrunkSimulator good;

    QuickstartCalls(final ProveContext context) {
        this.context = context;
        full = trunk(
                "full", CallBehaviour.answering().with("answers", "503=100").with("provisional", "none"));
        good = trunk(
                "good",
                CallBehaviour.answering().with("ring-delay", "20ms..80ms").with("answer-delay", "100ms..400ms"));
        context.say(
                "two simulated SIP trunks: one that refuses with 503 on port %d, one that answers on port %d",
                full.address().getPort(), good.address().getPort());
    }

    private TrunkSimulator trunk(final String name, final CallBehaviour behaviour) {
        return context.ending(TrunkSimulator.start(name, new InetSocketAddress(TRUNKS, 0), 1, behaviour));
    }

    /** What the daemon has to know of them. */
    void configure(final DaemonSetup setup) {
        setup.sip()
                .tenant("platform", "sip: {sources: [\"" + PLATFORM + "/32\"], cps: 100}")
                .trunk("voice", "full", TRUNKS, full.address().getPort(), List.of())
                .trunk("voice", "good", TRUNKS, good.address().getPort(), List.of())
                .route(PREFIX + ",platform,,voice");
    }

    /** Places the calls and waits for their ends. */
    void place(final int sipPort) throws InterruptedException {
        context.say("a SIP platform places %d calls; each is refused by the first trunk and goes to the second", CALLS);
        try (CallerRole platform = new CallerRole(
                new CallerPlan(
                        new Destination(
                                TransportProtocol.UDP,
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), sipPort),
                                ""),
                        new InetSocketAddress(PLATFORM, 0),
                        new Schedule.Constant(5),
                        "12025550100",
                        List.of(PREFIX),
                        Latency.parse("500ms..2s"),
                        0,
                        Latency.NONE,
                        CALLS,
                        CALLS,
                        Duration.ofSeconds(30),
                        1_234_500),
                1)) {
            platform.start();
            ProveContext.await(Duration.ofSeconds(30), () -> platform.state() == RoleState.SETTLED);
        }
    }

    /** Prints the records of the stopped daemon's journal; how many calls were answered by the second trunk. */
    long records(final DaemonSetup setup) {
        final CallBook book = new CallBook();
        JournalFiles.read(setup.data(), book);
        for (final CallEnds.Entry entry : book.all()) {
            context.say(
                    "call      to +%s  %-9s (%s) status %d, %d attempts, answered after %d ms, talked %d ms",
                    entry.called(),
                    entry.outcome().word(),
                    entry.reason().word(),
                    entry.status(),
                    entry.attempts(),
                    entry.setupMs(),
                    entry.talkMs());
        }
        return book.all().stream()
                .filter(entry -> entry.outcome() == CallUnitState.COMPLETED && entry.attempts() == 2)
                .count();
    }

    /** Calls that are placed. */
    int count() {
        return CALLS;
    }
}
