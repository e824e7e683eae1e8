package io.trunkline.gateway.cli;

/** A command whose exit code for a wrong command line is not {@link ExitCode#USAGE}. */
public interface UsageExitCode {
    int usageExitCode();
}
