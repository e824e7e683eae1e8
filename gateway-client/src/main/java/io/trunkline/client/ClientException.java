package io.trunkline.client;

/** Why a future of {@link TrunklineClient} has no answer from the gateway. Carries no stack trace. */
public final class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What happened, and so what the caller should do. */
    public enum Kind {
        /** No credit, or not connected, for as long as the caller would wait. Not sent; submit again later. */
        NO_CREDIT(false),
        /** As many callers wait for credit as may. Not sent; submit more slowly. */
        QUEUE_FULL(false),
        /** The same reference is already on its way. */
        REFERENCE_IN_FLIGHT(false),
        /** The message does not fit the gateway's frame limit. Not sent. */
        TOO_LARGE(false),
        /** The gateway is of an older version, and would not answer. Not sent. */
        NOT_SUPPORTED(false),
        /** The client was closed first. What was in flight may have been accepted; ask again by its reference. */
        CLOSED(true),
        /** The gateway refused the connection for good: see {@link #refusal}. In flight: as for {@link #CLOSED}. */
        REFUSED(true);

        private final boolean inDoubt;

        Kind(final boolean inDoubt) {
            this.inDoubt = inDoubt;
        }
    }

    private final Kind kind;
    private final transient Refusal refusal;

    ClientException(final Kind kind, final String message) {
        this(kind, message, null);
    }

    ClientException(final Kind kind, final String message, final Refusal refusal) {
        super(message, null, false, false);
        this.kind = kind;
        this.refusal = refusal;
    }

    public Kind kind() {
        return kind;
    }

    /** The request may have reached the gateway. Submitting again under the same reference is safe. */
    public boolean inDoubt() {
        return kind.inDoubt;
    }

    /** What the gateway said, or null. */
    public Refusal refusal() {
        return refusal;
    }
}
