package io.trunkline.smpp.codec;

/** What PDUs share that name the source of a message. */
public abstract class SourcedDecoder extends PduDecoder {
    private int sourceTon;
    private int sourceNpi;
    private int sourceOffset;
    private int sourceLength;

    SourcedDecoder() {}

    /** @param isLast whether no mandatory field follows */
    final void readSource(final PduCursor body, final boolean isLast) {
        sourceTon = body.uint8();
        sourceNpi = body.uint8();
        if (isLast) {
            body.lastCString();
        } else {
            body.cString();
        }
        sourceOffset = body.start();
        sourceLength = body.length();
    }

    /** See {@link Ton}. */
    public final int sourceTon() {
        return sourceTon;
    }

    /** See {@link Npi}. */
    public final int sourceNpi() {
        return sourceNpi;
    }

    public final int sourceOffset() {
        return sourceOffset;
    }

    public final int sourceLength() {
        return sourceLength;
    }
}
