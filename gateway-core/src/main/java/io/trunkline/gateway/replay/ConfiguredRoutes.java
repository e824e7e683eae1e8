package io.trunkline.gateway.replay;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.RoutingNames;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.gateway.engine.TrafficPolicy;
import io.trunkline.routing.ContentType;
import io.trunkline.routing.Offer;
import io.trunkline.routing.Policy;
import io.trunkline.routing.RouteChoice;
import io.trunkline.routing.RouteQuery;
import io.trunkline.routing.RouteRow;
import io.trunkline.routing.RoutingSnapshot;
import io.trunkline.routing.RuleAction;
import io.trunkline.smpp.text.Encoding;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A configuration's routing, by the very table that the daemon would route by. All its carriers count as good, and as up
 * where they are enabled.
 */
public final class ConfiguredRoutes implements CandidateRoutes {
    private static final int NOT_LOOKED_UP = Integer.MIN_VALUE;
    /** Of a destination, E.164. */
    private static final int MAX_DIGITS = 15;
    /** Of {@code UnitAccepted}: the body is text. */
    private static final int FLAG_TEXT = 4;

    private final CandidateTraffic traffic;
    private final RoutingSnapshot table;
    private final RoutingNames names;
    private final List<String> carriers;
    private final boolean[] enabled;
    private final int[] costs;
    private final RouteQuery query = new RouteQuery();
    private final RouteChoice choice = new RouteChoice();
    private final String[] rulePlaces = new String[1 << 16];
    private int attempt;

    /** A configuration's routing alone: whatever it is, it may pass. */
    public ConfiguredRoutes(final GatewayConfig config) {
        this(config, new CandidateTraffic(config, TrafficPolicy.OPEN));
    }

    /** A configuration's routing, for what of the traffic it lets pass. */
    public ConfiguredRoutes(final GatewayConfig config, final CandidateTraffic traffic) {
        this.traffic = traffic;
        names = config.routing().names();
        carriers = names.carriers();
        table = config.routing().table();
        enabled = new boolean[carriers.size()];
        for (int i = 0; i < enabled.length; i++) {
            enabled[i] = config.carrier(carriers.get(i)).map(Carrier::enabled).orElse(false);
        }
        costs = new int[table.rowCount()];
        Arrays.fill(costs, NOT_LOOKED_UP);
    }

    @Override
    public int tenant(final String name) {
        return Math.max(NO_TENANT, names.tenantId(name));
    }

    @Override
    public List<String> carriers() {
        return carriers;
    }

    @Override
    public void begin() {
        traffic.begin();
    }

    @Override
    public String heldBy() {
        return traffic.heldBy();
    }

    @Override
    public Verdict route(final RecordedUnit unit) {
        final Verdict barred = traffic.bars(unit);
        if (barred != Verdict.ROUTED) {
            return barred;
        }
        final Verdict routed = select(unit);
        return routed == Verdict.ROUTED ? traffic.charge(unit) : routed;
    }

    private Verdict select(final RecordedUnit unit) {
        query.message(unit.tenant(), unit.messageClass(), unit.id())
                .at(TimeUnit.NANOSECONDS.toSeconds(unit.wallTimeNs()))
                .paying(RouteQuery.NO_PRICE, cap(unit))
                .from(unit.from(), 0, unit.from().capacity())
                .carrying(content(unit));
        table.select(query, unit.to(), 0, unit.to().capacity(), choice);
        if (choice.rewrite() != null && !isNumber(choice.rewrite(), unit.to().capacity())) {
            return Verdict.NO_NUMBER;
        }
        for (attempt = 0; attempt < choice.size(); attempt++) {
            if (enabled[choice.carrier(attempt)]) {
                return Verdict.ROUTED;
            }
        }
        return choice.size() > 0 ? Verdict.NO_CARRIER : verdict();
    }

    /** Whether a rule leaves something that can be dialled: the engine refuses what cannot. */
    private static boolean isNumber(final RuleAction.Rewrite rewrite, final int length) {
        final int changed = rewrite.destination().prepend().length()
                + Math.max(0, length - rewrite.destination().strip());
        return changed > 0 && changed <= MAX_DIGITS;
    }

    private Verdict verdict() {
        return switch (choice.outcome()) {
            case FOUND -> throw new IllegalStateException("found, and no carrier");
            case NO_ROW -> Verdict.NO_ROW;
            case OVER_PRICE_CAP -> Verdict.OVER_PRICE_CAP;
            case BELOW_MARGIN -> Verdict.BELOW_MARGIN;
            case NOT_PINNED -> Verdict.NOT_PINNED;
            case REJECTED -> Verdict.REJECTED;
        };
    }

    /** A segment's part of what the unit may cost. */
    private static int cap(final RecordedUnit unit) {
        if (unit.priceCapMicros() == SubmitRequest.ABSENT) {
            return Policy.NO_CAP;
        }
        final long each = unit.priceCapMicros() / Math.max(1, unit.segments());
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, each));
    }

    private static ContentType content(final RecordedUnit unit) {
        if ((unit.flags() & FLAG_TEXT) == 0) {
            return ContentType.BINARY;
        }
        return unit.encoding() == Encoding.UCS2.number() ? ContentType.UNICODE_TEXT : ContentType.GSM_TEXT;
    }

    @Override
    public int carrier() {
        return choice.carrier(attempt);
    }

    @Override
    public int row() {
        final int row = choice.row(attempt);
        if (row >= 0) {
            return row;
        }
        // A rule has named the carriers: rules are told apart below all rows.
        final int number = choice.ruleNumber();
        if (rulePlaces[number] == null) {
            rulePlaces[number] = choice.rule().map(rule -> rule.place()).orElse("");
        }
        return NO_ROW - number;
    }

    @Override
    public long costMicros() {
        final int row = choice.row(attempt);
        if (row < 0) {
            return UNPRICED;
        }
        if (costs[row] == NOT_LOOKED_UP) {
            costs[row] = table.row(row).offer().cost();
        }
        return costs[row] == Offer.UNPRICED ? UNPRICED : costs[row];
    }

    @Override
    public String prefix(final int row) {
        return row < 0 ? "" : table.row(row).prefix();
    }

    @Override
    public String place(final int row) {
        return row < 0 ? rulePlaces[NO_ROW - row] : table.row(row).place();
    }

    /**
     * Cost of a segment by a row, where the row offers the carrier.
     *
     * @param row as the journal names it
     * @return millionths of the currency's unit, or {@link #UNPRICED}
     */
    public long costMicros(final int row, final String carrier) {
        if (row < 0 || row >= table.rowCount()) {
            return UNPRICED;
        }
        final RouteRow found = table.row(row);
        final int id = names.carrierId(carrier);
        final boolean offers = found.offer().route().tiers().stream()
                .flatMap(tier -> tier.shares().stream())
                .anyMatch(share -> share.carrier() == id);
        return offers && found.offer().cost() != Offer.UNPRICED ? found.offer().cost() : UNPRICED;
    }
}
