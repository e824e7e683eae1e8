package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.QualityRules;
import io.trunkline.gateway.config.Routing;
import io.trunkline.gateway.config.RoutingNames;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.RouteDecision;
import io.trunkline.gateway.engine.RouteQuestion;
import io.trunkline.gateway.engine.Router;
import io.trunkline.gateway.engine.Treatment;
import io.trunkline.routing.CarrierQuality;
import io.trunkline.routing.Grade;
import io.trunkline.routing.Measurements;
import io.trunkline.routing.NumberTable;
import io.trunkline.routing.Outcome;
import io.trunkline.routing.QualitySettings;
import io.trunkline.routing.RouteChoice;
import io.trunkline.routing.RouteQuery;
import io.trunkline.routing.RoutingSnapshot;
import io.trunkline.routing.RoutingTable;
import io.trunkline.routing.RuleAction;
import io.trunkline.routing.UnitKind;
import io.trunkline.routing.rates.RateQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;

/**
 * The routing in force, as the engine asks it. All of it was made beside the shard, so that a swap takes no time that a unit
 * would feel. Also measures carriers, for the policies that go by it.
 */
final class RoutingTables implements Router {
    /** Of a destination, E.164. */
    private static final int MAX_DIGITS = 15;

    private static final long JUDGE_EVERY_MS = 1_000;
    private static final long MILLIS = 1_000;
    /** Carriers are measured by their numbers, for which room is made in steps of this. */
    private static final int CARRIER_STEP = 64;

    private final TrafficTables traffic;
    private final RoutingTable<RoutingInForce> table;
    private final RouteQuery query = new RouteQuery();
    private final RouteChoice choice = new RouteChoice();
    private final RateQuery rateQuery = new RateQuery();
    private final Measurements measured = this::grade;
    /** By number; null where there is none. */
    private Treatment[] treatments = new Treatment[16];

    private CarrierQuality quality = new CarrierQuality(new QualitySettings(MILLIS, 1, 1, 0, 0, List.of()));
    private RoutingInForce asked;
    private long judgedMs;

    RoutingTables(final TrafficTables traffic) {
        this.traffic = traffic;
        final RoutingSnapshot nothing = RoutingSnapshot.builder(0).build();
        final RoutingNames nobody = new RoutingNames(List.of(), List.of(), List.of(), List.of());
        table = new RoutingTable<>(new RoutingInForce(
                0,
                new Routing(null, null, nobody, nothing, List.of(), Routing.Contents.NONE),
                List.of(),
                Optional.empty(),
                new KnownNumbers()));
        asked = table.current();
    }

    /**
     * A routing that is ready to be published.
     *
     * @param quality how its carriers are to be measured
     */
    record Prepared(RoutingInForce routing, QualitySettings quality) {}

    /** Makes ready the routing of a config, all of whose names have numbers. Any thread. */
    static Prepared prepare(final GatewayConfig config, final KnownNumbers numbers) {
        final RoutingInForce next =
                new RoutingInForce(config.version(), config.routing(), config.carriers(), config.billing(), numbers);
        final int highest = IntStream.range(0, next.carriers())
                .map(next::carrierNumber)
                .max()
                .orElse(0);
        return new Prepared(
                next,
                QualityRules.settings(config.routing().plan().quality(), (highest / CARRIER_STEP + 1) * CARRIER_STEP));
    }

    /** Puts a routing in force. */
    void publish(final Prepared next) {
        if (!next.quality().equals(quality.settings())) {
            quality = new CarrierQuality(next.quality(), quality);
        }
        table.publish(next.routing());
    }

    /** A treatment gets its number, which it keeps for ever. */
    void treatment(final int number, final String text) {
        if (number > Treatment.MAX_NUMBER) {
            throw new IllegalStateException("the journal has no numbers left for ways of treating addresses");
        }
        if (number >= treatments.length) {
            treatments = Arrays.copyOf(treatments, Math.max(number + 1, 2 * treatments.length));
        }
        treatments[number] = Treatment.parse(number, text);
    }

    /** What is in force. */
    RoutingInForce inForce() {
        return table.current();
    }

    /** Time of a duty cycle: now and then carriers are graded anew. */
    void time(final long nowMs) {
        if (nowMs - judgedMs >= JUDGE_EVERY_MS || nowMs < judgedMs) {
            judgedMs = nowMs;
            quality.judge(nowMs);
        }
    }

