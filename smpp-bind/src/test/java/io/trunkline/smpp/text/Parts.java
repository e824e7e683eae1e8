package io.trunkline.smpp.text;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Builds inbound parts in tests. */
final class Parts {
    private Parts() {}

    static InboundPart part(
            final String from, final String to, final byte[] body, final int dataCoding, final boolean header) {
        final byte[] fromBytes = from.getBytes(StandardCharsets.US_ASCII);
        final byte[] toBytes = to.getBytes(StandardCharsets.US_ASCII);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[fromBytes.length + toBytes.length + body.length + 5]);
        buffer.putBytes(1, fromBytes);
        buffer.putBytes(2 + fromBytes.length, toBytes);
        buffer.putBytes(4 + fromBytes.length + toBytes.length, body);
        final InboundPart part = new InboundPart();
        part.group = 7;
        part.buffer = buffer;
        part.fromOffset = 1;
        part.fromLength = fromBytes.length;
        part.toOffset = 2 + fromBytes.length;
        part.toLength = toBytes.length;
        part.bodyOffset = 4 + fromBytes.length + toBytes.length;
        part.bodyLength = body.length;
        part.dataCoding = dataCoding;
        part.userDataHeader = header;
        return part;
    }

    /** A part of a text by SAR. */
    static InboundPart sar(
            final String from, final int reference, final int total, final int number, final String text) {
        final InboundPart part = part(from, "60001", text.getBytes(StandardCharsets.ISO_8859_1), 3, false);
        part.sar(reference, total, number);
        return part;
    }
}
