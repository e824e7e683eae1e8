package io.trunkline.gateway.engine;

import org.agrona.DirectBuffer;

/**
 * Brings a carrier's message ids to the key under which an answer and its receipt meet: hexadecimal here, decimal there,
 * with or without leading zeros, as the carrier's config says. Holds the key of the last call.
 */
public interface MessageIds {
    /** Of an id from a submit_sm_resp. */
    void answer(DirectBuffer buffer, int offset, int length);

    /** Of an id from a receipt. */
    void receipt(DirectBuffer buffer, int offset, int length);

    long hi();

    long lo();
}
