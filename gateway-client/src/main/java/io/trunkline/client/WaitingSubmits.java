package io.trunkline.client;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Asynchronous requests that have no place in the window yet, each with the time until which its caller waits. */
final class WaitingSubmits {
    /**
     * One of them.
     *
     * @param request gives what is to be sent, in the builder where it is a submit
     */
    record Entry(Function<SubmitBuilder, Outgoing> request, CompletableFuture<?> future, long deadlineNs) {}

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    void add(final Entry entry) {
        entries.add(entry);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Entry peek() {
        return entries.peek();
    }

    Entry poll() {
        return entries.poll();
    }

    /**
     * Fails those whose time is over.
     *
     * @param places of callers: one that is told has given its own back already, and may call again at once
     */
    void expire(final long nowNs, final AtomicInteger places) {
        entries.removeIf(entry -> {
            final boolean expired = nowNs - entry.deadlineNs >= 0;
            if (expired) {
                places.decrementAndGet();
                entry.future.completeExceptionally(
                        new ClientException(ClientException.Kind.NO_CREDIT, "no credit within the time given"));
            }
            return expired;
        });
    }
}
