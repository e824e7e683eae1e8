package io.trunkline.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts a decision into words, step by step. */
final class Telling {
    /** Rows that are named before those passed over are only counted. */
    private static final int MAX_PASSED_OVER = 20;

    private static final long MILLION = 1_000_000;

    private final RouteRows rows;
    private final WindowTable windows;
    private final RouteQuery query;
    private final RoutingSnapshot.Names names;
    private final List<String> steps = new ArrayList<>();
    private final List<Integer> carriers = new ArrayList<>();
    private int named;
    private int untold;

    Telling(
            final RouteRows rows,
            final WindowTable windows,
            final RouteQuery query,
            final RoutingSnapshot.Names names) {
        this.rows = rows;
        this.windows = windows;
        this.query = query;
        this.names = names;
    }

    /** Tells of the rules down to the one that the unit met, and what that one does. */
    void rules(final RuleList rules, final RouteChoice choice) {
        final Rule met = choice.rule().orElse(null);
        int i = 0;
        while (i < rules.size() && !rules.rule(i).equals(met)) {
            if (i < MAX_PASSED_OVER) {
                final String scope = misfit(rules.rule(i).scope());
                steps.add("rule " + (i + 1) + ", " + rules.rule(i).place() + ": "
                        + (scope.isEmpty() ? rules.passedOver(i, query) : scope));
            }
            i++;
        }
        if (i > MAX_PASSED_OVER) {
            steps.add(i - MAX_PASSED_OVER + " more rules passed over");
        }
        if (met != null) {
            steps.add("rule " + (i + 1) + ", " + met.place() + ": " + action(met.action()));
        }
    }

    private static String action(final RuleAction action) {
        if (action instanceof RuleAction.Reject reject) {
            return "refuses the unit with " + reject.code() + ": " + reject.reason();
        }
        if (action instanceof RuleAction.Rewrite rewrite) {
            return "rewrites"
                    + handling(rewrite.destination())
                    + value("TON", rewrite.ton())
                    + value("NPI", rewrite.npi())
                    + value("data coding", rewrite.dataCoding());
        }
        return "names the route";
    }

    private static String value(final String what, final int value) {
        return value == RuleAction.Rewrite.KEEP ? "" : ", " + what + " " + value;
    }

    /** Tells of a row on the way; those from {@code first} to before {@code end} are on offer. */
    void row(final int row, final int first, final int end) {
        final boolean chosen = row >= first && row < end;
        if (!chosen && named >= MAX_PASSED_OVER) {
            untold++;
            return;
        }
        named++;
        if (row == first && untold > 0) {
            steps.add(untold + " more rows passed over");
        }
        steps.add(scope(row) + (!chosen ? passedOver(row) : end - first == 1 ? "chosen" : offer(row)));
    }

    void noRow() {
        if (untold > 0) {
            steps.add(untold + " more rows passed over");
        }
        steps.add("no route: no row is for this number, tenant and class");
    }

    /** Tells by which policy the carriers are ordered, where it is not the usual one, and which offers it leaves out. */
    void policy(final Policy policy, final int first, final int end) {
        if (!policy.equals(Policy.PRIORITY)) {
            steps.add(words(policy));
        }
        boolean any = false;
        for (int row = first; row < end; row++) {
            final Outcome judgement = policy.judge(rows.cost(row), query);
            any |= judgement == Outcome.FOUND;
            if (judgement != Outcome.FOUND) {
                steps.add(rows.place(row) + ": left out, "
                        + (judgement == Outcome.BELOW_MARGIN ? "too little of the price remains" : "over the price cap")
                        + (rows.cost(row) == Offer.UNPRICED ? ": its cost is unknown" : ""));
            }
        }
        if (!any) {
            steps.add("no route: every offer is left out");
        }
    }

