package io.trunkline.gateway.admin;

import io.trunkline.gateway.admin.ShardView.CarrierAction;
import io.trunkline.gateway.admin.ShardView.Control;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code drain}, {@code enable}, {@code disable} of a carrier or of one bind. */
public final class ControlCommands {
    private static final Logger LOG = LoggerFactory.getLogger(ControlCommands.class);

    private ControlCommands() {}

    /** All of them. */
    public static List<AdminCommand> of(final ShardTasks shard) {
        return Arrays.stream(CarrierAction.values())
                .map(action -> ShowCommands.command(word(action), arguments -> control(shard, action, arguments)))
                .toList();
    }

    private static String word(final CarrierAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    private static JsonNode control(final ShardTasks shard, final CarrierAction action, final JsonNode arguments)
            throws AdminRefusal {
        final String carrier = ShowCommands.text(arguments, "carrier")
                .orElseThrow(() -> new AdminRefusal("bad-argument", "no carrier is named", "name a carrier"));
        final Optional<String> bind = ShowCommands.text(arguments, "bind");
        final Control outcome = shard.call(view -> view.control(action, carrier, bind));
        final String target = carrier + bind.map(name -> "/" + name).orElse("");
        return switch (outcome) {
            case DONE, ALREADY -> {
                LOG.info("{} {}: {}", word(action), target, outcome == Control.DONE ? "done" : "was so already");
                yield JsonNodeFactory.instance
                        .objectNode()
                        .put("action", word(action))
                        .put("target", target)
                        .put("changed", outcome == Control.DONE);
            }
            case NO_SUCH_CARRIER ->
                throw new AdminRefusal(
                        "not-found", "no carrier is called " + carrier, "trunkline show carriers lists them");
            case NO_SUCH_BIND ->
                throw new AdminRefusal(
                        "not-found",
                        carrier + " has no bind called " + bind.orElse(""),
                        "trunkline show binds lists them");
        };
    }
}
