package io.trunkline.client;

import io.trunkline.upstream.codec.CallEventDecoder;
import io.trunkline.upstream.codec.InboundMessageDecoder;
import io.trunkline.upstream.codec.MessageStatusDecoder;
import io.trunkline.upstream.codec.ReplayEndedDecoder;
import io.trunkline.upstream.codec.ReplayEventsDecoder;
import io.trunkline.upstream.codec.ReplayProgressDecoder;
import java.util.concurrent.CompletableFuture;

/** The replay of a client, at most one at a time; after a reconnect it is asked for again from where it was. Not thread-safe. */
final class ReplayUnderWay {
    private ReplayRequest request;
    private ReplayListener listener;
    private CompletableFuture<ReplayResult> future;
    private long requestId;
    private long nextIndex;
    private long events;
    private boolean stopped;

    boolean any() {
        return future != null;
    }

    void begin(final ReplayRequest wanted, final ReplayListener taker, final CompletableFuture<ReplayResult> result) {
        request = wanted;
        listener = taker;
        future = result;
        nextIndex = wanted.fromIndex;
        events = 0;
        stopped = false;
    }

    /** Asks for it on a connection; a new one knows nothing of it. */
    void ask(final Connection connection) {
        if (stopped) {
            complete(new ReplayResult.Complete(events, nextIndex));
        } else {
            connection.replay(++requestId, request, nextIndex);
        }
    }

    /** No more of it is wanted. */
    void stop(final Connection connection) {
        stopped = true;
        if (connection != null) {
            connection.stopReplay(requestId);
        }
    }

    void onStatus(final MessageStatusDecoder status) {
        if (any()) {
            events++;
            listener.onStatus(status);
        }
    }

    void onInbound(final InboundMessageDecoder inbound) {
        if (any()) {
            events++;
            listener.onInbound(inbound);
        }
    }

    void onCall(final CallEventDecoder call) {
        if (any()) {
            events++;
            listener.onCall(call);
        }
    }

    void onProgress(final ReplayProgressDecoder progress) {
        if (any() && progress.requestId() == requestId) {
            nextIndex = progress.nextIndex();
            listener.onProgress(nextIndex);
        }
    }

    void onEnded(final ReplayEndedDecoder ended) {
        if (!any() || ended.requestId() != requestId) {
            return;
        }
        nextIndex = Math.max(nextIndex, ended.nextIndex());
        if (ended.code() == 0) {
            complete(new ReplayResult.Complete(events, nextIndex));
            return;
        }
        final boolean known = ended.oldestIndex() != ReplayEndedDecoder.oldestIndexNullValue();
        complete(new ReplayResult.Refused(
                events,
                nextIndex == ReplayEventsDecoder.fromIndexNullValue() ? 0 : nextIndex,
                known ? ended.oldestIndex() : 0,
                known ? ended.oldestMs() : 0,
                new Refusal(ended.code(), ended.flags().retryable(), ended.retryAfterMs(), ended.text())));
    }

    void fail(final ClientException error) {
        if (any()) {
            final CompletableFuture<ReplayResult> failed = future;
            future = null;
            failed.completeExceptionally(error);
        }
    }

    private void complete(final ReplayResult result) {
        // Whoever is told may begin the next one.
        final CompletableFuture<ReplayResult> done = future;
        future = null;
        done.complete(result);
    }
}
