package io.trunkline.perf.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Where a run was made: what somebody needs to judge whether two runs can be compared. */
final class Environment {
    private Environment() {}

    /** In the order of the report; what cannot be told is left out. */
    static Map<String, String> here() {
        final Map<String, String> facts = new LinkedHashMap<>();
        put(facts, "CPU", cpu());
        put(facts, "Cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        put(facts, "Memory", memory());
        put(facts, "Kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        put(facts, "Frequency governor", firstLine(Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")));
        put(facts, "JVM", System.getProperty("java.vm.name") + " " + Runtime.version());
        put(facts, "JVM flags", flags());
        put(facts, "Trunkline", version());
        put(facts, "Commit", commit());
        return facts;
    }

    private static void put(final Map<String, String> facts, final String name, final String value) {
        if (value != null && !value.isBlank()) {
            facts.put(name, value.strip());
        }
    }

    private static String version() {
        final String version = Environment.class.getPackage().getImplementationVersion();
        return version == null ? "development build" : version;
    }

    private static String cpu() {
        for (final String line : lines(Path.of("/proc/cpuinfo"))) {
            if (line.startsWith("model name")) {
                return line.substring(line.indexOf(':') + 1);
            }
        }
        return System.getProperty("os.arch");
    }

    private static String memory() {
        for (final String line : lines(Path.of("/proc/meminfo"))) {
            if (line.startsWith("MemTotal")) {
                return String.format(Locale.ROOT, "%.1f GiB", Long.parseLong(line.replaceAll("\\D", "")) / 1048576.0);
            }
        }
        return "";
    }

    /** Without module flags, which every run has, and without properties: those may hold what nobody should read. */
    private static String flags() {
        return String.join(
                " ",
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> flag.startsWith("-X"))
                        .toList());
    }

    /** The commit of the tree that the command is run from; nothing where that is none. */
    private static String commit() {
        try {
            final Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!git.waitFor(2, TimeUnit.SECONDS)) {
                git.destroyForcibly();
                return "";
            }
            return git.exitValue() == 0 ? new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8) : "";
        } catch (final IOException e) {
            return "";
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String firstLine(final Path file) {
        final List<String> lines = lines(file);
        return lines.isEmpty() ? "" : lines.get(0);
    }

    private static List<String> lines(final Path file) {
        try {
            return Files.readAllLines(file);
        } catch (final IOException e) {
            return List.of();
        }
    }
}
