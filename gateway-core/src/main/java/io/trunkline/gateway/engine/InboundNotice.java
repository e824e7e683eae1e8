package io.trunkline.gateway.engine;

import org.agrona.DirectBuffer;

/** A message from a handset, or a part of one, as its PDU carried it: a reused view, valid only during the call. */
public final class InboundNotice {
    public DirectBuffer buffer;
    public int fromOffset;
    public int fromLength;
    public int toOffset;
    public int toLength;
    /** The user data, with its header where {@link #userDataHeader} is set. */
    public int bodyOffset;

    public int bodyLength;
    public boolean userDataHeader;
    public int dataCoding;
    public int esmClass;
    public int protocolId;
    /** From SAR TLVs; total 0: none, the user data header may say. */
    public int sarReference;

    public int sarTotal;
    public int sarPart;
}
