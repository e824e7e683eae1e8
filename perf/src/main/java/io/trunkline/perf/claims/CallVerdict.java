package io.trunkline.perf.claims;

import io.trunkline.gateway.calls.CallEndReason;
import io.trunkline.gateway.calls.CallUnitState;
import io.trunkline.perf.prove.CallEnds;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sipp.SippCalls.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * One book of call records held against SIPp's logs.
 *
 * <p>A duration must lie between that of the caller's log and that of the callee's. The gateway had the answer before the caller
 * and after the callee, the hang-up after the caller and before the callee, so no right duration is outside, however long a
 * message lay in somebody's socket. Where both logs have the same duration, as on a machine with time to spare they do, that is
 * the only one allowed; the tolerance is for SIPp's stamps, which it puts on what it has sent already and what it has read at last.
 */
final class CallVerdict {
    private static final int NAMED = 8;

    private final CallLogs logs;
    private final CallEnds book;
    private final double toleranceMs;
    private final List<String> examples = new ArrayList<>();
    private long calls;
    private long answered;
    private long missing;
    private long doubled;
    private long wrongEnding;
    private long wrongDuration;
    private long logsApart;
    private long offCallers;
    private double worstMs;
    private long killedWithThem;

    private CallVerdict(final ProveContext context, final CallLogs logs, final CallEnds book) {
        this.logs = logs;
        this.book = book;
        toleranceMs = context.option("tolerance-ms", 10);
    }

    static CallVerdict of(final ProveContext context, final CallLogs logs, final CallEnds book) {
        final CallVerdict verdict = new CallVerdict(context, logs, book);
        logs.first().forEach(verdict::only);
        for (final Map.Entry<CallScript, Collection<Call>> entry :
                logs.callers().entrySet()) {
            entry.getValue().forEach(call -> verdict.look(entry.getKey(), call));
        }
        logs.killed().forEach(verdict::lookAtKilled);
        return verdict;
    }

    /** The one record of a call's number, or null where there is none; another is counted. */
    private CallEnds.Entry only(final Call call) {
        calls++;
        final List<CallEnds.Entry> ends = book.ends(call.called());
        doubled += Math.max(0, ends.size() - 1);
        if (ends.isEmpty()) {
            missing++;
            example("no record of the call to " + call.called());
            return null;
        }
        return ends.get(0);
    }

    private void look(final CallScript script, final Call call) {
        final CallEnds.Entry entry = only(call);
        if (entry == null) {
            return;
        }
        if (!script.isToldBy(entry)) {
            wrongEnding++;
            example(script.word() + " is told as " + entry + "; SIPp had " + call.status());
        }
        if (script.isAnswered()) {
            lookAtDuration(script, call, entry);
        }
    }

    private void lookAtDuration(final CallScript script, final Call call, final CallEnds.Entry entry) {
        answered++;
        final Call atCallee = logs.atCallee(script, call.called());
        final double leastMs = script.leastMs(call);
        final double mostMs = atCallee == null ? -1 : atCallee.durationMs();
        if (leastMs < 0 || mostMs < 0) {
            wrongDuration++;
            example(script.word() + ": SIPp has no duration for " + entry);
            return;
        }
        final double offMs = Math.max(0, Math.max(leastMs - entry.talkMs(), entry.talkMs() - mostMs));
        worstMs = Math.max(worstMs, offMs);
        logsApart += Math.abs(mostMs - leastMs) > toleranceMs ? 1 : 0;
        offCallers += Math.abs(entry.talkMs() - leastMs) > toleranceMs ? 1 : 0;
        if (offMs > toleranceMs) {
            wrongDuration++;
            example(script.word() + ": " + entry + ", for the caller " + leastMs + " ms, for the callee " + mostMs);
        }
    }

    /** Calls that SIPp saw answered, and those that it did not: one record each, and no end is made up. */
    private void lookAtKilled(final Call call) {
        if (call.ringing() == 0 && book.ends(call.called()).isEmpty()) {
            // Its INVITE met a daemon that was gone.
            return;
        }
        final CallEnds.Entry entry = only(call);
        if (entry == null) {
            return;
        }
        if (entry.outcome() == CallUnitState.UNKNOWN && entry.reason() == CallEndReason.DAEMON_DIED) {
            killedWithThem++;
        } else {
            wrongEnding++;
            example("killed with the daemon, and told as " + entry);
        }
    }

    private void example(final String text) {
        if (examples.size() < NAMED) {
            examples.add(text);
        }
    }

    /** The figures; {@code of} stands before each. */
    void tell(final String of, final ClaimResult result) {
        result.value(of + "Records", book.records())
                .zero(of + "Missing", missing)
                .zero(of + "Doubled", doubled)
                .zero(of + "WithoutCall", book.records() - doubled - (calls - missing))
                .zero(of + "WrongEnding", wrongEnding)
                .zero(of + "WrongDuration", wrongDuration)
                .value(of + "WorstMs", worstMs)
                .value(of + "KilledWithThem", killedWithThem)
                .require(killedWithThem > 0, "no call was open when the daemon was killed");
        examples.forEach(example -> result.require(false, of + ": " + example));
    }

    /** Calls that were looked for. */
    long calls() {
        return calls;
    }

    /** Calls that were answered and ended in time. */
    long answered() {
        return answered;
    }

    /** Of these, those for which the logs of caller and callee differ by more than the tolerance. */
    long logsApart() {
        return logsApart;
    }

    /** Of these, those that differ from the caller's log alone by more than the tolerance. */
    long offCallers() {
        return offCallers;
    }
}
