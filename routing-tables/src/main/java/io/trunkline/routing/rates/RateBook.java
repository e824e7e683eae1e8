package io.trunkline.routing.rates;

import io.trunkline.routing.networks.MccMnc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.IntArrayList;

/**
 * All decks: what is owed for a unit at a time. Immutable; any number of threads look up at once, and a lookup allocates nothing.
 *
 * <p>The deck of the owner counts before the one for everyone; in a deck, a row that names the network before one that does not;
 * among those, a row that names the class of the sender before one that does not; among those, the longest prefix.
 */
public final class RateBook {
    /** Given back where there is no rate. */
    public static final int NO_RATE = RateIndex.NO_ROW;

    /** An owner without a deck of its own. */
    public static final int EVERYONE = 0;

    private static final int SERVICES = Service.values().length;

    /** Without any rate. */
    public static final RateBook EMPTY = builder().build();

    private static final int SENDER_BITS = 8;

    private final RateRows rows;
    private final Map<String, Integer> owners;
    /** By kind and service, then by owner. */
    private final Deck[][] decks;
    /** Null in a book of very many decks. */
    private final PrefixTable table;

    private RateBook(
            final RateRows rows, final Map<String, Integer> owners, final Deck[][] decks, final PrefixTable table) {
        this.rows = rows;
        this.owners = owners;
        this.decks = decks;
        this.table = table;
    }

    /** An index, and which column of the table is its. */
    private record Column(int number, RateIndex index) {
        int find(final RateQuery query, final PrefixTable table) {
            return table == null ? index.find(query) : table.find(query, number, index);
        }
    }

    /** The rates of one kind and service of one owner. */
    private static final class Deck {
        /** Of rows that name no network, by class of sender: mostly the only ones. */
        private Column[] anywhere = {};
        /** Of rows that name a network, by network and class of sender. */
        private final Int2ObjectHashMap<Column> scoped = new Int2ObjectHashMap<>();

        private boolean namesNetworks;
        private boolean namesSenders;

        int find(final RateQuery query, final PrefixTable table) {
            if (namesNetworks && query.network != MccMnc.UNKNOWN) {
                final int row = bySender(query.network, query, table);
                if (row != NO_RATE) {
                    return row;
                }
            }
            return bySender(MccMnc.UNKNOWN, query, table);
        }

        private int bySender(final int network, final RateQuery query, final PrefixTable table) {
            if (namesSenders && query.senderClass != SenderClasses.ANY) {
                final int row = in(network, query.senderClass, query, table);
                if (row != NO_RATE) {
                    return row;
                }
            }
            return in(network, SenderClasses.ANY, query, table);
        }

        private int in(final int network, final int senderClass, final RateQuery query, final PrefixTable table) {
            final Column column = network != MccMnc.UNKNOWN
                    ? scoped.get(scope(network, senderClass))
                    : senderClass < anywhere.length ? anywhere[senderClass] : null;
            return column == null ? NO_RATE : column.find(query, table);
        }

        void put(final int network, final int senderClass, final Column column) {
            if (network == MccMnc.UNKNOWN) {
                anywhere = Arrays.copyOf(anywhere, Math.max(anywhere.length, senderClass + 1));
                anywhere[senderClass] = column;
            } else {
                scoped.put(scope(network, senderClass), column);
            }
            namesNetworks |= network != MccMnc.UNKNOWN;
            namesSenders |= senderClass != SenderClasses.ANY;
        }

        private static int scope(final int network, final int senderClass) {
            return network << SENDER_BITS | senderClass;
        }
    }

    /** Begins a book. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many rates there are. */
    public int size() {
        return rows.size();
    }

    /** The number of an owner; {@link #EVERYONE} for one that has no deck of its own. */
    public int owner(final String name) {
        return owners.getOrDefault(name, EVERYONE);
    }

    /** The same book, for those who look each number up in another one, too: where both have the same prefixes, at once. */
    public RateBook placedAs(final RateBook other) {
        return table == null ? this : new RateBook(rows, owners, decks, table.placedAs(other.table));
    }

    /** The row that holds, and its rate in {@link RateQuery#micros}; or {@link #NO_RATE}. */
    public int find(final RateKind kind, final Service service, final RateQuery query) {
        final Deck[] byOwner = decks[slot(kind, service)];
        final Deck own = query.owner == EVERYONE ? null : byOwner[query.owner];
        if (own != null) {
            final int row = own.find(query, table);
            if (row != NO_RATE) {
                return row;
            }
        }
        return byOwner[EVERYONE] == null ? NO_RATE : byOwner[EVERYONE].find(query, table);
    }

    /** For a segment, or for sixty seconds, in {@link Micros}. */
    public long micros(final int row) {
        return rows.micros(row);
    }

    public CallTerms terms(final int row) {
        return rows.terms(row);
    }

    public String currency(final int row) {
        return rows.currency(row);
    }

