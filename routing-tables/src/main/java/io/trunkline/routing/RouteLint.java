package io.trunkline.routing;

import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Looks through a snapshot for rows and rules that can hardly be meant: they are in order, and do nothing. Only what is certain
 * is told of. A million rows take about a second.
 */
public final class RouteLint {
    /** What is wrong. */
    public enum Kind {
        /** An earlier rule takes all units of this one. */
        RULE_SHADOWED,
        /** No unit can meet the rule. */
        RULE_NEVER,
        /** None of the carriers that the rule names is in use. */
        RULE_UNUSABLE,
        /** It is for messages, and names a carrier that takes none. */
        RULE_WITHOUT_WAY,
        /** A rule takes all units of the row before the table is asked. */
        ROW_SHADOWED,
        /** Longer prefixes take all units of the row. */
        ROW_COVERED,
        /** No number begins so, or its time is over. */
        ROW_NEVER,
        /** None of its carriers is in use. */
        ROW_UNUSABLE,
        /** It is for messages, and names a carrier that takes none. */
        ROW_WITHOUT_WAY,
        /** It costs more than the policies of all its units allow. */
        ROW_OVER_CAP,
        /** It leaves less of the price than the policies of all its units ask for. */
        ROW_BELOW_MARGIN,
        /** It costs more than all its units pay, and nothing keeps them from it. */
        ROW_ABOVE_PRICE,
        /** The policies of all its units keep to a carrier that it does not name. */
        ROW_NOT_PINNED
    }

    /**
     * One thing that is found.
     *
     * @param place {@code file:line} of the row or the rule
     * @param other {@code file:line} of what is the reason, or the id of the carrier that is; empty where there is none
     */
    public record Finding(Kind kind, String place, String other) {}

    /**
     * What is known besides the snapshot.
     *
     * @param minDigits fewest digits of a number
     * @param maxDigits most digits of a number
     * @param classes numbers of classes are from 1 to this
     * @param nowEpochSecond times that are over by now are told of
     * @param usable whether a carrier, by its id, is in use
     * @param takesMessages whether there is a way for messages to a carrier
     */
    public record Context(
            int minDigits,
            int maxDigits,
            int classes,
            long nowEpochSecond,
            IntPredicate usable,
            IntPredicate takesMessages) {}

    private static final int ALL_DO = -1;

    /** Nothing but the policy says what is paid. */
    private static final RouteQuery NO_UNIT = new RouteQuery();

    /** Takes ranges of {@link AlignedDigits}. */
    interface RangeVisitor {
        void range(long begin, long end);
    }

    private final RoutingSnapshot snapshot;
    private final RouteRows rows;
    private final Context context;
    private final Consumer<Finding> findings;
    private final ScopeCover scopes;
    private final List<Rule> rules;
    /** Rules that take all units of a scope and some destinations; none where a unit may come to the table in disguise. */
    private final List<Rule> sweeping;

    private final BitSet unusableRoutes = new BitSet();
    /** By route: a carrier that takes no messages, or {@link #ALL_DO}. */
    private final int[] withoutWay;

    private final BitSet judgedWindows = new BitSet();
    private final BitSet overWindows = new BitSet();

    private RouteLint(final RoutingSnapshot snapshot, final Context context, final Consumer<Finding> findings) {
        this.snapshot = snapshot;
        this.context = context;
        this.findings = findings;
        rows = snapshot.rows();
        scopes = snapshot.scopes();
        rules = snapshot.rules();
        final boolean rewrites = rules.stream().anyMatch(rule -> rule.action() instanceof RuleAction.Rewrite);
        sweeping = rewrites
                ? List.of()
                : rules.stream()
                        .filter(rule -> rule.sender().mode() == SenderMatch.Mode.ANY
                                && rule.contents().isEmpty())
                        .toList();
        withoutWay = new int[rows.routes().size()];
        for (int route = 0; route < withoutWay.length; route++) {
            unusableRoutes.set(route, isUnusable(rows.routes().get(route)));
            withoutWay[route] = withoutWay(rows.routes().get(route));
        }
    }

