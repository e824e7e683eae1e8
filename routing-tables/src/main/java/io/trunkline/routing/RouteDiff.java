package io.trunkline.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What changes from one snapshot's rows to another's: counted, with some examples, and no object per row. Both are walked through
 * side by side in the order of their prefixes; rows of one prefix are compared by whom they are for. Files,
 * lines and the order in files do not count. Snapshots that share their rows have no such changes.
 */
public final class RouteDiff {
    /** In place of a row's id: there is none. */
    public static final int NO_ROW = -1;

    private static final long ALL_PERCENT = 100;

    private final RouteRows before;
    private final RouteRows after;
    private final Translation translation;
    private final int maxExamples;
    private final int pricePercent;
    private final int[] routeOfAfter;
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, List<Change>> examples = new EnumMap<>(Kind.class);

    /** What happens to a row. */
    public enum Kind {
        ADDED,
        REMOVED,
        /** Its carriers, priority, weight or cost. */
        CHANGED,
        /** Among the changed ones: costs more, by more than the percentage that was asked for. */
        DEARER,
        CHEAPER
    }

    /**
     * One row that changes.
     *
     * @param before its id in the first snapshot, or {@link #NO_ROW}
     * @param after its id in the second snapshot, or {@link #NO_ROW}
     */
    public record Change(int before, int after) {}

    /** What the ids of the second snapshot are in the first; for what is not there, ids that nothing has there. */
    public interface Translation {
        /** Both number everything alike. */
        Translation SAME = new Translation() {};

        default int tenant(final int id) {
            return id;
        }

        default int group(final int id) {
            return id;
        }

        default int carrier(final int id) {
            return id;
        }

        default int window(final int id) {
            return id;
        }
    }

    private RouteDiff(
            final RoutingSnapshot before,
            final RoutingSnapshot after,
            final Translation translation,
            final int maxExamples,
            final int pricePercent) {
        this.before = before.rows();
        this.after = after.rows();
        this.translation = translation;
        this.maxExamples = maxExamples;
        this.pricePercent = pricePercent;
        routeOfAfter = translatedRoutes();
        for (final Kind kind : Kind.values()) {
            counts.put(kind, 0);
            examples.put(kind, new ArrayList<>());
        }
    }

    /**
     * Compares.
     *
     * @param maxExamples that are kept of each kind: of price moves the greatest, otherwise the first
     * @param pricePercent costs that move by more than this are price moves
     */
    public static RouteDiff between(
            final RoutingSnapshot before,
            final RoutingSnapshot after,
            final Translation translation,
            final int maxExamples,
            final int pricePercent) {
        final RouteDiff diff = new RouteDiff(before, after, translation, maxExamples, pricePercent);
        if (!before.sharesRowsWith(after)) {
            diff.walk();
        }
        return diff;
    }

    public int count(final Kind kind) {
        return counts.get(kind);
    }

    public List<Change> examples(final Kind kind) {
        return List.copyOf(examples.get(kind));
    }

    /** For each route of the second snapshot which one of the first it is, or a number that none has. */
    private int[] translatedRoutes() {
        final Map<Route, Integer> known = new HashMap<>();
        for (final Route route : before.routes()) {
            known.put(route, known.size());
        }
        final List<Route> routes = after.routes();
        final int[] translated = new int[routes.size()];
        for (int i = 0; i < translated.length; i++) {
            final Route route = new Route(
                    routes.get(i).tiers().stream().map(this::translated).toList());
            translated[i] = known.computeIfAbsent(route, fresh -> known.size());
        }
        return translated;
    }

    private Route.Tier translated(final Route.Tier tier) {
        return new Route.Tier(tier.shares().stream()
                .map(share -> new Route.Share(translation.carrier(share.carrier()), share.weight(), share.handling()))
                .toList());
    }

    /** Rows in the order of a dictionary, which is not quite that of the table. */
    private static final class Sorted {
        private final RowOrder order;
        private final int[] rows;

        Sorted(final RouteRows rows) {
            order = new RowOrder(rows);
            this.rows = order.sorted();
        }

        int row(final int place) {
            return rows[place];
        }

        boolean has(final int place) {
            return place < rows.length;
        }

        /** The prefix at a place, aligned; behind the last one greater than any. */
        long prefix(final int place) {
            return has(place) ? order.digits(rows[place]) : Long.MAX_VALUE;
        }

        /** Where another prefix begins. */
        int end(final int first) {
            int end = first + 1;
            while (has(end) && prefix(end) == prefix(first)) {
                end++;
            }
            return end;
        }
    }

