package io.trunkline.perf.prove;

import io.trunkline.gateway.calls.CallEndReason;
import io.trunkline.gateway.calls.CallUnitState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How calls ended, by the called number, as one book of the daemon's has it. */
public abstract class CallEnds {
    /** {@link Entry#talkMs}: it was not answered. */
    public static final long NOT_ANSWERED = -1;

    private final Map<String, List<Entry>> ends = new LinkedHashMap<>();

    /**
     * One record of a call's end.
     *
     * @param called digits
     * @param status what the caller was told last
     * @param setupMs from the INVITE to the answer, or {@link #NOT_ANSWERED}
     * @param talkMs from answer to end, or {@link #NOT_ANSWERED}
     * @param attempts targets that were tried
     */
    public record Entry(
            String called,
            CallUnitState outcome,
            CallEndReason reason,
            int status,
            long setupMs,
            long talkMs,
            int attempts) {}

    protected final void add(final Entry entry) {
        ends.computeIfAbsent(entry.called(), number -> new ArrayList<>()).add(entry);
    }

    /** The ends that were written for calls to a number; one, if all is well. */
    public final List<Entry> ends(final String called) {
        return ends.getOrDefault(called, List.of());
    }

    /** All ends. */
    public final List<Entry> all() {
        return ends.values().stream().flatMap(List::stream).toList();
    }

    /** Ends in all. */
    public final long records() {
        return ends.values().stream().mapToLong(List::size).sum();
    }
}
