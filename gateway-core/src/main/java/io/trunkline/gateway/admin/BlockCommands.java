package io.trunkline.gateway.admin;

import io.trunkline.gateway.admin.BlockDesk.Line;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code block-add}, {@code block-del}, {@code block-load}, {@code block-list}. */
public final class BlockCommands {
    private static final Logger LOG = LoggerFactory.getLogger(BlockCommands.class);
    private static final int MOST_LINES = 100_000;

    private BlockCommands() {}

    /** All of them. */
    public static List<AdminCommand> of(final BlockDesk desk, final Clock clock) {
        return List.of(
                ShowCommands.command("block-add", arguments -> add(desk, line(arguments, clock), who(arguments))),
                ShowCommands.command("block-del", arguments -> remove(desk, line(arguments, clock), who(arguments))),
                ShowCommands.command("block-load", arguments -> load(desk, arguments)),
                ShowCommands.command("block-list", arguments -> list(desk, arguments)));
    }

    private static Line line(final JsonNode arguments, final Clock clock) throws AdminRefusal {
        final boolean sender = arguments.path("sender").asBoolean(false);
        final String text = ShowCommands.text(arguments, "prefix").orElse("");
        final String prefix = text.startsWith("+") ? text.substring(1) : text;
        if (!prefix.matches(sender ? "[\\x21-\\x7e][\\x20-\\x7e]{0,19}" : "[0-9]{1,15}")) {
            throw new AdminRefusal(
                    "bad-argument",
                    "`" + text + "` is not a prefix",
                    sender ? "give 1 to 20 characters of ASCII" : "give 1 to 15 digits; for senders say --sender");
        }
        final long ttlMs = arguments.path("ttlMs").asLong(0);
        return new Line(
                prefix,
                arguments.path("safe").asBoolean(false),
                sender,
                ShowCommands.text(arguments, "tenant"),
                ttlMs > 0 ? clock.millis() + ttlMs : Long.MAX_VALUE,
                ShowCommands.text(arguments, "reason").orElse(""),
                "operator");
    }

    private static String who(final JsonNode arguments) {
        return ShowCommands.text(arguments, "who").orElse("unknown");
    }

    private static JsonNode add(final BlockDesk desk, final Line line, final String who) throws AdminRefusal {
        desk.add(List.of(line));
        LOG.info("{} {} by {}: {}", line.safe() ? "safe" : "blocked", line.prefix(), who, line.reason());
        return node(line);
    }

    private static JsonNode remove(final BlockDesk desk, final Line line, final String who) throws AdminRefusal {
        desk.remove(line);
        LOG.info("{} {} taken away by {}", line.safe() ? "safe" : "block", line.prefix(), who);
        return node(line);
    }

    private static JsonNode load(final BlockDesk desk, final JsonNode arguments) throws AdminRefusal {
        final String file = ShowCommands.text(arguments, "file")
                .orElseThrow(() -> new AdminRefusal("bad-argument", "no file is named", "name a file"));
        final int lines = desk.load(Path.of(file));
        LOG.info("{} block and safe lines loaded from {} by {}", lines, file, who(arguments));
        return JsonNodeFactory.instance.objectNode().put("lines", lines);
    }

    private static JsonNode list(final BlockDesk desk, final JsonNode arguments) {
        final List<Line> lines =
                desk.lines(ShowCommands.text(arguments, "prefix").orElse(""));
        final int limit =
                Math.max(1, Math.min(MOST_LINES, arguments.path("limit").asInt(1_000)));
        final ObjectNode result = JsonNodeFactory.instance.objectNode().put("total", lines.size());
        final ArrayNode array = result.putArray("lines");
        lines.stream().limit(limit).forEach(line -> array.add(node(line)));
        return result;
    }

    private static ObjectNode node(final Line line) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("prefix", line.prefix())
                .put("list", line.safe() ? "safe" : "block")
                .put("end", line.sender() ? "sender" : "destination")
                .put("tenant", line.tenant().orElse(""))
                .put("expiresMs", line.expiresAtMs() == Long.MAX_VALUE ? 0 : line.expiresAtMs())
                .put("reason", line.reason())
                .put("source", line.source());
    }
}
