package io.trunkline.perf.sim;

/** Final states of a receipt: Appendix B's word and message_state's number (SMPP 3.4 §5.2.28). */
enum ReceiptState {
    DELIVRD(2, 0),
    EXPIRED(3, 1),
    DELETED(4, 2),
    UNDELIV(5, 11),
    ACCEPTD(6, 0),
    UNKNOWN(7, 3),
    REJECTD(8, 88);

    /** More than the largest message_state. */
    static final int STATES = 16;

    private static final ReceiptState[] BY_MESSAGE_STATE = new ReceiptState[STATES];

    static {
        for (final ReceiptState state : values()) {
            BY_MESSAGE_STATE[state.messageState] = state;
        }
    }

    final int messageState;
    /** Network error code of the TLV and {@code err:} of the text. */
    final int error;

    /** The end of its text. */
    final String tail;

    ReceiptState(final int messageState, final int error) {
        this.messageState = messageState;
        this.error = error;
        this.tail = " stat:" + name() + " err:" + (1000 + error + "").substring(1) + " text:";
    }

    static ReceiptState of(final int messageState) {
        return BY_MESSAGE_STATE[messageState];
    }
}
