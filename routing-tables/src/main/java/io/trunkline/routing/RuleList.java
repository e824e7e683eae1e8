package io.trunkline.routing;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** The ordered rules of a snapshot. A unit looks at one after the other, so there are few. Allocates nothing. */
final class RuleList {
    static final int NO_RULE = -1;
    static final int MAX_RULES = 1_000;

    private final Rule[] rules;
    private final long[] scope;
    private final DestinationSet[] destinations;
    private final int[] contents;
    private final RouteBook routes;
    /** The route of a rule that is one of {@link RuleAction.RouteTo}. */
    private final int[] route;

    private final WindowTable windows;

    RuleList(final List<Rule> ordered, final WindowTable windows) {
        this.windows = windows;
        rules = ordered.toArray(Rule[]::new);
        scope = new long[rules.length];
        destinations = new DestinationSet[rules.length];
        contents = new int[rules.length];
        route = new int[rules.length];
        final List<Route> all = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            scope[i] = ScopeKey.of(rules[i].scope());
            destinations[i] = rules[i].destinations().orElse(null);
            for (final ContentType content : rules[i].contents()) {
                contents[i] |= content.bit();
            }
            if (rules[i].action() instanceof RuleAction.RouteTo to) {
                route[i] = all.size();
                all.add(to.route());
            }
        }
        routes = new RouteBook(all);
    }

    List<Rule> all() {
        return List.of(rules);
    }

    int size() {
        return rules.length;
    }

    Rule rule(final int index) {
        return rules[index];
    }

    /** The first rule that is for a unit, or {@link #NO_RULE}. */
    int match(final RouteQuery query, final DirectBuffer digits, final int offset, final int length) {
        for (int i = 0; i < rules.length; i++) {
            if (isInScope(i, query) && isAbout(i, query, digits, offset, length)) {
                return i;
            }
        }
        return NO_RULE;
    }

    private boolean isInScope(final int i, final RouteQuery query) {
        return ScopeKey.isAudience(scope[i], query) && ScopeKey.fits(scope[i], query, windows);
    }

    private boolean isAbout(
            final int i, final RouteQuery query, final DirectBuffer digits, final int offset, final int length) {
        return isCarrying(i, query)
                && isFrom(i, query)
                && (destinations[i] == null || destinations[i].contains(digits, offset, length));
    }

    private boolean isCarrying(final int i, final RouteQuery query) {
        return contents[i] == 0 || (contents[i] & query.content().bit()) != 0;
    }

    private boolean isFrom(final int i, final RouteQuery query) {
        return rules[i].sender().matches(query.sender(), 0, query.sender().capacity());
    }

    /** Why a rule whose scope fits is passed over; for people. */
    String passedOver(final int i, final RouteQuery query) {
        if (!isCarrying(i, query)) {
            return "passed over, for other contents";
        }
        return isFrom(i, query) ? "passed over, for other destinations" : "passed over, for other senders";
    }

    /** Adds the carriers of a rule that says which. */
    void append(final int rule, final RouteChoice out) {
        routes.append(route[rule], RoutingSnapshot.NO_ROUTE, out);
        out.cut();
    }
}
