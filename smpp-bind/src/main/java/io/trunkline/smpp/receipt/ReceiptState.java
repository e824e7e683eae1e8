package io.trunkline.smpp.receipt;

import io.trunkline.smpp.codec.MessageState;
import org.agrona.DirectBuffer;

/**
 * What the words and numbers of receipts mean, as a message_state (SMPP 3.4 §5.2.28). Words are compared without case, and
 * beyond those of Appendix B there are the ones that carriers use. An unknown word is no state: it is passed on raw.
 */
public final class ReceiptState {
    /** A receipt without a state that is known. */
    public static final int NONE = -1;

    private static final Object[][] WORDS = {
        {"DELIVRD", MessageState.DELIVERED},
        {"DELIVERED", MessageState.DELIVERED},
        {"DELIVERD", MessageState.DELIVERED},
        {"DELIVER", MessageState.DELIVERED},
        {"EXPIRED", MessageState.EXPIRED},
        {"DELETED", MessageState.DELETED},
        {"UNDELIV", MessageState.UNDELIVERABLE},
        {"UNDELIVRD", MessageState.UNDELIVERABLE},
        {"UNDELIVERD", MessageState.UNDELIVERABLE},
        {"UNDELIVERED", MessageState.UNDELIVERABLE},
        {"UNDELIVERABLE", MessageState.UNDELIVERABLE},
        {"FAILED", MessageState.UNDELIVERABLE},
        {"ACCEPTD", MessageState.ACCEPTED},
        {"ACCEPTED", MessageState.ACCEPTED},
        {"ACKED", MessageState.ACCEPTED},
        {"UNKNOWN", MessageState.UNKNOWN},
        {"REJECTD", MessageState.REJECTED},
        {"REJECTED", MessageState.REJECTED},
        {"SKIPPED", MessageState.SKIPPED},
        {"ENROUTE", MessageState.ENROUTE},
        {"EN_ROUTE", MessageState.ENROUTE},
        {"BUFFRED", MessageState.ENROUTE},
        {"BUFFERD", MessageState.ENROUTE},
        {"BUFFERED", MessageState.ENROUTE},
        {"SCHEDULED", MessageState.SCHEDULED},
    };

    private static final byte[][] NAMES = new byte[WORDS.length][];
    private static final int[] STATES = new int[WORDS.length];

    static {
        for (int i = 0; i < WORDS.length; i++) {
            final String name = (String) WORDS[i][0];
            NAMES[i] = new byte[name.length()];
            for (int c = 0; c < name.length(); c++) {
                NAMES[i][c] = (byte) name.charAt(c);
            }
            STATES[i] = (Integer) WORDS[i][1];
        }
    }

    private ReceiptState() {}

    /** The state of a stat word, or of the number that some carriers write there; {@link #NONE} where it is not known. */
    public static int of(final DirectBuffer src, final int offset, final int length) {
        if (length == 1 && valid(src.getByte(offset) - '0')) {
            return src.getByte(offset) - '0';
        }
        for (int i = 0; i < NAMES.length; i++) {
            if (Ascii.matches(src, offset, length, NAMES[i])) {
                return STATES[i];
            }
        }
        return NONE;
    }

    /** A message_state that SMPP defines. */
    public static boolean valid(final int state) {
        return state >= MessageState.SCHEDULED && state <= MessageState.SKIPPED;
    }

    /**
     * Nothing follows this state. ACCEPTED is final in the specification (it was read on the subscriber's behalf), but
     * carriers say it of messages that are on their way.
     */
    public static boolean isFinal(final int state) {
        return switch (state) {
            case MessageState.DELIVERED,
                    MessageState.EXPIRED,
                    MessageState.DELETED,
                    MessageState.UNDELIVERABLE,
                    MessageState.UNKNOWN,
                    MessageState.REJECTED,
                    MessageState.SKIPPED -> true;
            default -> false;
        };
    }
}
