package io.trunkline.perf.load;

import java.util.Map;

/**
 * One part that is played in a run of load: a client of the gateway, an ESME, a source of inbound messages, a caller.
 * A role owns its threads and sockets and sends by its schedule; whoever drives the run starts it, samples it once a
 * second, asks it to stop and reads what it measured. Everything here may be called from any thread, but {@link
 * StageSeries#takeInterval()} only by the one that samples.
 *
 * <p>Whatever the protocol, a unit of a role is <i>sent</i>, then <i>acknowledged</i>, <i>refused</i> or
 * <i>abandoned</i>; and where {@link #expectsEnds()}, an acknowledged one <i>ends</i> with a last word (a status, a
 * receipt, the end of a call).
 */
public interface Role extends AutoCloseable {
    /** What it is and for whom, short and the same in every run: {@code binary acme}, {@code esme 127.0.0.1:2775}. */
    String name();

    /** When its units are meant to leave. */
    Schedule schedule();

    /** Connects, and begins to send once connected. To be called once. */
    void start();

    /** Sends nothing more; what is under way goes on. */
    void stopSending();

    RoleState state();

    /** {@link System#nanoTime()} of the schedule's beginning; 0 while not connected yet. */
    long startNs();

    /** What was counted so far. */
    RoleCounts counts();

    /** Whether acknowledged units get a last word that the role waits for. */
    boolean expectsEnds();

    /** Latencies from the intended time, by what was reached; the keys never change. */
    Map<LoadStage, StageSeries> stages();

    /** Refusals and bad ends by what was told, ready to print: {@code refused 1022 THROTTLED} with its count. */
    Map<String, Long> errors();

    /** What went wrong last, for people; empty where nothing did. */
    String trouble();

    /** Ends it: what is unanswered is abandoned. Counts and latencies can be read afterwards. */
    @Override
    void close();
}
