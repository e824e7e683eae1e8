package io.trunkline.smpp.text;

import org.agrona.DirectBuffer;

/**
 * One part of a concatenated inbound message as it is given to the {@link Reassembler}: a reused, mutable view that is valid
 * only during the call.
 */
public final class InboundPart {
    /** How the part says which message it belongs to; references of different kinds never meet. */
    public static final int UDH8 = 1;

    public static final int UDH16 = 2;
    public static final int SAR = 3;

    /** Whoever may deliver parts of one message: mostly the carrier's id. */
    public int group;
    /** {@link #UDH8}, {@link #UDH16} or {@link #SAR}. */
    public int kind;

    public int reference;
    /** Parts of the whole message, 1..255. */
    public int total;
    /** Number of this one, 1..total. */
    public int part;

    public int dataCoding;
    /** The body begins with a user data header. */
    public boolean userDataHeader;
    /** The caller's, given back with the message: say the journal record that holds this part. */
    public long tag;

    public DirectBuffer buffer;
    public int fromOffset;
    public int fromLength;
    public int toOffset;
    public int toLength;
    /** The message, with its header where it has one. */
    public int bodyOffset;

    public int bodyLength;

    /** Takes the concatenation numbers of a header; false where it has none, and the message is no part. */
    public boolean concatenation(final UserDataHeader header) {
        if (!header.concatenated()) {
            return false;
        }
        kind = header.wideReference() ? UDH16 : UDH8;
        reference = header.reference();
        total = header.total();
        part = header.part();
        return true;
    }

    /** Takes the values of the SAR TLVs (-1 for one that is missing); false where they make no sense. */
    public boolean sar(final int sarReference, final int totalSegments, final int sequence) {
        if (sarReference < 0 || totalSegments < 1 || totalSegments > 255 || sequence < 1 || sequence > totalSegments) {
            return false;
        }
        kind = SAR;
        reference = sarReference & 0xFFFF;
        total = totalSegments;
        part = sequence;
        return true;
    }
}
