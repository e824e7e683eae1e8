package io.trunkline.routing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2IntHashMap;

/**
 * One version of all routing. Immutable, so any thread may read it, without locks and without allocating; a unit keeps to the
 * version that it was routed by.
 */
public final class RoutingSnapshot {
    /** In place of a tenant or a class: for all of them. */
    public static final int ANY = 0;

    /** {@link #select}: no row is meant for this number. */
    public static final int NO_ROUTE = -1;

    private static final int MAX_NAMED_CLASHES = 10;

    private final long version;
    private final RouteRows rows;
    private final WindowTable windows;
    private final PrefixTable prefixes;
    private final RouteBook routes;
    private final OfferOrder order;
    private final PolicyTable policies;
    private final RuleList rules;
    private final Int2IntHashMap groupOfTenant;
    private final NumberTable numbers;

    private RoutingSnapshot(final Builder builder) {
        version = builder.version;
        numbers = builder.numbers;
        groupOfTenant = builder.groupOfTenant;
        windows = new WindowTable(builder.windows);
        final RoutingSnapshot other = builder.takenFrom;
        rows = other == null ? builder.rows : other.rows;
        prefixes = other == null ? new PrefixTable(rows, windows) : new PrefixTable(other.prefixes, windows);
        routes = other == null ? new RouteBook(rows.routes()) : other.routes;
        order = new OfferOrder(rows, routes);
        policies = new PolicyTable(builder.policies);
        rules = new RuleList(builder.rules, windows);
    }

    /** Begins a snapshot without routes and numbers. */
    public static Builder builder(final long version) {
        return new Builder(version);
    }

    /** The number that the journal names this snapshot by. */
    public long version() {
        return version;
    }

    /**
     * Chooses the carriers for a unit. The first rule that the unit meets comes before the table: it names a route, refuses the
     * unit, or changes the number with which the table is asked. The table's choice are the rows with the longest prefix whose scope it is in (with equal prefixes those for
     * its tenant before those for its tenant's group before those for everyone, and among these the one that names the class,
     * then the kind, then the time), and their carriers in an order that is drawn by weights from the unit's id alone.
     *
     * @param query everything about the unit but its number
     * @param digits destination as ASCII digits in E.164 without sign; what follows a non-digit does not count
     * @param out gets the carriers; empty where there is no route
     * @return the id of the row that offers the first carrier, or {@link #NO_ROUTE}; then {@link RouteChoice#outcome} says why,
     *     or that a rule has said where to go
     */
    public int select(
            final RouteQuery query,
            final DirectBuffer digits,
            final int offset,
            final int length,
            final RouteChoice out) {
        out.begin(query.unitId());
        query.group(groupOfTenant.get(query.tenant()));
        final int rule = rules.match(query, digits, offset, length);
        if (rule == RuleList.NO_RULE) {
            return fromTable(query, digits, offset, length, out);
        }
        out.met(rule, rules.rule(rule));
        final RuleAction.Rewrite rewrite = out.rewrite();
        if (rewrite != null) {
            final int counting = Math.min(length, RouteChoice.MAX_DESTINATION);
            final int changed = rewrite.destination().destination(digits, offset, counting, out.rewritten, 0);
            return fromTable(query, out.rewritten, 0, changed, out);
        }
        if (out.rejection() != null) {
            out.end(Outcome.REJECTED);
        } else {
            rules.append(rule, out);
            out.end(Outcome.FOUND);
        }
        return NO_ROUTE;
    }

    private int fromTable(
            final RouteQuery query,
            final DirectBuffer digits,
            final int offset,
            final int length,
            final RouteChoice out) {
        final long run = lookup(query, digits, offset, length, out);
        if (run == PrefixTable.NO_RUN) {
            out.end(Outcome.NO_ROW);
            return NO_ROUTE;
        }
        final Policy policy = policies.find(query.group(), query.messageClass());
        final Outcome outcome = order.order(firstRow(run), endRow(run), policy, query, out);
        out.end(outcome);
        return outcome == Outcome.FOUND ? out.row(0) : NO_ROUTE;
    }

    /** As {@link #select(RouteQuery, DirectBuffer, int, int, RouteChoice)}, for a message and without a time. */
    public int select(
            final int tenant,
            final int messageClass,
            final DirectBuffer digits,
            final int offset,
            final int length,
            final long unitId,
            final RouteChoice out) {
        return select(out.query.message(tenant, messageClass, unitId), digits, offset, length, out);
    }

    /**
     * The first row that is on offer for a unit, without choosing among carriers; otherwise as
     * {@link #select(RouteQuery, DirectBuffer, int, int, RouteChoice)}.
     *
     * @param room that is used on the way; what it holds stays as it is
     * @return the id of the row, or {@link #NO_ROUTE}
     */
    public int match(
            final RouteQuery query,
            final DirectBuffer digits,
            final int offset,
            final int length,
            final RouteChoice room) {
        final long run = lookup(query, digits, offset, length, room);
        return run == PrefixTable.NO_RUN ? NO_ROUTE : firstRow(run);
    }

