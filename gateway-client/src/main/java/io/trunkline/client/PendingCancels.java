package io.trunkline.client;

import io.trunkline.upstream.codec.CancelOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.agrona.collections.Long2ObjectHashMap;

/** Cancels without an answer, by unit; several callers may ask for the same one. */
final class PendingCancels {
    private final Long2ObjectHashMap<List<CompletableFuture<CancelOutcome>>> byUnit = new Long2ObjectHashMap<>();

    /** Returns whether this unit was not asked for yet, so that a frame is to be sent. */
    boolean add(final long unitId, final CompletableFuture<CancelOutcome> future) {
        List<CompletableFuture<CancelOutcome>> futures = byUnit.get(unitId);
        final boolean first = futures == null;
        if (first) {
            futures = new ArrayList<>(1);
            byUnit.put(unitId, futures);
        }
        futures.add(future);
        return first;
    }

    /** Returns how many callers have their answer now. */
    int complete(final long unitId, final CancelOutcome outcome) {
        final List<CompletableFuture<CancelOutcome>> futures = byUnit.remove(unitId);
        if (futures == null) {
            return 0;
        }
        futures.forEach(future -> future.complete(outcome));
        return futures.size();
    }

    /** Returns how many callers have been told. */
    int fail(final ClientException error) {
        final List<CompletableFuture<CancelOutcome>> all = new ArrayList<>();
        byUnit.values().forEach(all::addAll);
        byUnit.clear();
        all.forEach(future -> future.completeExceptionally(error));
        return all.size();
    }

    /** To be asked again on a new connection. */
    void resend(final Connection connection) {
        final Long2ObjectHashMap<List<CompletableFuture<CancelOutcome>>>.KeyIterator units =
                byUnit.keySet().iterator();
        while (units.hasNext()) {
            connection.cancel(units.nextLong());
        }
    }
}
