package io.trunkline.client;

import io.trunkline.upstream.codec.CancelOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
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

    /**
     * The gateway has answered.
     *
     * @param places of callers: those who are told have given theirs back already
     */
    void complete(final long unitId, final CancelOutcome outcome, final AtomicInteger places) {
        final Asked asked = byUnit.remove(unitId);
        if (asked != null) {
            places.addAndGet(-asked.futures.size());
            asked.futures.forEach(future -> future.complete(outcome));
        }
    }

    /** It will not answer. */
    void fail(final ClientException error, final AtomicInteger places) {
        final List<CompletableFuture<CancelOutcome>> all = new ArrayList<>();
        byUnit.values().forEach(asked -> all.addAll(asked.futures));
        byUnit.clear();
        places.addAndGet(-all.size());
        all.forEach(future -> future.completeExceptionally(error));
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
