package io.trunkline.smpp.codec;

/** Values of message_state (SMPP 3.4 §5.2.28, SMPP 5.0 §4.7.15). */
public final class MessageState {
    /** SMPP 5.0 only. */
    public static final int SCHEDULED = 0;

    public static final int ENROUTE = 1;
    public static final int DELIVERED = 2;
    public static final int EXPIRED = 3;
    public static final int DELETED = 4;
    public static final int UNDELIVERABLE = 5;
    public static final int ACCEPTED = 6;
    public static final int UNKNOWN = 7;
    public static final int REJECTED = 8;
    /** SMPP 5.0 only. */
    public static final int SKIPPED = 9;

    private MessageState() {}
}
