package io.trunkline.perf.sim;

import io.netty.buffer.ByteBuf;
import io.trunkline.perf.Marker;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes receipts and inbound messages; the only text made anew is the date, once a minute. */
final class ReceiptWriter {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyMMddHHmm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final byte[] SUB = " sub:001 dlvrd:001 submit date:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = " done date:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID = "id:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HELLO = " and this is what I wanted to say".getBytes(StandardCharsets.US_ASCII);
    private static final long MS_PER_MINUTE = 60_000;

    private final PendingStore store;
    private final byte[] inboundText = new byte[Marker.LENGTH + HELLO.length];
    private byte[] date = new byte[0];
    private long minute = -1;

    ReceiptWriter(final PendingStore store) {
        this.store = store;
        System.arraycopy(HELLO, 0, inboundText, Marker.LENGTH, HELLO.length);
    }

    void receipt(final ByteBuf out, final int slot, final int sequence, final Faults faults, final long nowMs) {
        if (nowMs / MS_PER_MINUTE != minute) {
            minute = nowMs / MS_PER_MINUTE;
            date = MINUTE.format(Instant.ofEpochMilli(nowMs)).getBytes(StandardCharsets.US_ASCII);
        }
        final int start = out.writerIndex();
        out.ensureWritable(512);
        final boolean dataSm = faults.receiptAsDataSm;
        header(out, dataSm ? Smpp.DATA_SM : Smpp.DELIVER_SM, sequence);
        out.writeByte(0);
        // The receipt comes from whom the message went to.
        address(out, slot, 1);
        address(out, slot, 0);
        out.writeByte(0x04);
        if (dataSm) {
            out.writeZero(2);
        } else {
            // protocol_id, priority, schedule, validity, registered, replace, data_coding, default message.
            out.writeZero(8);
            final int lengthAt = out.writerIndex();
            out.writeByte(0);
            if (faults.receiptText) {
                text(out, slot, faults.messageIds);
                out.setByte(lengthAt, out.writerIndex() - lengthAt - 1);
            }
        }
        if (dataSm && faults.receiptText) {
            out.writeShort(Smpp.TAG_MESSAGE_PAYLOAD).writeShort(0);
            final int textAt = out.writerIndex();
            text(out, slot, faults.messageIds);
            out.setShort(textAt - 2, out.writerIndex() - textAt);
        }
        if (faults.receiptTlv) {
            options(out, slot, faults.messageIds);
        }
        out.setInt(start, out.writerIndex() - start);
    }

    private void text(final ByteBuf out, final int slot, final MessageIdForm ids) {
        out.writeBytes(ID);
        ids.writeReceipt(out, store.message[slot]);
        out.writeBytes(SUB).writeBytes(date).writeBytes(DONE).writeBytes(date);
        out.writeBytes(ReceiptState.of(store.status[slot]).tail);
    }

    private void options(final ByteBuf out, final int slot, final MessageIdForm ids) {
        out.writeShort(Smpp.TAG_RECEIPTED_MESSAGE_ID).writeShort(0);
        final int idAt = out.writerIndex();
        ids.writeReceipt(out, store.message[slot]);
        out.writeByte(0);
        out.setShort(idAt - 2, out.writerIndex() - idAt);
        final ReceiptState state = ReceiptState.of(store.status[slot]);
        out.writeShort(Smpp.TAG_MESSAGE_STATE).writeShort(1).writeByte(state.messageState);
        if (state.error != 0) {
            // Network type 3 is GSM.
            out.writeShort(Smpp.TAG_NETWORK_ERROR_CODE)
                    .writeShort(3)
                    .writeByte(3)
                    .writeShort(state.error);
        }
    }

    void inbound(final ByteBuf out, final int slot, final int sequence, final int parts) {
        final int start = out.writerIndex();
        out.ensureWritable(512);
        header(out, Smpp.DELIVER_SM, sequence);
        out.writeByte(0);
        address(out, slot, 0);
        address(out, slot, 1);
        out.writeByte(parts > 1 ? 0x40 : 0);
        out.writeZero(8);
        Marker.write(inboundText, 0, store.marker[slot]);
        if (parts > 1) {
            out.writeByte(6 + inboundText.length);
            out.writeByte(5).writeByte(0).writeByte(3);
            out.writeByte((int) store.message[slot]);
            out.writeByte(parts).writeByte(store.part[slot]);
        } else {
            out.writeByte(inboundText.length);
        }
        out.writeBytes(inboundText);
        out.setInt(start, out.writerIndex() - start);
    }

    private static void header(final ByteBuf out, final int command, final int sequence) {
        out.writeInt(0).writeInt(command).writeInt(0).writeInt(sequence);
    }

    private void address(final ByteBuf out, final int slot, final int which) {
        final int at = (slot * 2 + which) * PendingStore.ADDRESS;
        final byte[] addresses = store.addresses;
        out.writeByte(addresses[at]).writeByte(addresses[at + 1]);
        out.writeBytes(addresses, at + 3, addresses[at + 2]);
        out.writeByte(0);
    }
}
