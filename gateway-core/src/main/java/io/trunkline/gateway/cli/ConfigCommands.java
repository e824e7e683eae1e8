package io.trunkline.gateway.cli;

import io.trunkline.gateway.config.load.Quantities;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline diff}, {@code apply}, {@code confirm}, {@code rollback}, {@code history}. */
final class ConfigCommands {
    private ConfigCommands() {}

    /** What they have in common. */
    abstract static class ConfigCommand implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private DaemonOption daemon;

        @Mixin
        private JsonOption json;

        /** Fills in what is asked. */
        abstract void arguments(ObjectNode arguments);

        /** Tells people what came of it. */
        abstract void tell(PrintWriter out, JsonNode result);

        @Override
        public Integer call() {
            final ObjectNode arguments = JsonOption.object();
            arguments.put("who", user());
            arguments(arguments);
            final JsonNode result = daemon.ask("config-" + spec.name(), arguments);
            final PrintWriter out = spec.commandLine().getOut();
            if (json.wanted()) {
                JsonOption.print(out, result);
            } else {
                tell(out, result);
                out.flush();
            }
            return ExitCode.OK;
        }

        /** Who sits there: also where it was by way of sudo. */
        private static String user() {
            return Optional.ofNullable(System.getenv("SUDO_USER")).orElse(System.getProperty("user.name", "unknown"));
        }
    }

    @Command(
            name = "diff",
            description = "Checks a configuration and tells what would change if it were applied; nothing is.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  trunkline diff                 the daemon's own directory, as edited",
                "  trunkline diff ~/candidate"
            })
    static final class Diff extends ConfigCommand {
        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "DIR",
                description = "Candidate (default: the daemon's own directory).")
        private Path candidate;

        @Override
        void arguments(final ObjectNode arguments) {
            directory(arguments, candidate);
        }

        @Override
        void tell(final PrintWriter out, final JsonNode result) {
            out.print(changes(result));
        }
    }

    @Command(
            name = "apply",
            description = {
                "Checks a configuration and puts it in force, wholly or not at all.",
                "A candidate's files take the place of those in the daemon's own directory, so that it is still in force after a restart.",
                "With --confirm the daemon goes back by itself unless `trunkline confirm` follows in time."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  trunkline apply                                  what was edited in place; SIGHUP does the same",
                "  trunkline apply ~/candidate --comment 'Spain to beta' --confirm 5m",
                "  trunkline apply ~/candidate --shrink             although many rows vanish"
            })
    static final class Apply extends ConfigCommand {
        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "DIR",
                description = "Candidate (default: the daemon's own directory).")
        private Path candidate;

        @Option(names = "--comment", paramLabel = "TEXT", description = "For the history.", defaultValue = "")
        private String comment;

        @Option(
                names = "--confirm",
                paramLabel = "TIME",
                description = "30s, 5m: go back after so long, unless confirmed.")
        private String confirm;

        @Option(names = "--shrink", description = "Apply although a large part of the routes or numbers vanishes.")
        private boolean shrink;

        @Override
        void arguments(final ObjectNode arguments) {
            directory(arguments, candidate);
            arguments.put("comment", comment).put("shrink", shrink);
            if (confirm != null) {
                arguments.put("confirmMs", duration(confirm).toMillis());
            }
        }

        private static Duration duration(final String text) {
            try {
                return Quantities.duration(text);
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(
                        ExitCode.USAGE, "--confirm " + text + " is no duration", "write 30s, 5m or 1h");
            }
        }

        @Override
        void tell(final PrintWriter out, final JsonNode result) {
            tellOutcome(out, result);
        }
    }

    @Command(
            name = "confirm",
            description = "Keeps the configuration that was applied with --confirm.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  trunkline confirm")
    static final class Confirm extends ConfigCommand {
        @Override
        void arguments(final ObjectNode arguments) {}

        @Override
        void tell(final PrintWriter out, final JsonNode result) {
            out.println("version " + result.path("version").asString() + " stays");
        }
    }

    @Command(
            name = "rollback",
            description = "Puts an earlier configuration in force again, as a new version.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {"  trunkline rollback         to the one before", "  trunkline rollback 17"})
    static final class Rollback extends ConfigCommand {
        @Parameters(index = "0", arity = "0..1", paramLabel = "N", description = "Version, as history lists it.")
        private Integer version;

        @Override
        void arguments(final ObjectNode arguments) {
            if (version != null) {
                arguments.put("version", version);
            }
        }

        @Override
        void tell(final PrintWriter out, final JsonNode result) {
            tellOutcome(out, result);
        }
    }

    @Command(
            name = "history",
            description = "Lists the configurations that were in force: when, who, why. The last one is.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {"  trunkline history", "  trunkline history --json | jq '.versions[-1].hash'"})
    static final class History extends ConfigCommand {
        @Override
        void arguments(final ObjectNode arguments) {}

        @Override
        void tell(final PrintWriter out, final JsonNode result) {
            final Table table = new Table(List.of("VERSION", "APPLIED", "WHO", "HASH", "COMMENT"));
            for (final JsonNode version : result.path("versions")) {
                table.add(List.of(
                        Cell.of("version", version.path("version")),
                        Cell.of("appliedMs", version.path("appliedMs")),
                        Cell.of("who", version.path("who")),
                        version.path("hash").asString().substring(0, 12),
                        Cell.of("comment", version.path("comment"))));
            }
            out.print(table);
            final JsonNode waiting = result.path("unconfirmed");
            if (waiting.isObject()) {
                out.println("version " + waiting.path("version").asString() + " waits for `trunkline confirm` until "
                        + Cell.of("deadlineMs", waiting.path("deadlineMs")) + ", else back to "
                        + waiting.path("restore").asString());
            }
        }
    }

    private static void directory(final ObjectNode arguments, final Path candidate) {
        if (candidate != null) {
            arguments.put("directory", candidate.toAbsolutePath().normalize().toString());
        }
    }

    private static void tellOutcome(final PrintWriter out, final JsonNode result) {
        if (!result.path("changed").asBoolean()) {
            out.println("in force already: version " + result.path("version").asString());
            return;
        }
        out.print(changes(result.path("diff")));
        out.printf(
                Locale.ROOT,
                "in force: version %s (the shard stood still for %.2f ms)%n",
                result.path("version").asString(),
                result.path("pauseNs").asLong() / 1e6);
        if (result.path("confirmBeforeMs").asLong() > 0) {
            out.println("goes back by itself at " + Cell.of("confirmBeforeMs", result.path("confirmBeforeMs"))
                    + "; to keep it: trunkline confirm");
        }
    }

    /** The sections that differ: a line of counts, then examples. */
    private static String changes(final JsonNode sections) {
        final StringBuilder text = new StringBuilder();
        for (final JsonNode section : sections) {
            final int added = section.path("added").asInt();
            final int removed = section.path("removed").asInt();
            final int changed = section.path("changed").asInt();
            if (added + removed + changed == 0) {
                continue;
            }
            final String note = section.path("note").asString("");
            text.append(String.format(
                    "%s: %s%n",
                    section.path("name").asString(),
                    note.isEmpty()
                            ? String.format(
                                    "%d added, %d removed, %d changed (%d before, %d after)",
                                    added,
                                    removed,
                                    changed,
                                    section.path("before").asInt(),
                                    section.path("after").asInt())
                            : note));
            for (final JsonNode example : section.path("examples")) {
                text.append(example(example));
            }
            if (section.path("examples").size() < added + removed + changed) {
                text.append(String.format(
                        "  and %d more%n",
                        added + removed + changed - section.path("examples").size()));
            }
            if (section.path("name").asString().equals("gateway")) {
                text.append(String.format("  listeners, journal and data directory change with the next start%n"));
            }
        }
        return text.isEmpty() ? String.format("nothing changes%n") : text.toString();
    }

    private static String example(final JsonNode example) {
        final String before = example.path("before").asString();
        final String after = example.path("after").asString();
        final String sign = switch (example.path("change").asString()) {
            case "added" -> "+";
            case "removed" -> "-";
            default -> "~";
        };
        final String told = before.isEmpty() || after.isEmpty() ? before + after : before + " -> " + after;
        return String.format("  %s %s%s%n", sign, example.path("what").asString(), told.isEmpty() ? "" : ": " + told);
    }
}
