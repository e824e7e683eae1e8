package io.trunkline.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One version of all routing. Immutable, so any thread may read it, without locks and without allocating; a unit keeps to the
 * version that it was routed by.
 */
public final class RoutingSnapshot {
    /** In place of a tenant or a class: for all of them. */
    public static final int ANY = 0;

    /** {@link #select}: no row is meant for this number. */
    public static final int NO_ROUTE = -1;

    /** Rows that an explanation names before it only counts those that were passed over. */
    private static final int MAX_PASSED_OVER = 20;

    private final long version;
    private final RouteRows rows;
    private final PrefixTable prefixes;
    private final RouteBook routes;
    private final NumberTable numbers;

    private RoutingSnapshot(final long version, final RouteRows rows, final NumberTable numbers) {
        this.version = version;
        this.rows = rows;
        this.numbers = numbers;
        prefixes = new PrefixTable(rows);
        routes = new RouteBook(rows.routes());
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
     * Chooses the carriers for a unit: the row with the longest prefix that is meant for its tenant and class (with equal
     * prefixes the one that names more of the two, a tenant before a class), and that row's carriers in an order that is drawn
     * by their weights from the unit's id alone.
     *
     * @param tenant its id, above 0
     * @param messageClass 1..255
     * @param digits destination as ASCII digits in E.164 without sign; what follows a non-digit does not count
     * @param out gets the carriers; empty where there is no route
     * @return the id of the row, or {@link #NO_ROUTE}
     */
    public int select(
            final int tenant,
            final int messageClass,
            final DirectBuffer digits,
            final int offset,
            final int length,
            final long unitId,
            final RouteChoice out) {
        final int row = prefixes.lookup(tenant, messageClass, digits, offset, length);
        if (row == PrefixTable.NO_ROW) {
            out.clear();
            return NO_ROUTE;
        }
        routes.order(rows.route(row), unitId, out);
        return row;
    }

    /** Who owns which number. */
    public NumberTable numbers() {
        return numbers;
    }

    /** How many rows there are; their ids are below. */
    public int rowCount() {
        return rows.size();
    }

    /** How many different routes the rows have between them. */
    public int routeCount() {
        return routes.size();
    }

    /** A row by its id; allocates. */
    public RouteRow row(final int id) {
        if (id < 0 || id >= rows.size()) {
            throw new IndexOutOfBoundsException("row " + id + " of " + rows.size());
        }
        return rows.row(id);
    }

    /**
     * The same decision as {@link #select} with its reasons; allocates, for people.
     *
     * @param names turns ids into what people call them
     */
    public Explanation explain(
            final int tenant, final int messageClass, final String digits, final long unitId, final Names names) {
        final byte[] octets = digits.getBytes(StandardCharsets.ISO_8859_1);
        final UnsafeBuffer buffer = new UnsafeBuffer(octets);
        final RouteChoice choice = new RouteChoice();
        final int chosen = select(tenant, messageClass, buffer, 0, octets.length, unitId, choice);
        final List<String> steps = new ArrayList<>();
        final int[] untold = {0};
        prefixes.walkUp(buffer, 0, octets.length, row -> {
            if (row == chosen || steps.size() < MAX_PASSED_OVER) {
                steps.add(step(row, row == chosen, tenant, messageClass, names));
            } else {
                untold[0]++;
            }
            return row != chosen;
        });
        if (untold[0] > 0) {
            steps.add(MAX_PASSED_OVER, untold[0] + " more rows passed over");
        }
        if (chosen == NO_ROUTE) {
            steps.add("no route: no row is for this number, tenant and class");
        }
        final List<Integer> carriers = new ArrayList<>();
        for (int attempt = 0; attempt < choice.size(); attempt++) {
            carriers.add(choice.carrier(attempt));
            steps.add("attempt " + (attempt + 1) + ": " + names.carrier(choice.carrier(attempt)) + " (tier "
                    + (choice.tier(attempt) + 1) + ", weight " + choice.weight(attempt) + ")");
        }
        return new Explanation(version, chosen, steps, carriers);
    }

    private String step(
            final int row, final boolean chosen, final int tenant, final int messageClass, final Names names) {
        final String prefix = PackedNumber.digits(rows.packedPrefix(row));
        final StringBuilder text =
                new StringBuilder(rows.place(row)).append(": prefix ").append(prefix.isEmpty() ? "*" : prefix);
        if (rows.tenant(row) != ANY) {
            text.append(", tenant ").append(names.tenant(rows.tenant(row)));
        }
        if (rows.messageClass(row) != ANY) {
            text.append(", class ").append(names.messageClass(rows.messageClass(row)));
        }
        text.append(": ");
        if (chosen) {
            text.append("chosen");
        } else if (rows.tenant(row) != ANY && rows.tenant(row) != tenant) {
            text.append("passed over, for another tenant");
        } else if (rows.messageClass(row) != ANY && rows.messageClass(row) != messageClass) {
            text.append("passed over, for another class");
        } else {
            text.append("passed over, a row of this prefix names more");
        }
        return text.toString();
    }

    /** What people call what this module knows by id. */
    public interface Names {
        String tenant(int id);

        String messageClass(int id);

        String carrier(int id);
    }

    /** Collects rows; not for several threads. */
    public static final class Builder {
        private final long version;
        private final RouteRows rows = new RouteRows();
        private NumberTable numbers = NumberTable.EMPTY;
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
            final long packed = PackedNumber.of(prefix);
            if (packed == PackedNumber.NONE) {
                throw new IllegalArgumentException("prefix `" + prefix + "` is not 0..18 digits");
            }
            if (tenant < 0) {
                throw new IllegalArgumentException("tenant id " + tenant + " is negative");
            }
            if ((messageClass & ~0xFF) != 0) {
                throw new IllegalArgumentException("class " + messageClass + " is not within 0..255");
            }
            rows.add(packed, tenant, messageClass, route, file, line);
            return this;
        }

        public Builder numbers(final NumberTable table) {
            numbers = table;
            return this;
        }

        /**
         * Compiles the rows; once.
         *
         * @throws IllegalArgumentException where two rows have the same prefix, tenant and class
         */
        public RoutingSnapshot build() {
            if (built) {
                throw new IllegalStateException("a builder builds once");
            }
            built = true;
            return new RoutingSnapshot(version, rows, numbers);
        }
    }
}