    /** Tells of all that is found: first rules in their order, then rows in that of the table. */
    public static void check(final RoutingSnapshot snapshot, final Context context, final Consumer<Finding> findings) {
        final RouteLint lint = new RouteLint(snapshot, context, findings);
        lint.rules();
        lint.rows();
    }

    private boolean isUnusable(final Route route) {
        return route.tiers().stream()
                .flatMap(tier -> tier.shares().stream())
                .noneMatch(share -> context.usable().test(share.carrier()));
    }

    private int withoutWay(final Route route) {
        return route.tiers().stream()
                .flatMap(tier -> tier.shares().stream())
                .mapToInt(Route.Share::carrier)
                .filter(carrier -> !context.takesMessages().test(carrier))
                .findFirst()
                .orElse(ALL_DO);
    }

    private void rules() {
        for (int i = 0; i < rules.size(); i++) {
            final Rule rule = rules.get(i);
            if (neverMatches(rule)) {
                tell(Kind.RULE_NEVER, rule.place(), "");
                continue;
            }
            final Rule earlier = firstThatCovers(rule, i);
            if (earlier != null) {
                tell(Kind.RULE_SHADOWED, rule.place(), earlier.place());
            } else if (rule.action() instanceof RuleAction.RouteTo to && isUnusable(to.route())) {
                tell(Kind.RULE_UNUSABLE, rule.place(), "");
            } else if (rule.action() instanceof RuleAction.RouteTo to
                    && rule.scope().kind() == UnitKind.MESSAGE
                    && withoutWay(to.route()) != ALL_DO) {
                tell(Kind.RULE_WITHOUT_WAY, rule.place(), Integer.toString(withoutWay(to.route())));
            }
        }
    }

    private boolean neverMatches(final Rule rule) {
        final boolean callsWithContent = rule.scope().kind() == UnitKind.CALL
                && !rule.contents().isEmpty()
                && !rule.contents().contains(ContentType.UNKNOWN);
        return callsWithContent || isOver(rule.scope().window());
    }

    private boolean isOver(final int window) {
        if (window != RoutingSnapshot.ANY && !judgedWindows.get(window)) {
            judgedWindows.set(window);
            overWindows.set(window, snapshot.windows().isOver(window, context.nowEpochSecond()));
        }
        return overWindows.get(window);
    }

    private Rule firstThatCovers(final Rule rule, final int before) {
        for (int i = 0; i < before; i++) {
            final Rule earlier = rules.get(i);
            if (scopes.covers(ScopeKey.of(earlier.scope()), ScopeKey.of(rule.scope()))
                    && earlier.sender().covers(rule.sender())
                    && (earlier.contents().isEmpty()
                            || (!rule.contents().isEmpty() && earlier.contents().containsAll(rule.contents())))
                    && coversDestinations(earlier, rule)) {
                return earlier;
            }
        }
        return null;
    }

    private static boolean coversDestinations(final Rule wide, final Rule narrow) {
        return wide.destinations().isEmpty()
                || (narrow.destinations().isPresent()
                        && wide.destinations()
                                .get()
                                .containsAll(narrow.destinations().get()));
    }

    private void rows() {
        final BitSet covered = new BitSet(rows.size());
        snapshot.prefixes().forEachCovered(scopes, context.minDigits(), (row, by) -> {
            covered.set(row);
            tell(Kind.ROW_COVERED, rows.place(row), rows.place(by));
        });
        final int[] sweepers = sweepers();
        for (int row = 0; row < rows.size(); row++) {
            if (!covered.get(row)) {
                row(row, sweepers.length == 0 || sweepers[row] == 0 ? null : sweeping.get(sweepers[row] - 1));
            }
        }
    }

