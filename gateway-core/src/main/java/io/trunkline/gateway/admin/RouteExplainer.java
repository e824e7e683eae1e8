package io.trunkline.gateway.admin;

import io.trunkline.gateway.config.MessageClass;
import io.trunkline.gateway.config.Routing;
import io.trunkline.gateway.config.RoutingNames;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.routing.ContentType;
import io.trunkline.routing.Explanation;
import io.trunkline.routing.Measurements;
import io.trunkline.routing.Outcome;
import io.trunkline.routing.RouteChoice;
import io.trunkline.routing.RouteQuery;
import io.trunkline.routing.RoutingSnapshot;
import io.trunkline.routing.RuleAction;
import io.trunkline.routing.UnitKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Why a unit would go where it goes: the decision of a routing table, step by step, with the rows and rules as {@code file:line}. */
public final class RouteExplainer {
    /** Units that are routed to see how they would be shared. */
    private static final int SHARED_AMONG = 1_000;

    private final Routing routing;
    private final Measurements measurements;
    private final Map<String, String> carrierStates;

    /**
     * An explainer of one version of the routing.
     *
     * @param carrierStates what is to be said of a carrier, by its name
     */
    public RouteExplainer(
            final Routing routing, final Measurements measurements, final Map<String, String> carrierStates) {
        this.routing = routing;
        this.measurements = measurements;
        this.carrierStates = Map.copyOf(carrierStates);
    }

    /**
     * The unit that is asked for.
     *
     * @param to as it would be submitted
     * @param from empty: a rule for certain senders is not met
     * @param tenant empty: one that has no rows of its own
     * @param unitId what its draws come from
     */
    public record Question(
            String to,
            Optional<String> from,
            Optional<String> tenant,
            MessageClass messageClass,
            UnitKind kind,
            Instant at,
            Optional<ContentType> content,
            long unitId) {}

    /**
     * Explains.
     *
     * @throws AdminRefusal where the question names what is not there, or no number
     */
    public ObjectNode explain(final Question question) throws AdminRefusal {
        final String digits = routing.numbers()
                .digits(question.to())
                .orElseThrow(() -> new AdminRefusal(
                        "bad-argument",
                        "`" + question.to() + "` is no destination: it would be refused with "
                                + ErrorCode.INVALID_DESTINATION,
                        "write " + routing.numbers().minDigits() + " to "
                                + routing.numbers().maxDigits() + " digits with country code"));
        final RouteQuery query = query(question);
        final Explanation explanation = routing.table().explain(query, digits, routing.names());
        final RouteChoice choice = new RouteChoice();
        select(query, digits, choice);
        final ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("to", digits)
                .put("from", question.from().orElse(""))
                .put("tenant", question.tenant().orElse(""))
                .put("class", word(question.messageClass()))
                .put("kind", word(question.kind()))
                .put("atMs", question.at().toEpochMilli());
        final ArrayNode steps = answer.putArray("steps");
        explanation.steps().forEach(steps::add);
        answer.put(
                "row",
                explanation.row() == RoutingSnapshot.NO_ROUTE
                        ? ""
                        : routing.table().row(explanation.row()).place());
        answer.put("rule", choice.rule().map(rule -> rule.place()).orElse(""));
        refusal(choice)
                .ifPresent(code -> answer.putObject("refused")
                        .put("code", code.number())
                        .put("name", code.name())
                        .put("text", code.text()));
        carriers(choice, answer.putArray("carriers"));
        shares(question, digits, choice, answer.putArray("shares"));
        return answer;
    }

    private RouteQuery query(final Question question) throws AdminRefusal {
        final int tenant = question.tenant().map(routing.names()::tenantId).orElse(RoutingSnapshot.ANY);
        if (tenant == RoutingNames.UNKNOWN) {
            throw new AdminRefusal(
                    "not-found",
                    "no tenant is called " + question.tenant().orElseThrow(),
                    "tenants: " + String.join(", ", routing.names().tenants()));
        }
        final RouteQuery query = new RouteQuery();
        if (question.kind() == UnitKind.CALL) {
            query.call(tenant, question.messageClass().number(), question.unitId());
        } else {
            query.message(tenant, question.messageClass().number(), question.unitId());
        }
        query.at(question.at().getEpochSecond()).measured(measurements);
        question.content().ifPresent(query::carrying);
        final byte[] from = question.from().orElse("").getBytes(StandardCharsets.US_ASCII);
        return query.from(new UnsafeBuffer(from), 0, from.length);
    }

    private void select(final RouteQuery query, final String digits, final RouteChoice choice) {
        final byte[] octets = digits.getBytes(StandardCharsets.US_ASCII);
        routing.table().select(query, new UnsafeBuffer(octets), 0, octets.length, choice);
    }

    /** What the submit would be answered with. */
    private static Optional<ErrorCode> refusal(final RouteChoice choice) {
        return switch (choice.outcome()) {
            case FOUND -> Optional.empty();
            case NO_ROW, NOT_PINNED -> Optional.of(ErrorCode.NO_ROUTE);
            case OVER_PRICE_CAP -> Optional.of(ErrorCode.OVER_PRICE_CAP);
            case BELOW_MARGIN -> Optional.of(ErrorCode.BELOW_MARGIN);
            case REJECTED -> Optional.of(rejection(choice.rejection()));
        };
    }

    private static ErrorCode rejection(final RuleAction.Reject reject) {
        return ErrorCode.of(reject.code());
    }

    private void carriers(final RouteChoice choice, final ArrayNode carriers) {
        for (int attempt = 0; attempt < choice.size(); attempt++) {
            final String name = routing.names().carrier(choice.carrier(attempt));
            carriers.addObject().put("carrier", name).put("state", carrierStates.getOrDefault(name, ""));
        }
    }

    /** How units like this one are shared among carriers: the decision again for many units. */
    private void shares(final Question question, final String digits, final RouteChoice choice, final ArrayNode shares)
            throws AdminRefusal {
        if (choice.outcome() != Outcome.FOUND || choice.size() < 2) {
            return;
        }
        final Map<String, Integer> first = new TreeMap<>();
        for (int unit = 1; unit <= SHARED_AMONG; unit++) {
            final Question other = new Question(
                    question.to(),
                    question.from(),
                    question.tenant(),
                    question.messageClass(),
                    question.kind(),
                    question.at(),
                    question.content(),
                    unit);
            select(query(other), digits, choice);
            first.merge(routing.names().carrier(choice.carrier(0)), 1, Integer::sum);
        }
        first.forEach((carrier, count) ->
                shares.addObject().put("carrier", carrier).put("perMille", count * 1000 / SHARED_AMONG));
    }

    /** The constant that a word is for; empty where there is none. */
    public static <E extends Enum<E>> Optional<E> constant(final E[] constants, final String word) {
        return Arrays.stream(constants).filter(one -> word(one).equals(word)).findFirst();
    }

    /** How a constant is written. */
    public static String word(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The words of constants, for those who mistyped one. */
    public static String words(final Enum<?>[] constants) {
        return String.join(
                ", ", List.of(constants).stream().map(RouteExplainer::word).toList());
    }
}
