package io.trunkline.smpp.codec;

/**
 * alert_notification (SMPP 3.4 §4.12.1): a subscriber can be reached again.
 */
public final class AlertNotificationDecoder extends SourcedDecoder {
    private int esmeTon;
    private int esmeNpi;
    private int esmeOffset;
    private int esmeLength;

    @Override
    int decode(final PduCursor body) {
        readSource(body, false);
        esmeTon = body.uint8();
        esmeNpi = body.uint8();
        body.lastCString();
        esmeOffset = body.start();
        esmeLength = body.length();
        takeTlvs(body);
        return statusOf(body);
    }

    /** See {@link Ton}. */
    public int esmeTon() {
        return esmeTon;
    }

    /** See {@link Npi}. */
    public int esmeNpi() {
        return esmeNpi;
    }

    /** The ESME that wanted to know. */
    public int esmeOffset() {
        return esmeOffset;
    }

    public int esmeLength() {
        return esmeLength;
    }
}