    private void row(final int row, final Rule sweeper) {
        if (isImpossible(rows.packedPrefix(row)) || isOver(ScopeKey.window(rows.scope(row)))) {
            tell(Kind.ROW_NEVER, rows.place(row), "");
            return;
        }
        if (sweeper != null) {
            tell(Kind.ROW_SHADOWED, rows.place(row), sweeper.place());
        } else if (unusableRoutes.get(rows.route(row))) {
            tell(Kind.ROW_UNUSABLE, rows.place(row), "");
        } else if (ScopeKey.kind(rows.scope(row)) == UnitKind.MESSAGE.number()
                && withoutWay[rows.route(row)] != ALL_DO) {
            tell(Kind.ROW_WITHOUT_WAY, rows.place(row), Integer.toString(withoutWay[rows.route(row)]));
        } else {
            policies(row);
        }
    }

    private boolean isImpossible(final long prefix) {
        final int length = PackedNumber.length(prefix);
        return length > context.maxDigits()
                || (length > 0 && PackedNumber.digits(prefix).charAt(0) == '0');
    }

    /** For each row the place of the first rule that takes all its units, and one more; 0: none does. */
    private int[] sweepers() {
        if (sweeping.isEmpty()) {
            return new int[0];
        }
        final int[] sweepers = new int[rows.size()];
        final RowOrder order = new RowOrder(rows);
        final int[] sorted = order.sorted();
        for (int i = 0; i < sweeping.size(); i++) {
            final Rule rule = sweeping.get(i);
            final long scope = ScopeKey.of(rule.scope());
            final int place = i + 1;
            final RangeVisitor visitor = (begin, end) -> {
                // What begins with a prefix stands side by side.
                for (int at = firstFrom(order, sorted, begin); at < sorted.length; at++) {
                    final int row = sorted[at];
                    if (order.digits(row) >= end) {
                        return;
                    }
                    if (sweepers[row] == 0 && scopes.covers(scope, rows.scope(row))) {
                        sweepers[row] = place;
                    }
                }
            };
            if (rule.destinations().isPresent()) {
                rule.destinations().get().forEachRange(visitor);
            } else {
                visitor.range(0, Long.MAX_VALUE);
            }
        }
        return sweepers;
    }

    private static int firstFrom(final RowOrder order, final int[] sorted, final long aligned) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (order.digits(sorted[middle]) < aligned) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether every policy that may hold for a unit of this row leaves the row out. */
    private void policies(final int row) {
        final long scope = rows.scope(row);
        final int group = scopes.groupOf(scope);
        if (group == RoutingSnapshot.ANY
                && ScopeKey.tenant(scope) == RoutingSnapshot.ANY
                && snapshot.policies().namesGroups()) {
            // It is for units of many groups: to say something certain all of theirs would have to agree.
            return;
        }
        final int itsClass = ScopeKey.messageClass(scope);
        Outcome all = null;
        boolean routed = false;
        boolean dear = true;
        for (int each = 1; each <= context.classes(); each++) {
            if (itsClass == RoutingSnapshot.ANY || itsClass == each) {
                final Policy policy = snapshot.policies().find(group, each);
                final Outcome outcome = judge(row, policy);
                routed |= outcome == Outcome.FOUND;
                dear &= policy.price() != RouteQuery.NO_PRICE && rows.cost(row) > policy.price();
                all = outcome;
            }
        }
        if (routed) {
            if (dear) {
                tell(Kind.ROW_ABOVE_PRICE, rows.place(row), "");
            }
        } else if (all == Outcome.OVER_PRICE_CAP) {
            tell(Kind.ROW_OVER_CAP, rows.place(row), "");
        } else if (all != null) {
            tell(all == Outcome.NOT_PINNED ? Kind.ROW_NOT_PINNED : Kind.ROW_BELOW_MARGIN, rows.place(row), "");
        }
    }

    private Outcome judge(final int row, final Policy policy) {
        if (policy.mode() == Policy.Mode.PINNED && !snapshot.routes().names(rows.route(row), policy.carrier())) {
            return Outcome.NOT_PINNED;
        }
        return policy.judge(rows.cost(row), NO_UNIT);
    }

    private void tell(final Kind kind, final String place, final String other) {
        findings.accept(new Finding(kind, place, other));
    }
}
