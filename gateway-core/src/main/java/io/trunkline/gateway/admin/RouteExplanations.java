package io.trunkline.gateway.admin;

import io.trunkline.gateway.admin.RouteExplainer.Question;
import io.trunkline.gateway.config.MessageClass;
import io.trunkline.routing.ContentType;
import io.trunkline.routing.UnitKind;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code explain}: asks what may pass and the routing, both as they are in force, with the carriers as they do and are just
 * now.
 */
public final class RouteExplanations implements AdminCommand {
    private final ShardTasks shard;
    private final Clock clock;
    private final TrafficExplainer traffic;

    /** Says what is known of a number before it is routed. */
    @FunctionalInterface
    public interface TrafficExplainer {
        /**
         * Explains, a sentence each.
         *
         * @param sender empty where none is given
         * @param to digits in E.164
         */
        List<String> explain(Optional<String> tenant, String sender, String to);
    }

    public RouteExplanations(final ShardTasks shard, final Clock clock, final TrafficExplainer traffic) {
        this.shard = shard;
        this.clock = clock;
        this.traffic = traffic;
    }

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public JsonNode handle(final JsonNode arguments) throws AdminRefusal {
        final Question question = question(arguments, clock);
        final ShardView.RoutingView view = shard.call(ShardView::routing);
        final ObjectNode answer = new RouteExplainer(
                        view.routing(), view.measurements(), view.carrierStates(question.kind()))
                .explain(question);
        final List<String> told = traffic.explain(
                question.tenant(), question.from().orElse(""), answer.path("to").asString(""));
        final ArrayNode before = answer.putArray("traffic");
        told.forEach(before::add);
        return answer.put("version", view.version());
    }

    /** The question that arguments ask. */
    public static Question question(final JsonNode arguments, final Clock clock) throws AdminRefusal {
        return new Question(
                ShowCommands.text(arguments, "to")
                        .orElseThrow(() -> new AdminRefusal("bad-argument", "no destination is given", "--to NUMBER")),
                ShowCommands.text(arguments, "from"),
                ShowCommands.text(arguments, "tenant"),
                word(arguments, "class", MessageClass.values()).orElse(MessageClass.TRANSACTIONAL),
                word(arguments, "kind", UnitKind.values())
                        .filter(kind -> kind != UnitKind.ANY)
                        .orElse(UnitKind.MESSAGE),
                Instant.ofEpochMilli(arguments.path("atMs").asLong(clock.millis())),
                word(arguments, "content", ContentType.values()),
                arguments.path("unit").asLong(0));
    }

    private static <E extends Enum<E>> Optional<E> word(
            final JsonNode arguments, final String name, final E[] constants) throws AdminRefusal {
        final Optional<String> word = ShowCommands.text(arguments, name);
        final Optional<E> constant = word.flatMap(text -> RouteExplainer.constant(constants, text));
        if (word.isPresent() && constant.isEmpty()) {
            throw new AdminRefusal(
                    "bad-argument", "`" + word.get() + "` is no " + name, "one of: " + RouteExplainer.words(constants));
        }
        return constant;
    }
}
