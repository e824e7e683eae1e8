package io.trunkline.smpp.session;

import io.netty.buffer.ByteBuf;

/** The side of a session that a {@link PduConnection} talks to. */
interface PduSink {
    /** The connection may be used: TLS, if any, is up. */
    void onReady();

    /** One PDU, valid during the call. */
    void onPdu(int commandId, int status, int sequence, ByteBuf buffer, int offset, int length);

    /** The connection is gone; called once, also where {@link #onReady} never was. */
    void onGone(CloseCause cause);
}
