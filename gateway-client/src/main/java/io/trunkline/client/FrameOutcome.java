package io.trunkline.client;

/** What {@link FrameValidator#check} found. All but the first three mean that the stream cannot be read any further. */
public enum FrameOutcome {
    /** A whole frame that is safe to wrap. */
    COMPLETE(false),
    /** More bytes must come; nothing is wrong so far. */
    INCOMPLETE(false),
    /** A whole frame of this schema with a template that is not known here; it can be skipped. */
    UNKNOWN_TEMPLATE(false),
    /** The length is negative or smaller than the message header. */
    LENGTH_TOO_SMALL(true),
    /** The length is over the limit of this connection. */
    LENGTH_TOO_LARGE(true),
    WRONG_SCHEMA(true),
    /** Version 0, which never existed. */
    WRONG_VERSION(true),
    /** The root block is shorter than the message's fields. */
    BLOCK_TOO_SHORT(true),
    /** The root block ends after the frame. */
    BLOCK_OVERRUN(true),
    /** A variable-length field, or its length, ends after the frame. */
    DATA_OVERRUN(true),
    /** The frame is longer than its content although its version is known here. */
    TRAILING_BYTES(true);

    private final boolean fatal;

    FrameOutcome(final boolean fatal) {
        this.fatal = fatal;
    }

    /** Nothing after this point of the stream can be trusted: say goodbye and close. */
    public boolean fatal() {
        return fatal;
    }
}
