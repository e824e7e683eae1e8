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

    /** TON, NPI and address. */
    static void address(final ByteBuf out, final SmeAddress address) {
        out.writeByte(address.ton());
        out.writeByte(address.npi());
        cString(out, address.address());
    }

    /** Checks what submit_sm, deliver_sm and submit_multi have in common. */
    static void checkSm(final OutboundSm sm) {
        final int messageLength = sm.totalMessageLength();
        checkLength("source_addr", sm.sourceLength, OutboundSm.ADDRESS_MAX);
        if (sm.messagePayload) {
            checkLength("message_payload", messageLength, OutboundSm.MESSAGE_MAX);
        } else {
            checkLength("short_message", messageLength, OutboundSm.SHORT_MESSAGE_MAX);
        }
    }

    /** service_type and source address. */
    static void smSource(final ByteBuf out, final OutboundSm sm) {
        cString(out, sm.serviceType, sm.serviceTypeLength);
        out.writeByte(sm.sourceTon);
        out.writeByte(sm.sourceNpi);
        cString(out, sm.source, sm.sourceLength);
    }

    static void smDestination(final ByteBuf out, final OutboundSm sm) {
        out.writeByte(sm.destinationTon);
        out.writeByte(sm.destinationNpi);
        cString(out, sm.destination, sm.destinationLength);
    }

    /** All that follows the destination in submit_sm, deliver_sm and submit_multi, TLVs too. */
    static void smTail(final ByteBuf out, final OutboundSm sm) {
        out.writeByte(sm.esmClass);
        out.writeByte(sm.protocolId);
        out.writeByte(sm.priority);
        cString(out, sm.schedule, sm.scheduleLength);
        cString(out, sm.validity, sm.validityLength);
        out.writeByte(sm.registeredDelivery);
        out.writeByte(sm.replaceIfPresent);
        out.writeByte(sm.dataCoding);
        out.writeByte(sm.defaultMessageId);
        if (sm.messagePayload) {
            out.writeByte(0);
            sm.tlvs.write(out);
            messagePayload(out, sm);
        } else {
            out.writeByte(sm.totalMessageLength());
            sm.writeMessage(out);
            sm.tlvs.write(out);
        }
    }

    static void messagePayload(final ByteBuf out, final OutboundSm sm) {
        out.writeShort(TlvTag.MESSAGE_PAYLOAD);
        out.writeShort(sm.totalMessageLength());
        sm.writeMessage(out);
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

    static void checkLength(final String field, final int length, final int max) {
        if (length < 0 || length > max) {
            throw new IllegalArgumentException(field + " of " + length + " octets, at most " + max + " are allowed");
        }
    }

    static void checkTime(final String field, final CharSequence value) {
        if (value.length() != 0 && value.length() != OutboundSm.TIME_LENGTH) {
            throw new IllegalArgumentException(
                    field + " has " + value.length() + " characters, not 0 or " + OutboundSm.TIME_LENGTH);
        }
        check(field, value, OutboundSm.TIME_LENGTH);
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
