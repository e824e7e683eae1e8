package io.trunkline.perf.claims;

import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sipp.Sipp;
import io.trunkline.perf.sipp.SippPlan;
import java.io.IOException;
import java.util.List;

/**
 * What claims about calls play on: the tenant's SIP platform, carriers with trunks, and the daemon between them. All on the
 * loopback; the daemon tells them apart by their addresses, as it would on a network.
 */
final class CallStage {
    static final String TENANT = "acme";
    /** The caller's number. */
    static final String CALLER = "12025550100";

    static final String GATEWAY = "127.0.0.1";
    static final String PLATFORM = "127.0.0.2";
    static final String CARRIER = "127.0.0.3";
    /** Of a second tenant, where a claim has one. */
    static final String OTHER_PLATFORM = "127.0.0.4";
    /** A tenant with a password may come from anywhere: the one who has it, */
    static final String TRAVELLER = "127.0.0.61";
    /** one who has heard it, */
    static final String THIEF = "127.0.0.62";
    /** one who guesses it, */
    static final String GUESSER = "127.0.0.63";
    /** and one who looks for names. */
    static final String SEARCHER = "127.0.0.64";

    /** Nobody's: what comes from there comes from a stranger. */
    static final String STRANGER = "127.0.0.66";

    private final ProveContext context;
    private final DaemonSetup setup;
    private Daemon daemon;

    /** With a tenant that no limit of its own holds back. */
    CallStage(final ProveContext context) {
        this(context, 0);
    }

    /** @param cps calls a second that the tenant may make; 0: as many as it likes */
    CallStage(final ProveContext context, final long cps) {
        this.context = context;
        setup = new DaemonSetup(context.directory())
                .tenant(TENANT, "sip: {sources: [\"" + PLATFORM + "/32\"], cps: " + cps + ", maxCalls: 0}");
    }

    DaemonSetup setup() {
        return setup;
    }

    /** A carrier with one trunk, at the carriers' address; calls to the prefix go there. */
    CallStage carrier(final String name, final int port, final String prefix, final String... lines) {
        setup.trunk(name, "t1", CARRIER, port, List.of(lines)).route(prefix + ",,," + name);
        return this;
    }

    /** The daemon, started and ready. */
    Daemon start() throws InterruptedException {
        if (daemon == null) {
            daemon = context.ending(new Daemon(setup));
        }
        return daemon.start();
    }

    /** Where callers send to. */
    String target() {
        return GATEWAY + ":" + setup.sipPort();
    }

    /** Starts a process of SIPp that takes calls, in the claim's directory; it listens once this returns. */
    Sipp callee(final SippPlan plan) throws IOException, InterruptedException {
        return context.ending(Sipp.start(plan, context.directory())).awaitListening();
    }

    /** Starts a process of SIPp that makes calls. */
    Sipp caller(final SippPlan plan) throws IOException {
        return context.ending(Sipp.start(plan, context.directory()));
    }
}
