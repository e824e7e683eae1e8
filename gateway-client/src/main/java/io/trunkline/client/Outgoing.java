package io.trunkline.client;

import org.agrona.MutableDirectBuffer;

/** A request that is answered under its reference, and sent again under it after a reconnect. */
interface Outgoing {
    long referenceHi();

    long referenceLo();

    /** Bytes of the whole frame with its prefix. */
    int frameLength();

    /** Writes the whole frame with its prefix, {@link #frameLength} bytes. */
    void encode(MutableDirectBuffer buffer, int offset);
}
