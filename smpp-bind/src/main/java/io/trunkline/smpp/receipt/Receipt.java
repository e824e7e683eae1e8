package io.trunkline.smpp.receipt;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a receipt says: the reused result of {@link ReceiptParser}. Holds copies, so the PDU may go away. A field that the
 * receipt does not have is empty.
 */
public final class Receipt {
    /** Octets that the longest raw field but the id may have; longer ones are cut. */
    public static final int MAX_FIELD = 32;

    /** No network_error_code. */
    public static final int NO_NETWORK_ERROR = -1;

    final Field id = new Field(MessageIds.MAX_LENGTH);
    final Field stat = new Field(MAX_FIELD);
    final Field err = new Field(MAX_FIELD);
    final Field submitDate = new Field(MAX_FIELD);
    final Field doneDate = new Field(MAX_FIELD);
    int state;
    boolean stateFromTlv;
    boolean marked;
    boolean intermediateNotification;
    int networkError;

    void clear() {
        id.clear();
        stat.clear();
        err.clear();
        submitDate.clear();
        doneDate.clear();
        state = ReceiptState.NONE;
        stateFromTlv = false;
        marked = false;
        intermediateNotification = false;
        networkError = NO_NETWORK_ERROR;
    }

    /** The message id as the carrier wrote it. */
    public Field id() {
        return id;
    }

    /** A message_state 0..9, or {@link ReceiptState#NONE}. */
    public int state() {
        return state;
    }

    /** The state came in message_state, not in the text. */
    public boolean stateFromTlv() {
        return stateFromTlv;
    }

    /** The message reached its end; false also where the state is not known. */
    public boolean isFinal() {
        return ReceiptState.isFinal(state);
    }

    /** esm_class says that this is a receipt. */
    public boolean marked() {
        return marked;
    }

    /** esm_class says that this is an intermediate notification; what counts is {@link #isFinal()}. */
    public boolean intermediateNotification() {
        return intermediateNotification;
    }

    /** {@code stat} as it was written. */
    public Field stat() {
        return stat;
    }

    /** {@code err} as it was written: mostly three digits, but letters occur. */
    public Field err() {
        return err;
    }

    /** {@code submit date} as it was written, in the carrier's time zone; see {@link ReceiptDate}. */
    public Field submitDate() {
        return submitDate;
    }

    /** {@code done date} as it was written, in the carrier's time zone; see {@link ReceiptDate}. */
    public Field doneDate() {
        return doneDate;
    }

    /**
     * network_error_code (SMPP 3.4 §5.3.2.31) as type shifted left 16 bits plus code, type 0 where a carrier wrote the code
     * in digits alone; or {@link #NO_NETWORK_ERROR}.
     */
    public int networkError() {
        return networkError;
    }

    /** Octets that were copied out of a receipt. */
    public static final class Field {
        private final UnsafeBuffer buffer;
        private int length;

        Field(final int capacity) {
            buffer = new UnsafeBuffer(new byte[capacity]);
        }

        void clear() {
            length = 0;
        }

        void set(final DirectBuffer src, final int offset, final int octets) {
            length = Math.min(octets, buffer.capacity());
            buffer.putBytes(0, src, offset, length);
        }

        /** Holds the octets from 0 on. */
        public DirectBuffer buffer() {
            return buffer;
        }

        public int length() {
            return length;
        }

        public boolean isEmpty() {
            return length == 0;
        }

        /** For people: allocates. */
        @Override
        public String toString() {
            return buffer.getStringWithoutLengthAscii(0, length);
        }
    }
}
