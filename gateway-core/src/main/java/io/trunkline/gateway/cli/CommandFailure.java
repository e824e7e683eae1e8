package io.trunkline.gateway.cli;

/** Ends a command with an exit code, a sentence about what happened, and one about what to do. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exitCode;
    private final String remedy;

    /**
     * A failure that is no surprise, hence without a stack trace.
     *
     * @param exitCode one of {@link ExitCode}
     * @param remedy empty where there is nothing to do
     */
    public CommandFailure(final int exitCode, final String message, final String remedy) {
        super(message, null, false, false);
        this.exitCode = exitCode;
        this.remedy = remedy;
    }

    public int exitCode() {
        return exitCode;
    }

    public String remedy() {
        return remedy;
    }
}
