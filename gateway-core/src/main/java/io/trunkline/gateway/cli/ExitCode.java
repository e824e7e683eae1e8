package io.trunkline.gateway.cli;

/** What the command exits with: stable, for scripts. */
public final class ExitCode {
    public static final int OK = 0;
    /** The command line is wrong, or the command itself failed. */
    public static final int USAGE = 1;
    /** The configuration is wrong. */
    public static final int CONFIG = 2;
    /** No daemon answers. */
    public static final int UNREACHABLE = 3;
    /** The daemon, or the state of things, says no. */
    public static final int REFUSED = 4;

    private ExitCode() {}
}
