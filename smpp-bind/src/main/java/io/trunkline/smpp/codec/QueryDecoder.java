package io.trunkline.smpp.codec;

/**
 * query_sm (SMPP 3.4 §4.8.1) and query_broadcast_sm (SMPP 5.0 §4.6.1.1): the state of a message is asked for. The second may
 * have TLVs.
 */
public final class QueryDecoder extends OneMessageDecoder {

    @Override
    int decode(final PduCursor body) {
        readMessage(body, true);
        takeTlvs(body);
        return statusOf(body);
    }
}
