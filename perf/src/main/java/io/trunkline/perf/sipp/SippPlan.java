package io.trunkline.perf.sipp;

import java.util.ArrayList;
import java.util.List;

/**
 * What one process of SIPp does.
 *
 * @param name of its directory: its scenario and logs lie there
 * @param scenario what it plays
 * @param address it has
 * @param port it has
 * @param transport as SIPp names it: u1 for UDP, t1 for one TCP connection, tn for one a call
 * @param further options
 */
public record SippPlan(
        String name, SippScenario scenario, String address, int port, String transport, List<String> further) {
    /** Calls that may be open at a time: SIPp would hold calls back beyond it, and the loop would be open no longer. */
    private static final String UNLIMITED = "1000000";

    /** Below this a rate is told by the distance of calls: SIPp's rates are whole numbers. */
    private static final double SLOW = 100;

    private static final long SECOND_MS = 1000;

    public SippPlan {
        further = List.copyOf(further);
    }

    /** Takes calls. */
    public static SippPlan callee(
            final String name, final SippScenario scenario, final String address, final int port) {
        return new SippPlan(name, scenario, address, port, "u1", List.of("-rtcheck", "loose"));
    }

    /**
     * Makes calls in an open loop: so many a second, whatever becomes of them.
     *
     * @param target where requests go, host:port
     * @param calls in all
     */
    public static SippPlan caller(
            final String name,
            final SippScenario scenario,
            final String address,
            final int port,
            final String target,
            final double rate,
            final long calls) {
        return new SippPlan(
                name,
                scenario,
                address,
                port,
                "u1",
                List.of(
                        "-r",
                        rate < SLOW ? "1" : Long.toString(Math.round(rate)),
                        "-rp",
                        rate < SLOW ? Long.toString(Math.round(SECOND_MS / rate)) : Long.toString(SECOND_MS),
                        "-m",
                        Long.toString(calls),
                        "-l",
                        UNLIMITED,
                        target));
    }

    /** With further options in front of the target. */
    public SippPlan with(final String... options) {
        final List<String> all = new ArrayList<>(List.of(options));
        all.addAll(further);
        return new SippPlan(name, scenario, address, port, transport, all);
    }

    /** Every message with its time in its log: costs SIPp time, so not for speed. */
    public SippPlan logging() {
        return with("-trace_shortmsg", "-shortmessage_file", Sipp.MESSAGES, "-max_log_size", "1000000000");
    }
}
