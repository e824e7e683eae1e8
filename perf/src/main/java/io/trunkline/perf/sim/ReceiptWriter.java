package io.trunkline.perf.sim;

import io.trunkline.perf.Marker;
import io.trunkline.perf.wire.PduOutput;
import io.trunkline.perf.wire.Smpp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes receipts and inbound messages; the only text made anew is the date, once a minute. */
final class ReceiptWriter {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyMMddHHmm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String SUB = " sub:001 dlvrd:001 submit date:";
    private static final String DONE = " done date:";
    private static final byte[] ID = "id:".getBytes(StandardCharsets.US_ASCII);
    /** What a handset writes: the parts of a message one after the other, and again where there are more parts. */
    private static final byte[][] HANDSET_TEXTS = {
        "Thanks, the code came at once. ".getBytes(StandardCharsets.US_ASCII),
        "Please send the next one to this number too. ".getBytes(StandardCharsets.US_ASCII)
    };

    private static final long MS_PER_MINUTE = 60_000;

    private final PendingStore store;
    /** By message_state: all of a receipt's text that comes after its id. */
    private final byte[][] tails = new byte[ReceiptState.STATES][];

    private final byte[] markerText = new byte[Marker.LENGTH];
    private long minuteEndsMs = Long.MIN_VALUE;
    private int idLength;

    ReceiptWriter(final PendingStore store) {
        this.store = store;
    }

    private void date(final long nowMs) {
        minuteEndsMs = nowMs - nowMs % MS_PER_MINUTE + MS_PER_MINUTE;
        final String date = MINUTE.format(Instant.ofEpochMilli(nowMs));
        for (final ReceiptState state : ReceiptState.values()) {
            tails[state.messageState] = (SUB + date + DONE + date + state.tail).getBytes(StandardCharsets.US_ASCII);
        }
    }

    void receipt(final PduOutput out, final int slot, final int sequence, final Faults faults, final long nowMs) {
        if (nowMs >= minuteEndsMs) {
            date(nowMs);
        }
        final boolean dataSm = faults.receiptAsDataSm;
        out.begin(dataSm ? Smpp.DATA_SM : Smpp.DELIVER_SM, Smpp.OK, sequence);
        out.put(0);
        // The receipt comes from whom the message went to.
        store.writeAddress(out, slot, 1);
        store.writeAddress(out, slot, 0);
        out.put(0x04);
        int idAt = -1;
        if (dataSm) {
            out.zeros(2);
        } else {
            // protocol_id, priority, schedule, validity, registered, replace, data_coding, default message.
            out.zeros(8);
            final int lengthAt = out.position();
            out.put(0);
            if (faults.receiptText) {
                idAt = text(out, slot, faults.messageIds);
                out.setByte(lengthAt, out.position() - lengthAt - 1);
            }
        }
        if (dataSm && faults.receiptText) {
            out.putShort(Smpp.TAG_MESSAGE_PAYLOAD).putShort(0);
            final int textAt = out.position();
            idAt = text(out, slot, faults.messageIds);
            out.setShort(textAt - 2, out.position() - textAt);
        }
        if (faults.receiptTlv) {
            options(out, slot, faults.messageIds, idAt);
        }
        out.end();
    }

    /** Writes the text; where its id stands. */
    private int text(final PduOutput out, final int slot, final MessageIdForm ids) {
        out.put(ID);
        final int idAt = out.position();
        ids.writeReceipt(out, store.message[slot]);
        idLength = out.position() - idAt;
        out.put(tails[store.status[slot]]);
        return idAt;
    }

    private void options(final PduOutput out, final int slot, final MessageIdForm ids, final int written) {
        out.putShort(Smpp.TAG_RECEIPTED_MESSAGE_ID).putShort(0);
        final int idAt = out.position();
        if (written >= 0) {
            out.copy(written, idLength);
        } else {
            ids.writeReceipt(out, store.message[slot]);
        }
        out.put(0);
        out.setShort(idAt - 2, out.position() - idAt);
        final ReceiptState state = ReceiptState.of(store.status[slot]);
        out.putShort(Smpp.TAG_MESSAGE_STATE).putShort(1).put(state.messageState);
        if (state.error != 0) {
            // Network type 3 is GSM.
            out.putShort(Smpp.TAG_NETWORK_ERROR_CODE).putShort(3).put(3).putShort(state.error);
        }
    }

    void inbound(final PduOutput out, final int slot, final int sequence, final int parts) {
        out.begin(Smpp.DELIVER_SM, Smpp.OK, sequence);
        out.put(0);
        store.writeAddress(out, slot, 0);
        store.writeAddress(out, slot, 1);
        out.put(parts > 1 ? 0x40 : 0);
        out.zeros(8);
        final byte[] words = HANDSET_TEXTS[(store.part[slot] - 1) % HANDSET_TEXTS.length];
        // Messages of load are followed by the number in their text; a handset's own are what a person would write.
        final boolean named = store.marker[slot] < Deliveries.FIRST_INBOUND;
        final int length = words.length + (named ? Marker.LENGTH : 0);
        if (parts > 1) {
            out.put(6 + length);
            out.put(5).put(0).put(3);
            out.put((int) store.message[slot]);
            out.put(parts).put(store.part[slot]);
        } else {
            out.put(length);
        }
        out.put(words);
        if (named) {
            Marker.write(markerText, 0, store.marker[slot]);
            out.put(markerText);
        }
        out.end();
    }
}
