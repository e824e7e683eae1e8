package io.trunkline.smpp.codec;

import io.netty.buffer.ByteBuf;

/** What the encoders share: begin a PDU, write its fields, end it by filling in its length. Nothing is kept in between. */
final class PduWriter {
    private PduWriter() {}

    /** Writes a header whose length {@link #end} will fill in; returns where the PDU begins. */
    static int begin(final ByteBuf out, final int commandId, final int status, final int sequence) {
        final int start = out.writerIndex();
        out.writeInt(PduHeader.LENGTH);
        out.writeInt(commandId);
        out.writeInt(status);
        out.writeInt(sequence);
        return start;
    }

    static void end(final ByteBuf out, final int start) {
        out.setInt(start, out.writerIndex() - start);
    }

    static void headerOnly(final ByteBuf out, final int commandId, final int status, final int sequence) {
        out.writeInt(PduHeader.LENGTH);
        out.writeInt(commandId);
        out.writeInt(status);
        out.writeInt(sequence);
    }

    /** A C-octet string of characters that {@link #check} has seen. */
    static void cString(final ByteBuf out, final CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            out.writeByte(value.charAt(i));
        }
        out.writeByte(0);
    }

    static void cString(final ByteBuf out, final byte[] octets, final int length) {
        out.writeBytes(octets, 0, length);
        out.writeByte(0);
    }

    static void tlvInt8(final ByteBuf out, final int tag, final int value) {
        out.writeShort(tag);
        out.writeShort(Byte.BYTES);
        out.writeByte(value);
    }

    static void check(final String field, final CharSequence value, final int max) {
        if (value.length() > max) {
            throw new IllegalArgumentException(
                    field + " of " + value.length() + " characters, at most " + max + " are allowed");
        }
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c == 0 || c > 0xFF) {
                throw new IllegalArgumentException(field + " has a character that no octet stands for");
            }
        }
    }

    static void checkOctet(final String field, final int value) {
        if ((value & ~0xFF) != 0) {
            throw new IllegalArgumentException(field + " " + value + " is not within 0..255");
        }
    }

    static void checkRequestSequence(final int sequence) {
        if (sequence <= 0) {
            throw new IllegalArgumentException("sequence_number " + sequence + " is not within 1..0x7FFFFFFF");
        }
    }
}