    long lookup(
            final RouteQuery query,
            final DirectBuffer digits,
            final int offset,
            final int length,
            final RouteChoice room) {
        query.group(groupOfTenant.get(query.tenant()));
        return prefixes.lookup(query, digits, offset, length, room.path);
    }

    static int firstRow(final long run) {
        return (int) (run >>> Integer.SIZE);
    }

    static int endRow(final long run) {
        return (int) run;
    }

    /** Who owns which number. */
    public NumberTable numbers() {
        return numbers;
    }

    /** All rows, for those who compare and check them. */
    RouteRows rows() {
        return rows;
    }

    RuleList ruleList() {
        return rules;
    }

    /** The time windows that a row or a rule names. */
    public BitSet usedWindows() {
        final BitSet used = new BitSet();
        for (int row = 0; row < rows.size(); row++) {
            used.set(ScopeKey.window(rows.scope(row)));
        }
        rules().forEach(rule -> used.set(rule.scope().window()));
        used.clear(ANY);
        return used;
    }

    WindowTable windows() {
        return windows;
    }

    PrefixTable prefixes() {
        return prefixes;
    }

    PolicyTable policies() {
        return policies;
    }

    RouteBook routes() {
        return routes;
    }

    /** Which scopes are within which. */
    ScopeCover scopes() {
        return new ScopeCover(groupOfTenant);
    }

    /** Whether one has taken its rows from the other, or both from a third. */
    public boolean sharesRowsWith(final RoutingSnapshot other) {
        return rows == other.rows;
    }

    /** How many rows there are; their ids are below. */
    public int rowCount() {
        return rows.size();
    }

    /** How many different routes the rows have between them. */
    public int routeCount() {
        return routes.size();
    }

    /** The rules in their order. */
    public List<Rule> rules() {
        return rules.all();
    }

    /** Tells of every way in which a carrier of a route or rule wants units, some of them more than once. */
    public void forEachHandling(final Consumer<Handling> handling) {
        rows.routes().forEach(route -> route.forEachShare(share -> handling.accept(share.handling())));
        rules().forEach(rule -> {
            if (rule.action() instanceof RuleAction.RouteTo to) {
                to.route().forEachShare(share -> handling.accept(share.handling()));
            }
        });
    }

    /** A row by its id; allocates. */
    public RouteRow row(final int id) {
        if (id < 0 || id >= rows.size()) {
            throw new IndexOutOfBoundsException("row " + id + " of " + rows.size());
        }
        return rows.row(id);
    }

    /** As {@link #explain(RouteQuery, String, Names)}, for a message and without a time. */
    public Explanation explain(
            final int tenant, final int messageClass, final String digits, final long unitId, final Names names) {
        return explain(new RouteQuery().message(tenant, messageClass, unitId), digits, names);
    }

    /**
     * The same decision as {@link #select(RouteQuery, DirectBuffer, int, int, RouteChoice)} with its reasons; allocates, for
     * people.
     *
     * @param names turns ids into what people call them
     */
    public Explanation explain(final RouteQuery query, final String digits, final Names names) {
        return new RouteTold(this, query, names).of(digits);
    }

    /** What people call what this module knows by id. */
    public interface Names {
        String tenant(int id);

        String messageClass(int id);

        String carrier(int id);

        /** A group of tenants. */
        default String group(final int id) {
            return "group " + id;
        }

        /** A time window. */
        default String window(final int id) {
            return "window " + id;
        }
    }

    /** Collects rows; not for several threads. */
    public static final class Builder {
        private final long version;
        private final RouteRows rows = new RouteRows();
        private final List<TimeWindow> windows = new ArrayList<>();
        private final Int2IntHashMap groupOfTenant = new Int2IntHashMap(ANY);
        private final Map<Integer, Policy> policies = new HashMap<>();
        private final List<Rule> rules = new ArrayList<>();
        private NumberTable numbers = NumberTable.EMPTY;
        private RoutingSnapshot takenFrom;
        private boolean oneOfEach;
        private boolean built;

        private Builder(final long version) {
            this.version = version;
        }

        /**
         * Adds a row.
         *
         * @param prefix 0..18 digits; empty for all numbers
         * @param tenant id above 0, or {@link #ANY}
         * @param messageClass 1..255, or {@link #ANY}
         * @param file that it comes from, for explanations
         * @param line of the file
         * @throws IllegalArgumentException where a value is out of its range
         */
        public Builder route(
                final String prefix,
                final int tenant,
                final int messageClass,
                final Route route,
                final String file,
                final int line) {
            return route(prefix, RouteScope.of(tenant, messageClass), Offer.of(route), file, line);
        }

