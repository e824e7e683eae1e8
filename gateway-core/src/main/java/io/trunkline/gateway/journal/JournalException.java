package io.trunkline.gateway.journal;

/** The journal cannot go on. What the message says is for the operator: what happened, where, what to do. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalException(final String message) {
        super(message);
    }

    public JournalException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
