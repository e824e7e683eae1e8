package io.trunkline.gateway.cli;

import java.util.List;

/**
 * Adds commands to {@code trunkline}. Found by {@link java.util.ServiceLoader}, so that a module that nothing here may
 * import can bring its own.
 */
public interface CommandProvider {
    /**
     * The commands: objects annotated with {@link picocli.CommandLine.Command} that implement
     * {@code Callable<Integer>} and return one of {@link ExitCode}.
     */
    List<Object> commands();
}