    private void walk() {
        final Sorted old = new Sorted(before);
        final Sorted fresh = new Sorted(after);
        int left = 0;
        int right = 0;
        while (old.has(left) || fresh.has(right)) {
            final long leftPrefix = old.prefix(left);
            final long rightPrefix = fresh.prefix(right);
            final int leftEnd = leftPrefix <= rightPrefix ? old.end(left) : left;
            final int rightEnd = rightPrefix <= leftPrefix ? fresh.end(right) : right;
            if (!alike(old, left, leftEnd, fresh, right, rightEnd)) {
                compare(Arrays.copyOfRange(old.rows, left, leftEnd), Arrays.copyOfRange(fresh.rows, right, rightEnd));
            }
            left = leftEnd;
            right = rightEnd;
        }
    }

    private boolean alike(
            final Sorted old,
            final int left,
            final int leftEnd,
            final Sorted fresh,
            final int right,
            final int rightEnd) {
        if (leftEnd - left != rightEnd - right) {
            return false;
        }
        for (int i = 0; i < leftEnd - left; i++) {
            final int was = old.row(left + i);
            final int is = fresh.row(right + i);
            if (before.scope(was) != scopeOfAfter(is)
                    || before.route(was) != routeOfAfter[after.route(is)]
                    || !sameTerms(was, is)) {
                return false;
            }
        }
        return true;
    }

    private boolean sameTerms(final int left, final int right) {
        return before.priority(left) == after.priority(right)
                && before.weight(left) == after.weight(right)
                && before.cost(left) == after.cost(right);
    }

    private long scopeOfAfter(final int row) {
        final long key = after.scope(row);
        if (key == ScopeKey.EVERYONE) {
            return key;
        }
        final RouteScope scope = ScopeKey.scope(key);
        return ScopeKey.of(new RouteScope(
                scope.tenant() == RoutingSnapshot.ANY ? RoutingSnapshot.ANY : translation.tenant(scope.tenant()),
                scope.group() == RoutingSnapshot.ANY ? RoutingSnapshot.ANY : translation.group(scope.group()),
                scope.kind(),
                scope.messageClass(),
                scope.window() == RoutingSnapshot.ANY ? RoutingSnapshot.ANY : translation.window(scope.window())));
    }

    /** Rows of one prefix, some of which differ: those for the same units are compared with one another. */
    private void compare(final int[] left, final int[] right) {
        final Map<Long, List<Integer>> old = new HashMap<>();
        for (final int row : left) {
            old.computeIfAbsent(before.scope(row), first -> new ArrayList<>()).add(row);
        }
        final Map<Long, List<Integer>> fresh = new LinkedHashMap<>();
        for (final int row : right) {
            fresh.computeIfAbsent(scopeOfAfter(row), first -> new ArrayList<>()).add(row);
        }
        fresh.forEach((scope, rows) -> {
            final List<Integer> same = old.remove(scope);
            offers(same == null ? new ArrayList<>() : same, rows);
        });
        for (final int row : left) {
            if (old.containsKey(before.scope(row))) {
                note(Kind.REMOVED, row, NO_ROW);
            }
        }
    }

    /** Offers for the same units: the same carriers are one offer; those left over take one another's place. */
    private void offers(final List<Integer> old, final List<Integer> fresh) {
        final List<Integer> unmatched = new ArrayList<>();
        for (final int row : fresh) {
            final int same = withRoute(old, routeOfAfter[after.route(row)]);
            if (same == NO_ROW) {
                unmatched.add(row);
            } else {
                old.remove((Integer) same);
                if (!sameTerms(same, row)) {
                    changed(same, row);
                }
            }
        }
        for (final int row : unmatched) {
            if (old.isEmpty()) {
                note(Kind.ADDED, NO_ROW, row);
            } else {
                changed(old.remove(0), row);
            }
        }
        old.forEach(row -> note(Kind.REMOVED, row, NO_ROW));
    }

    private int withRoute(final List<Integer> rows, final int route) {
        for (final int row : rows) {
            if (before.route(row) == route) {
                return row;
            }
        }
        return NO_ROW;
    }

    private void changed(final int left, final int right) {
        note(Kind.CHANGED, left, right);
        final long was = before.cost(left);
        final long is = after.cost(right);
        if (was == Offer.UNPRICED || is == Offer.UNPRICED || Math.abs(is - was) * ALL_PERCENT <= was * pricePercent) {
            return;
        }
        note(is > was ? Kind.DEARER : Kind.CHEAPER, left, right);
    }

    private void note(final Kind kind, final int left, final int right) {
        counts.merge(kind, 1, Integer::sum);
        final List<Change> list = examples.get(kind);
        list.add(new Change(left, right));
        if (list.size() > maxExamples) {
            // Only the least of the moves is let go.
            if (kind == Kind.DEARER || kind == Kind.CHEAPER) {
                list.sort(Comparator.comparingDouble(this::move).reversed());
            }
            list.remove(maxExamples);
        }
    }

    /** By how much of itself a cost moves; only to compare moves with one another. */
    private double move(final Change change) {
        final double was = Math.max(1, before.cost(change.before()));
        return Math.abs(after.cost(change.after()) - was) / was;
    }
}
