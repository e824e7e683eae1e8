package io.trunkline.smpp.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.PduHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** PDUs as octets and back, for tests. */
final class Wire {
    private Wire() {}

    /** A PDU seen on the wire; its body as ISO-8859-1. */
    record Pdu(int commandId, int status, int sequence, String body) {
        @Override
        public String toString() {
            final String name = CommandId.name(commandId);
            return (name == null ? Integer.toHexString(commandId) : name) + " " + status + " " + sequence;
        }
    }

    /** Octets of a header with a body, its command_length right. */
    static byte[] pdu(final int commandId, final int status, final int sequence, final byte... body) {
        final ByteBuf out = Unpooled.buffer();
        out.writeInt(PduHeader.LENGTH + body.length);
        out.writeInt(commandId);
        out.writeInt(status);
        out.writeInt(sequence);
        out.writeBytes(body);
        return bytes(out);
    }

    /** Octets of a header with this command_length, whatever follows. */
    static byte[] header(final int length, final int commandId, final int sequence) {
        final ByteBuf out = Unpooled.buffer();
        out.writeInt(length);
        out.writeInt(commandId);
        out.writeInt(0);
        out.writeInt(sequence);
        return bytes(out);
    }

    static byte[] encoded(final Consumer<ByteBuf> encoder) {
        final ByteBuf out = Unpooled.buffer();
        encoder.accept(out);
        return bytes(out);
    }

    static byte[] cString(final String text) {
        return (text + '\0').getBytes(ISO_8859_1);
    }

    static byte[] deliver(final int sequence, final String text) {
        final byte[] octets = encoded(out -> PduEncoder.deliverSm(out, 1, message(text)));
        putSequence(octets, sequence);
        return octets;
    }

    static byte[] submit(final int sequence, final String text) {
        final byte[] octets = encoded(out -> PduEncoder.submitSm(out, 1, message(text)));
        putSequence(octets, sequence);
        return octets;
    }

    static OutboundSm message(final String text) {
        final byte[] octets = text.getBytes(ISO_8859_1);
        return new OutboundSm()
                .source(1, 1, "12345")
                .destination(1, 1, "491700000001")
                .message(octets, 0, octets.length);
    }

    private static void putSequence(final byte[] octets, final int sequence) {
        Unpooled.wrappedBuffer(octets).setInt(12, sequence);
    }

    static byte[] concat(final byte[]... parts) {
        final ByteBuf out = Unpooled.buffer();
        for (final byte[] part : parts) {
            out.writeBytes(part);
        }
        return bytes(out);
    }

    /** All whole PDUs; what follows them stays. */
    static List<Pdu> read(final ByteBuf in) {
        final List<Pdu> pdus = new ArrayList<>();
        while (in.readableBytes() >= PduHeader.LENGTH && in.readableBytes() >= in.getInt(in.readerIndex())) {
            final int length = in.readInt();
            final int commandId = in.readInt();
            final int status = in.readInt();
            final int sequence = in.readInt();
            final byte[] body = new byte[length - PduHeader.LENGTH];
            in.readBytes(body);
            pdus.add(new Pdu(commandId, status, sequence, new String(body, ISO_8859_1)));
        }
        return pdus;
    }

    private static byte[] bytes(final ByteBuf buffer) {
        final byte[] octets = new byte[buffer.readableBytes()];
        buffer.readBytes(octets);
        return octets;
    }
}
