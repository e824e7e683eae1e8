package io.trunkline.smpp.codec;

/**
 * Where the message of a PDU stands: in short_message or in the TLV message_payload. Where it stands in both, which the
 * specification forbids, short_message counts unless it is empty, as it does elsewhere in the field.
 */
final class MessageField {
    private int offset;
    private int length;
    private boolean payload;
    private boolean twice;

    /** For PDUs that have no short_message. */
    void none(final PduCursor body) {
        offset = body.position();
        length = 0;
        payload = false;
        twice = false;
    }

    /** Reads sm_length and short_message; returns the command_status for what the PDU lacks. */
    int readShortMessage(final PduCursor body) {
        final int smLength = body.uint8();
        final boolean cut = body.exhausted();
        body.octets(smLength);
        offset = body.start();
        length = body.length();
        payload = false;
        twice = false;
        if (cut) {
            return CommandStatus.ESME_RINVCMDLEN;
        }
        return body.exhausted() ? CommandStatus.ESME_RINVMSGLEN : CommandStatus.ESME_ROK;
    }

    /** Looks for message_payload and leaves the TLVs rewound. */
    void readPayload(final TlvIterator tlvs) {
        if (tlvs.length() == 0) {
            return;
        }
        if (tlvs.find(TlvTag.MESSAGE_PAYLOAD)) {
            if (length == 0) {
                offset = tlvs.valueOffset();
                length = tlvs.valueLength();
                payload = true;
            } else {
                twice = true;
            }
        }
        tlvs.rewind();
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    boolean inPayload() {
        return payload;
    }

    boolean twice() {
        return twice;
    }
}
