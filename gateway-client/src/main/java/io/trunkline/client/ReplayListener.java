package io.trunkline.client;

import io.trunkline.upstream.codec.CallEventDecoder;
import io.trunkline.upstream.codec.InboundMessageDecoder;
import io.trunkline.upstream.codec.MessageStatusDecoder;

/**
 * Takes the events of a replay. All methods run on the client's event loop thread and must not block: while one runs nothing
 * else comes, and the gateway waits. Decoders are flyweights over the receive buffer, valid only during the call.
 *
 * <p>Events come in the order of the gateway's journal, so those of one unit in the order in which they happened. After a lost
 * connection the replay goes on from the last {@link #onProgress}: what came behind that comes again. They are not to be
 * acknowledged.
 */
public interface ReplayListener {
    default void onStatus(final MessageStatusDecoder status) {}

    default void onInbound(final InboundMessageDecoder inbound) {}

    default void onCall(final CallEventDecoder call) {}

    /**
     * Where a later request can go on with nothing missed.
     *
     * @param nextIndex for {@link ReplayRequest.Builder#fromIndex}
     */
    default void onProgress(final long nextIndex) {}
}
