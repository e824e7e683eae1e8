package io.trunkline.smpp.codec;

import io.netty.buffer.ByteBuf;

/** Takes the PDUs that {@link PduFramer} finds, one call each. */
@FunctionalInterface
public interface PduHandler {
    /**
     * One whole PDU lies at {@code offset}; it is valid only during the call.
     *
     * @param length its command_length, at least {@link PduHeader#LENGTH}
     * @return true to go on with the next PDU; false to leave the rest in the buffer (session closed, or no room to go on)
     */
    boolean onPdu(ByteBuf buf, int offset, int length);
}
