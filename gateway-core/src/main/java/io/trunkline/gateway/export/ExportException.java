package io.trunkline.gateway.export;

/** A target that takes nothing at present: what happened, where, and what to do. */
public final class ExportException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public ExportException(final String message, final String remedy, final Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    public ExportException(final String message, final String remedy) {
        this(message, remedy, null);
    }

    /** What an operator can do about it. */
    public String remedy() {
        return remedy;
    }
}