        /**
         * Adds a row. Rows of the same prefix and scope are offers side by side.
         *
         * @param prefix 0..18 digits; empty for all numbers
         * @param file that it comes from, for explanations
         * @param line of the file
         * @throws IllegalArgumentException where a value is out of its range
         */
        public Builder route(
                final String prefix, final RouteScope scope, final Offer offer, final String file, final int line) {
            final long packed = PackedNumber.of(prefix);
            if (packed == PackedNumber.NONE) {
                throw new IllegalArgumentException("prefix `" + prefix + "` is not 0..18 digits");
            }
            return route(packed, scope, offer, file, line);
        }

        /** As {@link #route(String, RouteScope, Offer, String, int)}, with a {@link PackedNumber}. */
        Builder route(final long packed, final RouteScope scope, final Offer offer, final String file, final int line) {
            checkWindow(scope);
            rows.add(packed, ScopeKey.of(scope), offer, file, line);
            return this;
        }

        /** Adds a time window for the rows that come; gives back what a {@link RouteScope} names it by. */
        public int window(final TimeWindow window) {
            if (windows.size() == RouteScope.MAX_WINDOWS) {
                throw new IllegalArgumentException("more than " + RouteScope.MAX_WINDOWS + " time windows");
            }
            windows.add(window);
            return windows.size();
        }

        /** Puts a tenant into a group; a tenant is in one group at most. */
        public Builder tenantGroup(final int tenant, final int group) {
            if (tenant <= ANY || group <= ANY || group > PolicyTable.MAX_GROUP) {
                throw new IllegalArgumentException(
                        "tenant " + tenant + " in group " + group + ": not ids of a tenant and a group");
            }
            groupOfTenant.put(tenant, group);
            return this;
        }

        /**
         * Sets the policy for a group of tenants and a class, either of which may be {@link #ANY}. The policy that names both
         * holds before the one that names the group, that before the one that names the class.
         *
         * @throws IllegalArgumentException where there is one already
         */
        public Builder policy(final int group, final int messageClass, final Policy policy) {
            if (group < ANY || group > PolicyTable.MAX_GROUP || (messageClass & ~ScopeKey.MAX_CLASS) != 0) {
                throw new IllegalArgumentException("a policy for group " + group + ", class " + messageClass);
            }
            if (policies.putIfAbsent(PolicyTable.key(group, messageClass), policy) != null) {
                throw new IllegalArgumentException("a second policy for group " + group + ", class " + messageClass);
            }
            return this;
        }

        /** Adds a rule behind those that are there; which comes first matters. */
        public Builder rule(final Rule rule) {
            checkWindow(rule.scope());
            if (rules.size() == RuleList.MAX_RULES) {
                throw new IllegalArgumentException("more than " + RuleList.MAX_RULES + " rules");
            }
            rules.add(rule);
            return this;
        }

        private void checkWindow(final RouteScope scope) {
            if (scope.window() > windows.size()) {
                throw new IllegalArgumentException("there is no window " + scope.window());
            }
        }

        public Builder numbers(final NumberTable table) {
            numbers = table;
            return this;
        }

        /**
         * In place of rows of its own, those of another snapshot as they were compiled for it: a million of them cost nothing. All
         * ids, and how many windows there are, must be as they were there; what the windows are need not.
         */
        public Builder rowsOf(final RoutingSnapshot other) {
            if (rows.size() > 0 || windows.size() != other.windows.size()) {
                throw new IllegalArgumentException("rows of its own, or other windows than the rows were made for");
            }
            takenFrom = other;
            return this;
        }

        /** From here on two rows of one prefix and scope are a mistake: nothing says how they stand to each other. */
        public Builder oneOfEach() {
            oneOfEach = true;
            return this;
        }

        /**
         * Compiles the rows; once.
         *
         * @throws IllegalArgumentException where rows cannot stand side by side
         */
        public RoutingSnapshot build() {
            final List<RouteClash> clashes = new ArrayList<>();
            final RoutingSnapshot snapshot = build(clash -> {
                if (clashes.size() < MAX_NAMED_CLASHES) {
                    clashes.add(clash);
                }
            });
            if (!clashes.isEmpty()) {
                throw new IllegalArgumentException(
                        clashes.stream().map(RouteClash::toString).collect(Collectors.joining("; ")));
            }
            return snapshot;
        }

        /**
         * Compiles the rows; once.
         *
         * @param clashes is told of rows that cannot stand side by side; if there is one, the snapshot is for finding further
         *     mistakes and not for routing
         */
        public RoutingSnapshot build(final Consumer<RouteClash> clashes) {
            if (built) {
                throw new IllegalStateException("a builder builds once");
            }
            built = true;
            final RoutingSnapshot snapshot = new RoutingSnapshot(this);
            if (takenFrom == null) {
                snapshot.prefixes.checkScopes(oneOfEach, clashes);
            }
            return snapshot;
        }
    }
}
