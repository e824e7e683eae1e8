package io.trunkline.routing;

/** Puts the offers of a run into the order in which a unit takes them up, and their carriers after one another. */
final class OfferOrder {
    private static final int MILLE = 1000;

    private final RouteRows rows;
    private final RouteBook routes;

    OfferOrder(final RouteRows rows, final RouteBook routes) {
        this.rows = rows;
        this.routes = routes;
    }

    /**
     * Fills in the carriers.
     *
     * @param first row of the run
     * @param end row after the last
     */
    Outcome order(final int first, final int end, final Policy policy, final RouteQuery query, final RouteChoice out) {
        if (policy.mode() == Policy.Mode.PINNED) {
            return pin(first, end, policy, query, out);
        }
        Outcome refusal = Outcome.FOUND;
        int count = 0;
        for (int row = first; row < end; row++) {
            final Outcome judgement = policy.judge(rows.cost(row), query);
            if (judgement == Outcome.FOUND) {
                insert(out, count++, row, rank(row, policy.mode()));
            } else {
                refusal = judgement;
            }
        }
        if (count == 0) {
            return refusal;
        }
        drawEqual(out, count);
        for (int i = 0; i < count; i++) {
            routes.append(rows.route(out.offers[i]), out.offers[i], out);
        }
        if (policy.mode() == Policy.Mode.QUALITY) {
            byGrade(policy, query, out);
        }
        out.cut();
        return Outcome.FOUND;
    }

    /** The smaller goes first. */
    private long rank(final int row, final Policy.Mode mode) {
        return switch (mode) {
            case PRIORITY -> Offer.MAX_PRIORITY - rows.priority(row);
            case LEAST_COST, QUALITY -> Integer.toUnsignedLong(rows.cost(row));
            case WEIGHTED, PINNED -> 0;
        };
    }

    /** The cheapest offer of the one carrier. */
    private Outcome pin(
            final int first, final int end, final Policy policy, final RouteQuery query, final RouteChoice out) {
        Outcome refusal = Outcome.NOT_PINNED;
        int best = RoutingSnapshot.NO_ROUTE;
        for (int row = first; row < end; row++) {
            if (routes.share(rows.route(row), policy.carrier()) != RouteBook.NO_SHARE) {
                final Outcome judgement = policy.judge(rows.cost(row), query);
                if (judgement != Outcome.FOUND) {
                    refusal = judgement;
                } else if (best == RoutingSnapshot.NO_ROUTE
                        || rank(row, Policy.Mode.LEAST_COST) < rank(best, Policy.Mode.LEAST_COST)) {
                    best = row;
                }
            }
        }
        if (best == RoutingSnapshot.NO_ROUTE) {
            return refusal;
        }
        routes.appendOnly(rows.route(best), policy.carrier(), best, out);
        return Outcome.FOUND;
    }

    /** Keeps the offers in ascending order of rank, equal ones in that of the table. */
    private static void insert(final RouteChoice out, final int count, final int row, final long rank) {
        int at = count;
        while (at > 0 && out.ranks[at - 1] > rank) {
            out.ranks[at] = out.ranks[at - 1];
            out.offers[at] = out.offers[at - 1];
            at--;
        }
        out.ranks[at] = rank;
        out.offers[at] = row;
    }

    /** Offers of equal rank share by weight: each place goes to one of those left, drawn by the weights of those left. */
    private void drawEqual(final RouteChoice out, final int count) {
        int left = 0;
        for (int next = 0; next < count; next++) {
            if (next == 0 || out.ranks[next] != out.ranks[next - 1]) {
                left = 0;
                for (int i = next; i < count && out.ranks[i] == out.ranks[next]; i++) {
                    left += rows.weight(out.offers[i]);
                }
            }
            int at = next;
            if (left > rows.weight(out.offers[next])) {
                for (int rest = out.below(left); rest >= rows.weight(out.offers[at]); at++) {
                    rest -= rows.weight(out.offers[at]);
                }
            }
            final int drawn = out.offers[at];
            out.offers[at] = out.offers[next];
            out.offers[next] = drawn;
            left -= rows.weight(drawn);
        }
    }

    /** The best grade first, each grade in the order that it has; now and then one that is not good in front. */
    private static void byGrade(final Policy policy, final RouteQuery query, final RouteChoice out) {
        for (int attempt = 0; attempt < out.size(); attempt++) {
            final int grade = query.measurements()
                    .grade(out.carrier(attempt), query.kind())
                    .rank();
            int at = attempt;
            while (at > 0 && out.ranks[at - 1] > grade) {
                out.ranks[at] = out.ranks[at - 1];
                at--;
            }
            out.ranks[at] = grade;
            out.move(attempt, at);
        }
        int good = 0;
        while (good < out.size() && out.ranks[good] == Grade.GOOD.rank()) {
            good++;
        }
        final int others = out.size() - good;
        if (good > 0 && others > 0 && out.below(MILLE) < policy.probePerMille()) {
            out.move(good + out.below(others), 0);
        }
    }
}
