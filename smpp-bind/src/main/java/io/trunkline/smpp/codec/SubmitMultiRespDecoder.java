package io.trunkline.smpp.codec;

/**
 * submit_multi_resp (SMPP 3.4 §4.5.2): the message id, and the destinations that were refused, each with its command_status.
 * Like all responses it is taken with as much body as it has.
 */
public final class SubmitMultiRespDecoder extends PduDecoder {
    private final PduCursor walk = new PduCursor();
    private int messageIdOffset;
    private int messageIdLength;
    private int refusedCount;
    private int refusedOffset;
    private int refusedEnd;
    private int walked;
    private int ton;
    private int npi;
    private int addressOffset;
    private int addressLength;
    private int status;

    @Override
    int decode(final PduCursor body) {
        body.cString();
        messageIdOffset = body.start();
        messageIdLength = body.length();
        final int claimed = body.uint8();
        refusedCount = 0;
        refusedOffset = body.position();
        refusedEnd = refusedOffset;
        for (int i = 0; i < claimed; i++) {
            readRefused(body);
            if (body.exhausted()) {
                break;
            }
            refusedCount++;
            refusedEnd = body.position();
        }
        if (refusedCount == claimed) {
            takeTlvs(body);
        }
        rewindRefused();
        return CommandStatus.ESME_ROK;
    }

    private void readRefused(final PduCursor cursor) {
        ton = cursor.uint8();
        npi = cursor.uint8();
        cursor.cString();
        addressOffset = cursor.start();
        addressLength = cursor.length();
        status = cursor.int32();
    }

    public int messageIdOffset() {
        return messageIdOffset;
    }

    public int messageIdLength() {
        return messageIdLength;
    }

    /** Refused destinations that stand whole in the PDU. */
    public int refusedCount() {
        return refusedCount;
    }

    /** Back to before the first refused destination. */
    public void rewindRefused() {
        walk.wrap(buffer(), refusedOffset, refusedEnd);
        walked = 0;
        ton = 0;
        npi = 0;
        addressOffset = refusedOffset;
        addressLength = 0;
        status = CommandStatus.ESME_ROK;
    }

    /** Steps to the next refused destination; false at the end. */
    public boolean nextRefused() {
        if (walked == refusedCount) {
            return false;
        }
        walked++;
        readRefused(walk);
        return true;
    }

    /** Of the current refused destination; see {@link Ton}. */
    public int refusedTon() {
        return ton;
    }

    /** Of the current refused destination; see {@link Npi}. */
    public int refusedNpi() {
        return npi;
    }

    public int refusedAddressOffset() {
        return addressOffset;
    }

    public int refusedAddressLength() {
        return addressLength;
    }

    /** Why the current one was refused; see {@link CommandStatus}. */
    public int refusedStatus() {
        return status;
    }
}
