package io.trunkline.client;

import io.trunkline.upstream.codec.CancelOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.agrona.collections.Long2ObjectHashMap;

/** Cancels of messages and ends of calls without an answer, by unit; several callers may ask for the same one. */
final class PendingCancels {
    private final Long2ObjectHashMap<Asked> byUnit = new Long2ObjectHashMap<>();

    private record Asked(boolean call, List<CompletableFuture<CancelOutcome>> futures) {}

    /** Returns whether this unit was not asked for yet, so that a frame is to be sent. */
    boolean add(final boolean call, final long unitId, final CompletableFuture<CancelOutcome> future) {
        final Asked before = byUnit.get(unitId);
        final Asked asked = before == null ? new Asked(call, new ArrayList<>(1)) : before;
        asked.futures.add(future);
        byUnit.put(unitId, asked);
        return before == null;
    }

    /** Returns how many callers have their answer now. */
    int complete(final long unitId, final CancelOutcome outcome) {
        final Asked asked = byUnit.remove(unitId);
        if (asked == null) {
            return 0;
        }
        asked.futures.forEach(future -> future.complete(outcome));
        return asked.futures.size();
    }

    /** Returns how many callers have been told. */
    int fail(final ClientException error) {
        final List<CompletableFuture<CancelOutcome>> all = new ArrayList<>();
        byUnit.values().forEach(asked -> all.addAll(asked.futures));
        byUnit.clear();
        all.forEach(future -> future.completeExceptionally(error));
        return all.size();
    }

    /** To be asked again on a new connection. */
    void resend(final LongConsumer cancel, final LongConsumer endCall) {
        final Long2ObjectHashMap<Asked>.EntryIterator units = byUnit.entrySet().iterator();
        while (units.hasNext()) {
            units.next();
            ask(units.getValue().call, units.getLongKey(), cancel, endCall);
        }
    }

    /** Asks by the message that fits the unit. */
    static void ask(final boolean call, final long unitId, final LongConsumer cancel, final LongConsumer endCall) {
        (call ? endCall : cancel).accept(unitId);
    }
}