    private String words(final Policy policy) {
        final StringBuilder text = new StringBuilder("policy ")
                .append(policy.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (policy.mode() == Policy.Mode.PINNED) {
            text.append(" to ").append(names.carrier(policy.carrier()));
        }
        if (policy.priceCap() != Policy.NO_CAP) {
            text.append(", at most ").append(money(policy.priceCap()));
        }
        if (policy.marginBasisPoints() != Policy.NO_MARGIN) {
            text.append(", margin of ").append(policy.marginBasisPoints()).append(" basis points");
            final int price = policy.priceOf(query);
            text.append(price == RouteQuery.NO_PRICE ? " (price unknown: not held)" : " of " + money(price));
        }
        if (policy.probePerMille() > 0) {
            text.append(", probes ").append(policy.probePerMille()).append(" of 1000");
        }
        return text.toString();
    }

    /**
     * Tells in which order the carriers are tried.
     *
     * @param withRows to say of each which row it comes from
     */
    void attempts(final RouteChoice choice, final boolean withRows) {
        if (choice.outcome() == Outcome.NOT_PINNED) {
            steps.add("no route: the pinned carrier is on no offer");
        }
        for (int attempt = 0; attempt < choice.size(); attempt++) {
            carriers.add(choice.carrier(attempt));
            final String from = withRows ? rows.place(choice.row(attempt)) + ", " : "";
            steps.add("attempt " + (attempt + 1) + ": " + names.carrier(choice.carrier(attempt)) + " (" + from + "tier "
                    + (choice.tier(attempt) + 1) + ", weight " + choice.weight(attempt) + ")"
                    + grade(choice.carrier(attempt))
                    + handling(choice.handling(attempt)));
        }
    }

    List<String> steps() {
        return steps;
    }

    List<Integer> carriers() {
        return carriers;
    }

    /** A cost in the currency's unit, without needless zeros. */
    static String money(final long millionths) {
        // The 1 in front keeps the zeros behind the point.
        final String decimals = Long.toString(MILLION + millionths % MILLION).substring(1);
        final String shortened = decimals.replaceFirst("0+$", "");
        return millionths / MILLION + (shortened.isEmpty() ? "" : "." + shortened);
    }

    private String scope(final int row) {
        final String prefix = PackedNumber.digits(rows.packedPrefix(row));
        final RouteScope scope = ScopeKey.scope(rows.scope(row));
        final StringBuilder text =
                new StringBuilder(rows.place(row)).append(": prefix ").append(prefix.isEmpty() ? "*" : prefix);
        if (scope.tenant() != RoutingSnapshot.ANY) {
            text.append(", tenant ").append(names.tenant(scope.tenant()));
        }
        if (scope.group() != RoutingSnapshot.ANY) {
            text.append(", tenants of ").append(names.group(scope.group()));
        }
        if (scope.messageClass() != RoutingSnapshot.ANY) {
            text.append(", class ").append(names.messageClass(scope.messageClass()));
        }
        if (scope.kind() != UnitKind.ANY) {
            text.append(scope.kind() == UnitKind.CALL ? ", calls" : ", messages");
        }
        if (scope.window() != RoutingSnapshot.ANY) {
            text.append(", ").append(names.window(scope.window()));
        }
        return text.append(": ").toString();
    }

    private String offer(final int row) {
        final int cost = rows.cost(row);
        return "on offer, priority " + rows.priority(row) + ", weight " + rows.weight(row)
                + (cost == Offer.UNPRICED ? ", cost unknown" : ", cost " + money(cost));
    }

    private String passedOver(final int row) {
        final String misfit = misfit(ScopeKey.scope(rows.scope(row)));
        return misfit.isEmpty() ? "passed over, a row of this prefix names more" : misfit;
    }

    /** Why a scope is not for the unit; empty where it is. */
    private String misfit(final RouteScope scope) {
        if (scope.tenant() != RoutingSnapshot.ANY && scope.tenant() != query.tenant()) {
            return "passed over, for another tenant";
        }
        if (scope.group() != RoutingSnapshot.ANY && scope.group() != query.group()) {
            return "passed over, for another group of tenants";
        }
        if (scope.messageClass() != RoutingSnapshot.ANY && scope.messageClass() != query.messageClass()) {
            return "passed over, for another class";
        }
        if (scope.kind() != UnitKind.ANY && scope.kind() != query.kind()) {
            return scope.kind() == UnitKind.CALL ? "passed over, for calls" : "passed over, for messages";
        }
        if (scope.window() != RoutingSnapshot.ANY && !windows.isOpen(scope.window(), query.epochSecond())) {
            return "passed over, not open at this time";
        }
        return "";
    }

    private String grade(final int carrier) {
        final Grade grade = query.measurements().grade(carrier, query.kind());
        return grade == Grade.GOOD ? "" : ", " + grade.name().toLowerCase(Locale.ROOT);
    }

    private static String handling(final Handling handling) {
        final StringBuilder text = new StringBuilder();
        if (handling.strip() > 0) {
            text.append(", strips ").append(handling.strip());
        }
        if (!handling.prepend().isEmpty()) {
            text.append(", prepends ").append(handling.prepend());
        }
        if (handling.sender().mode() != SenderPolicy.Mode.KEEP) {
            text.append(", sender ").append(handling.sender().sender());
        }
        return text.toString();
    }
}