    private Grade grade(final int carrierId, final UnitKind kind) {
        return quality.grade(asked.carrierNumber(carrierId), kind);
    }

    /** How the carriers of a version do just now, for other threads: a copy. */
    Measurements grades(final RoutingInForce version) {
        final Grade[] messages = new Grade[version.carriers()];
        final Grade[] calls = new Grade[version.carriers()];
        for (int id = 0; id < messages.length; id++) {
            messages[id] = quality.grade(version.carrierNumber(id), UnitKind.MESSAGE);
            calls[id] = quality.grade(version.carrierNumber(id), UnitKind.CALL);
        }
        return (carrier, kind) -> kind == UnitKind.CALL ? calls[carrier] : messages[carrier];
    }

    @Override
    public void route(final RouteQuestion question, final RouteDecision decision) {
        asked = table.current();
        decision.clear();
        decision.tableVersion = asked.version();
        final int tenant = asked.tenantId(question.tenant);
        (question.kind == UnitKind.CALL
                        ? query.call(tenant, question.messageClass, question.unitId)
                        : query.message(tenant, question.messageClass, question.unitId))
                .at(Math.floorDiv(question.nowMs, MILLIS))
                .paying(RouteQuery.NO_PRICE, question.priceCap)
                .measured(measured)
                .from(question.from, question.fromOffset, question.fromLength)
                .carrying(question.content);
        decision.row = asked.routing().table().select(query, question.to, question.toOffset, question.toLength, choice);
        decision.rule = choice.ruleNumber();
        final RuleAction.Rewrite rewrite = choice.rewrite();
        if (choice.outcome() != Outcome.FOUND) {
            decision.refusal = refusal();
        } else if (rewrite != null && !isNumber(rewrite, question.toLength)) {
            decision.refusal = ErrorCode.INVALID_DESTINATION;
        } else {
            decision.rewrite = rewrite == null ? Treatment.NONE : asked.treatment(rewrite);
            fill(decision, question.kind);
        }
    }

    /** Without the carriers that have no way for such units: binds for messages, trunks for calls. */
    private void fill(final RouteDecision decision, final UnitKind kind) {
        for (int i = 0; i < choice.size() && decision.count < decision.carriers.length; i++) {
            if (asked.takes(choice.carrier(i), kind)) {
                decision.carriers[decision.count] = asked.carrierNumber(choice.carrier(i));
                decision.treatments[decision.count] = asked.treatment(choice.handling(i));
                decision.count++;
            }
        }
        if (decision.count == 0) {
            decision.refusal = ErrorCode.NO_ROUTE;
        }
    }

    private static boolean isNumber(final RuleAction.Rewrite rewrite, final int length) {
        final int changed = rewrite.destination().prepend().length()
                + Math.max(0, length - rewrite.destination().strip());
        return changed > 0 && changed <= MAX_DIGITS;
    }

    private ErrorCode refusal() {
        return switch (choice.outcome()) {
            case OVER_PRICE_CAP -> ErrorCode.OVER_PRICE_CAP;
            case BELOW_MARGIN -> ErrorCode.BELOW_MARGIN;
            case REJECTED -> RoutingInForce.error(choice.rejection());
            case FOUND, NO_ROW, NOT_PINNED -> ErrorCode.NO_ROUTE;
        };
    }

    @Override
    public void price(
            final RouteQuestion question, final int network, final int carrier, final RouteDecision decision) {
        asked.buyRates().price(question, network, carrier, rateQuery, decision);
    }

    @Override
    public boolean asksContent() {
        return table.current().asksContent();
    }

    @Override
    public Treatment treatment(final int number) {
        return number < treatments.length ? treatments[number] : null;
    }

    @Override
    public void ended(final int carrier, final boolean delivered, final long delayMs, final long nowMs) {
        quality.message(carrier, delivered, delayMs, nowMs);
    }

    @Override
    public void callEnded(
            final int carrier,
            final CarrierQuality.CallEnd end,
            final long delayMs,
            final long durationS,
            final long nowMs) {
        quality.call(carrier, end, delayMs, durationS, nowMs);
    }

    @Override
    public int owner(final DirectBuffer digits, final int offset, final int length) {
        // The rows of numbers.csv go before the number file, so that a few can change without it.
        final RoutingInForce current = table.current();
        final int listed = current.routing().table().numbers().tenant(digits, offset, length);
        return listed == NumberTable.NO_TENANT ? traffic.owner(digits, offset, length) : current.tenantNumber(listed);
    }
}
