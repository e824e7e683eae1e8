package io.trunkline.perf.claims;

import io.trunkline.perf.sipp.Sipp;
import io.trunkline.perf.sipp.SippCalls;
import io.trunkline.perf.sipp.SippCalls.Call;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What the processes of SIPp logged of their calls.
 *
 * @param first calls of a daemon that had just started, by the caller
 * @param callers by the callers of each script
 * @param callees by the callees of each script that has any, by the called number
 * @param killed calls that were open when the daemon was killed, by the caller
 */
record CallLogs(
        Collection<Call> first,
        Map<CallScript, Collection<Call>> callers,
        Map<CallScript, Map<String, Call>> callees,
        Collection<Call> killed) {

    static CallLogs read(
            final Sipp first,
            final Map<CallScript, Sipp> callers,
            final Map<CallScript, Sipp> callees,
            final Sipp killed)
            throws IOException {
        final Map<CallScript, Collection<Call>> byCallers = new EnumMap<>(CallScript.class);
        for (final Map.Entry<CallScript, Sipp> caller : callers.entrySet()) {
            byCallers.put(caller.getKey(), calls(caller.getValue()));
        }
        final Map<CallScript, Map<String, Call>> byCallees = new EnumMap<>(CallScript.class);
        for (final Map.Entry<CallScript, Sipp> callee : callees.entrySet()) {
            final Map<String, Call> byNumber = new HashMap<>();
            calls(callee.getValue()).forEach(call -> byNumber.put(call.called(), call));
            byCallees.put(callee.getKey(), byNumber);
        }
        return new CallLogs(calls(first), byCallers, byCallees, calls(killed));
    }

    private static Collection<Call> calls(final Sipp of) throws IOException {
        return SippCalls.read(of.messages()).all();
    }

    /** How the callee of an answered call had it; null where it never did. */
    Call atCallee(final CallScript script, final String called) {
        return callees.getOrDefault(script, Map.of()).get(called);
    }
}