    /** Version of the deck that a row came with. */
    public String version(final int row) {
        return rows.version(row);
    }

    /** First second, since the epoch, that a row holds. */
    public long fromSecond(final int row) {
        return rows.from(row);
    }

    /** Line of its file, from 1. */
    public int line(final int row) {
        return rows.line(row);
    }

    /** Digits that a row's numbers begin with; empty for all numbers. */
    public String prefix(final int row) {
        return rows.prefixText(row);
    }

    /** A row as it came. */
    public RateRow row(final int row) {
        return rows.row(row);
    }

    private static int slot(final RateKind kind, final Service service) {
        // The numbers are never written anywhere.
        return index(kind) * SERVICES + index(service);
    }

    @SuppressWarnings("EnumOrdinal")
    private static int index(final Enum<?> constant) {
        return constant.ordinal();
    }

    /** Collects rates; not for several threads. */
    public static final class Builder {
        private static final Comparator<RateProblem> BY_LINE = Comparator.comparingInt(RateProblem::line);

        private final RateRows rows = new RateRows();
        private final Map<Scope, IntArrayList> scopes = new LinkedHashMap<>();
        private final Map<Payer, RateRow> currencies = new LinkedHashMap<>();
        private final List<RateProblem> problems = new ArrayList<>();
        private Scope lastScope;
        private IntArrayList lastRows;

        private record Scope(RateKind kind, Service service, String owner, int network, int senderClass) {}

        /** On whose bill a rate stands: a tenant's, or a carrier's. */
        private record Payer(boolean tenant, String owner) {}

        private Builder() {}

        /** Adds a rate. */
        public Builder add(final RateRow row) {
            checkCurrency(row);
            final int id = rows.add(row);
            final Scope scope = new Scope(row.kind(), row.service(), row.owner(), row.network(), row.senderClass());
            if (!scope.equals(lastScope)) {
                lastScope = scope;
                lastRows = scopes.computeIfAbsent(scope, added -> new IntArrayList());
            }
            lastRows.addInt(id);
            return this;
        }

        /** A bill has one currency: that of the owner's first row, which must be that of the rows for everyone, too. */
        private void checkCurrency(final RateRow row) {
            final boolean tenant = row.kind() == RateKind.PRICE;
            final RateRow first = currencies.putIfAbsent(new Payer(tenant, row.owner()), row);
            final RateRow everyones = currencies.get(new Payer(tenant, RateRow.EVERYONE));
            for (final RateRow other : new RateRow[] {first, everyones}) {
                if (other != null && !other.currency().equals(row.currency())) {
                    problems.add(mixed(row, other));
                    return;
                }
            }
        }

        private static RateProblem mixed(final RateRow row, final RateRow other) {
            return new RateProblem(
                    RateProblem.Kind.CURRENCY,
                    row.line(),
                    row.currency() + " here and " + other.currency() + " in line " + other.line()
                            + " would stand on one bill",
                    "give all rates of a tenant, and all of a carrier, in one currency; rows for everyone (`*`) count"
                            + " as theirs");
        }

        /** Rows for everyone may come behind those of an owner. */
        private void checkEveryone() {
            currencies.forEach((payer, row) -> {
                final RateRow everyones = currencies.get(new Payer(payer.tenant(), RateRow.EVERYONE));
                if (everyones != null
                        && everyones.line() > row.line()
                        && !everyones.currency().equals(row.currency())) {
                    problems.add(mixed(everyones, row));
                }
            });
        }

        /** Makes the book. What is wrong with it is in {@link #problems}; a book with problems must not be used. */
        public RateBook build() {
            checkEveryone();
            final IntArrayList order = new IntArrayList();
            final Map<String, Integer> owners = new HashMap<>();
            owners.put(RateRow.EVERYONE, EVERYONE);
            scopes.keySet().forEach(scope -> owners.putIfAbsent(scope.owner(), owners.size()));
            final List<RateIndex> indexes = new ArrayList<>();
            final Deck[][] decks = new Deck[RateKind.values().length * SERVICES][owners.size()];
            scopes.forEach((scope, ids) -> {
                final Deck[] byOwner = decks[slot(scope.kind(), scope.service())];
                final int owner = owners.get(scope.owner());
                if (byOwner[owner] == null) {
                    byOwner[owner] = new Deck();
                }
                indexes.add(new RateIndex(rows, ids, order, problems::add));
                final Column column = new Column(indexes.size() - 1, indexes.get(indexes.size() - 1));
                byOwner[owner].put(scope.network(), scope.senderClass(), column);
            });
            rows.reorder(order.toIntArray());
            return new RateBook(rows, owners, decks, PrefixTable.of(indexes, rows));
        }

        /** Everything that is wrong, by line; known once the book has been built. */
        public List<RateProblem> problems() {
            return problems.stream().sorted(BY_LINE).toList();
        }
    }
}
