package io.trunkline.smpp.session;

import io.netty.buffer.ByteBuf;

/**
 * Where a session writes its PDUs. A session appends whole PDUs to {@link #buffer()} and says {@link #written()}; when
 * the bytes leave is the business of whoever owns the output. A gateway holds them back until its journal has what they
 * speak of; a simulator lets them go at the end of the read.
 */
public interface PduOutput {
    /** Accumulates PDUs; the session only ever appends to it and asks for it anew after every {@link #written()}. */
    ByteBuf buffer();

    /** One or more whole PDUs were appended. */
    void written();

    /** False while the peer does not read and the bytes held back have reached the limit: produce no more requests. */
    boolean writable();

    /** Lets go what is held back as far as it may leave, then closes the connection. */
    void close();
}
