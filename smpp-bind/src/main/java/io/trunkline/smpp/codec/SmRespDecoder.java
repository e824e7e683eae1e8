package io.trunkline.smpp.codec;

/**
 * Responses that name a message: submit_sm_resp, deliver_sm_resp, data_sm_resp, broadcast_sm_resp and
 * query_broadcast_sm_resp. Every part of the body may be missing: 3.4 leaves it out in a refusal, and carriers leave it out
 * elsewhere too. So no such response is ever refused.
 */
public final class SmRespDecoder extends PduDecoder {
    private int messageIdOffset;
    private int messageIdLength;

    @Override
    int decode(final PduCursor body) {
        if (commandStatus() != CommandStatus.ESME_ROK && isTlvsOnly(body)) {
            messageIdOffset = body.position();
            messageIdLength = 0;
            takeTlvs(body);
            return CommandStatus.ESME_ROK;
        }
        body.cString();
        messageIdOffset = body.start();
        messageIdLength = body.length();
        takeTlvs(body);
        return CommandStatus.ESME_ROK;
    }

    /**
     * Some 5.0 peers leave the message_id out of a refusal but not the TLVs, and the refusal that counts most, THROTTLED
     * with congestion_state, would then be misread. Told apart by the first octet, which no printable message_id begins
     * with, and by the TLVs filling the body to the last octet.
     */
    private boolean isTlvsOnly(final PduCursor body) {
        if (body.remaining() <= TlvIterator.HEADER_LENGTH) {
            return false;
        }
        final int first = buffer().getUnsignedByte(body.position());
        if (first == 0 || first >= ' ') {
            return false;
        }
        final TlvIterator tlvs = tlvs();
        takeTlvs(body);
        while (tlvs.next()) {
            // Only to see where they end.
        }
        return tlvs.leftover() == 0;
    }

    public int messageIdOffset() {
        return messageIdOffset;
    }

    /** Octets of the message_id, 0 where there is none. */
    public int messageIdLength() {
        return messageIdLength;
    }

    /** The TLV congestion_state (SMPP 5.0 §4.8.4.18), 0..100, or {@link CongestionState#ABSENT}. */
    public int congestionState() {
        return CongestionState.read(tlvs());
    }
}
