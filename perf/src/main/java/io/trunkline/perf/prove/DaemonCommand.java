package io.trunkline.perf.prove;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The command line that starts a `trunkline` process: the script, as an operator would, or, where this JVM itself runs
 * from a build tree that is not packaged yet (tests), Java with the same class path and the same module flags.
 */
public final class DaemonCommand {
    private static final String MAIN = "io.trunkline.gateway.cli.Trunkline";
    private static final String UNPACKAGED = "/target/classes";
    /** Commands that are not over at once. */
    private static final Set<String> LONG = Set.of("run", "sim", "load", "prove");
    /** Those that may read a month's journal. */
    private static final Set<String> READERS = Set.of("cdr", "journal", "reconcile", "replay", "usage");

    private DaemonCommand() {}

    /** The whole command line for these arguments of {@code trunkline}. */
    public static List<String> of(final List<String> arguments) {
        final List<String> command = new ArrayList<>();
        if (Signals.anyIgnored()) {
            // So that it hears what it is told, whoever started us: coreutils 8.31 and later.
            command.addAll(List.of("env", "--default-signal"));
        }
        final String classPath = System.getProperty("java.class.path");
        if (classPath.contains(UNPACKAGED)) {
            // Whoever runs the tests may have these ignored (nohup, a shell's background job); children would inherit
            // it.
            command.addAll(List.of("env", "--default-signal=HUP,INT"));
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(flag -> flag.startsWith("--add") || flag.startsWith("--enable-native"))
                    .forEach(command::add);
            command.addAll(compiler(arguments.get(0)));
            command.addAll(List.of(
                    "-Xmx512m",
                    "-Dio.netty.allocator.type=pooled",
                    "-Dchronicle.analytics.disable=true",
                    "-Dchronicle.announcer.disable=true",
                    "-cp",
                    classPath,
                    MAIN));
        } else {
            command.add(ProveContext.repository().resolve("scripts/trunkline").toString());
        }
        command.addAll(arguments);
        return command;
    }

    /** As the script has it: who is over at once starts fast and takes little. */
    private static List<String> compiler(final String first) {
        if (LONG.contains(first)) {
            return List.of();
        }
        return READERS.contains(first)
                ? List.of("-XX:+UseSerialGC")
                : List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }
}
