package io.trunkline.gateway.admin;

import io.trunkline.gateway.admin.ConfigDesk.Outcome;
import io.trunkline.gateway.admin.ConfigDesk.Wishes;
import io.trunkline.gateway.config.history.ConfigDiff;
import io.trunkline.gateway.config.history.ConfigVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code config-diff}, {@code config-apply}, {@code config-confirm}, {@code config-rollback}, {@code config-history}. */
public final class ConfigCommands {
    private static final String UNKNOWN = "unknown";

    private ConfigCommands() {}

    /** All of them. */
    public static List<AdminCommand> of(final ConfigDesk desk) {
        return List.of(
                ShowCommands.command("config-diff", arguments -> diff(desk.diff(directory(arguments)))),
                ShowCommands.command("config-apply", arguments -> outcome(apply(desk, arguments))),
                ShowCommands.command("config-confirm", arguments -> version(desk.confirm(who(arguments)))),
                ShowCommands.command(
                        "config-rollback",
                        arguments -> outcome(desk.rollback(
                                Optional.of(arguments.path("version").asInt(0)).filter(version -> version > 0),
                                who(arguments)))),
                ShowCommands.command("config-history", arguments -> history(desk.history())));
    }

    private static Outcome apply(final ConfigDesk desk, final JsonNode arguments) throws AdminRefusal {
        final Wishes wishes = new Wishes(
                who(arguments),
                ShowCommands.text(arguments, "comment").orElse(""),
                Duration.ofMillis(arguments.path("confirmMs").asLong(0)),
                arguments.path("shrink").asBoolean(false));
        return desk.apply(directory(arguments), wishes);
    }

    private static Optional<Path> directory(final JsonNode arguments) {
        return ShowCommands.text(arguments, "directory").map(Path::of);
    }

    private static String who(final JsonNode arguments) {
        return ShowCommands.text(arguments, "who").orElse(UNKNOWN);
    }

    private static ObjectNode outcome(final Outcome outcome) {
        final ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("version", outcome.version())
                .put("hash", outcome.hash())
                .put("changed", outcome.changed())
                .put("pauseNs", outcome.pause().toNanos())
                .put(
                        "confirmBeforeMs",
                        outcome.deadline().map(at -> at.toEpochMilli()).orElse(0L));
        node.set("diff", diff(outcome.diff()));
        return node;
    }

    private static ArrayNode diff(final ConfigDiff diff) {
        final ArrayNode sections = JsonNodeFactory.instance.arrayNode();
        for (final ConfigDiff.Section section : diff.sections()) {
            final ObjectNode node = sections.addObject()
                    .put("name", section.name())
                    .put("before", section.before())
                    .put("after", section.after())
                    .put("added", section.added())
                    .put("removed", section.removed())
                    .put("changed", section.changed())
                    .put("note", section.note());
            final ArrayNode examples = node.putArray("examples");
            for (final ConfigDiff.Example example : section.examples()) {
                examples.addObject()
                        .put("change", example.change().name().toLowerCase(Locale.ROOT))
                        .put("what", example.what())
                        .put("before", example.before())
                        .put("after", example.after());
            }
        }
        return sections;
    }

    private static ObjectNode version(final ConfigVersion version) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("version", version.version())
                .put("hash", version.hash())
                .put("who", version.who())
                .put("comment", version.comment())
                .put("appliedMs", version.wallMs());
    }

    private static ObjectNode history(final ConfigDesk.History history) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        final ArrayNode versions = node.putArray("versions");
        history.versions().forEach(one -> versions.add(version(one)));
        history.unconfirmed()
                .ifPresent(waiting -> node.putObject("unconfirmed")
                        .put("version", waiting.version())
                        .put("restore", waiting.restore())
                        .put("deadlineMs", waiting.deadlineMs()));
        return node;
    }
}
