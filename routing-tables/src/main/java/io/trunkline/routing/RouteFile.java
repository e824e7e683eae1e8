package io.trunkline.routing;

import io.trunkline.routing.RouteProblem.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a CSV file of routes (RFC 4180, UTF-8) as its octets come in, a million rows a second, into a snapshot's builder. The
 * first row names the columns, in any order; only {@code prefix} and {@code carriers} must be there. Empty lines and lines that
 * begin with {@code #} are passed over. A value that is quoted ends in its line. A bad row is reported and the next one read.
 *
 * <pre>
 *   prefix    digits as in E.164, or * for all          carriers  as {@link RouteNames#route} knows them
 *   tenant    a tenant, @ and a group of them, or empty
 *   class     or empty for all                          kind      message, call, or empty for both
 *   window    or empty for always                       priority  0..10000, the greater first; 0 if empty
 *   weight    1..10000; 1 if empty                      cost      up to six decimals; unknown if empty
 * </pre>
 */
public final class RouteFile {
    /** Longest line, in octets. */
    public static final int MAX_LINE = 4096;

    private static final int MAX_PREFIX = 15;

    private final String name;
    private final RouteWords words;
    private final RoutingSnapshot.Builder into;
    private final int maxProblems;
    private final List<RouteProblem> problems = new ArrayList<>();
    private final CsvLine values = new CsvLine();
    private final byte[] pending = new byte[MAX_LINE];
    private int pendingLength;
    private boolean overlong;
    private int line;
    private long rows;
    private int[] columnAt;
    private int columns;
    private boolean headerIsBad;
    private boolean rowIsBad;

    /** The columns of the file. */
    enum Column {
        PREFIX(0, "prefix"),
        CARRIERS(1, "carriers"),
        TENANT(2, "tenant"),
        CLASS(3, "class"),
        KIND(4, "kind"),
        WINDOW(5, "window"),
        PRIORITY(6, "priority"),
        WEIGHT(7, "weight"),
        COST(8, "cost");

        private static final Column[] ALL = values();
        private final int place;
        private final String word;

        Column(final int place, final String word) {
            this.place = place;
            this.word = word;
        }
    }

    /**
     * A file that is about to be read.
     *
     * @param name as in explanations and problems
     * @param maxProblems after which reading is given up, 1 or more
     */
    public RouteFile(
            final String name, final RouteNames names, final RoutingSnapshot.Builder into, final int maxProblems) {
        this.name = name;
        this.words = new RouteWords(names);
        this.into = into;
        this.maxProblems = maxProblems;
    }

    /**
     * Reads the next octets of the file, as many as there are.
     *
     * @return false where there were too many problems to go on, or the columns are wrong
     */
    public boolean read(final byte[] octets, final int offset, final int length) {
        final int end = offset + length;
        int begin = offset;
        for (int i = offset; i < end && !isGivenUp(); i++) {
            if (octets[i] == '\n') {
                endLine(octets, begin, i);
                begin = i + 1;
            }
        }
        keep(octets, begin, end);
        return !isGivenUp();
    }

    private boolean isGivenUp() {
        return headerIsBad || problems.size() >= maxProblems;
    }

    private void keep(final byte[] octets, final int begin, final int end) {
        final int length = Math.min(end - begin, MAX_LINE - pendingLength);
        System.arraycopy(octets, begin, pending, pendingLength, length);
        pendingLength += length;
        overlong |= length < end - begin;
    }

    private void endLine(final byte[] octets, final int begin, final int end) {
        if (pendingLength == 0 && end - begin <= MAX_LINE) {
            line(octets, begin, end);
            return;
        }
        keep(octets, begin, end);
        line(pending, 0, pendingLength);
        pendingLength = 0;
    }

    /** Reads the last line, if no line break ended it, and says what the file as a whole lacks. */
    public void end() {
        if (pendingLength > 0 && !isGivenUp()) {
            line(pending, 0, pendingLength);
            pendingLength = 0;
        }
        if (columnAt == null && problems.isEmpty()) {
            problem(1, Kind.SYNTAX, "", "the file has no row that names the columns", "begin with: prefix,carriers");
        }
    }

    /** Everything that is wrong so far. */
    public List<RouteProblem> problems() {
        return List.copyOf(problems);
    }

    /** Whether a row can say how it stands to others of its prefix and scope; otherwise two of them are a mistake. */
    public boolean hasOffers() {
        return columnAt != null
                && (columnAt[Column.PRIORITY.place] >= 0
                        || columnAt[Column.WEIGHT.place] >= 0
                        || columnAt[Column.COST.place] >= 0);
    }

    /** Whether reading ended before the file did. */
    public boolean gaveUp() {
        return isGivenUp();
    }

    /** Good rows so far. */
    public long rows() {
        return rows;
    }

    private void line(final byte[] octets, final int begin, final int end) {
        line++;
        rowIsBad = false;
        if (overlong) {
            overlong = false;
            problem(
                    MAX_LINE + 1,
                    Kind.SYNTAX,
                    "",
                    "the line is longer than " + MAX_LINE + " octets",
                    "is a line break missing?");
            return;
        }
        int from = begin;
        final int to = end > begin && octets[end - 1] == '\r' ? end - 1 : end;
        if (line == 1 && to - from >= 3 && (octets[from] & 0xFF) == 0xEF && (octets[from + 1] & 0xFF) == 0xBB) {
            // EF BB BF, the mark that some editors put in front of UTF-8.
            from += 3;
        }
        if (from == to || octets[from] == '#') {
            return;
        }
        if (!values.split(octets, from, to)) {
            problem(
                    values.badAt(),
                    Kind.SYNTAX,
                    "",
                    "a quote is not closed, or stands within a value",
                    "quotes surround a whole value");
        } else if (columnAt == null) {
            header();
        } else if (values.size() != columns) {
            problem(
                    values.place(Math.min(columns, values.size() - 1)),
                    Kind.WRONG_COUNT,
                    "",
                    "the row has " + values.size() + " values; the columns are " + columns,
                    "add or remove commas");
        } else {
            row();
        }
    }

    private void header() {
        final int[] found = new int[Column.ALL.length];
        Arrays.fill(found, -1);
        for (int i = 0; i < values.size(); i++) {
            final String word = values.text(i);
            final Optional<Column> column = Arrays.stream(Column.ALL)
                    .filter(candidate -> candidate.word.equals(word))
                    .findFirst();
            if (column.isEmpty()) {
                problem(
                        values.place(i),
                        Kind.UNKNOWN_COLUMN,
                        word,
                        "`" + word + "` is not a column of this file",
                        "columns: " + allColumns());
            } else if (found[column.get().place] >= 0) {
                problem(values.place(i), Kind.COLUMN_TWICE, word, "the column `" + word + "` stands twice", "keep one");
            } else {
                found[column.get().place] = i;
            }
        }
        for (final Column column : List.of(Column.PREFIX, Column.CARRIERS)) {
            if (found[column.place] < 0) {
                problem(
                        values.place(values.size() - 1),
                        Kind.MISSING_COLUMN,
                        column.word,
                        "the column `" + column.word + "` is missing",
                        "add it");
            }
        }
        headerIsBad = rowIsBad;
        columns = values.size();
        columnAt = found;
    }

    private static String allColumns() {
        return String.join(
                ", ", Arrays.stream(Column.ALL).map(column -> column.word).toList());
    }

    private void row() {
        final long prefix = prefix();
        final RouteScope scope = scope();
        final Route route = route();
        final int priority = number(Column.PRIORITY, 0, 0, Offer.MAX_PRIORITY);
        final int weight = number(Column.WEIGHT, 1, 1, Route.MAX_WEIGHT);
        final int cost = cost();
        if (!rowIsBad) {
            into.route(prefix, scope, new Offer(route, priority, weight, cost), name, line);
            rows++;
        }
    }

    /** Where a column's value stands in this row, or -1 where it is empty or there is no such column. */
    private int value(final Column column) {
        final int at = columnAt[column.place];
        return at < 0 || values.isEmpty(at) ? -1 : at;
    }

    private long prefix() {
        final int at = value(Column.PREFIX);
        final long packed = at < 0 ? PackedNumber.NONE : values.prefix(at, MAX_PREFIX);
        if (packed == PackedNumber.NONE) {
            wrong(
                    Column.PREFIX,
                    Kind.BAD_PREFIX,
                    "is not a prefix",
                    "write 1 to 15 digits as in E.164, or * for all numbers");
        }
        return packed;
    }

    private RouteScope scope() {
        int tenant = RoutingSnapshot.ANY;
        int group = RoutingSnapshot.ANY;
        final int tenantAt = value(Column.TENANT);
        if (tenantAt >= 0 && values.octet(tenantAt) == '@') {
            group = known(
                    Column.TENANT,
                    Kind.UNKNOWN_GROUP,
                    words.group(values.text(tenantAt).substring(1)));
        } else if (tenantAt >= 0) {
            tenant = known(Column.TENANT, Kind.UNKNOWN_TENANT, words.tenant(values.text(tenantAt)));
        }
        final int classAt = value(Column.CLASS);
        final int windowAt = value(Column.WINDOW);
        final int messageClass = classAt < 0
                ? RoutingSnapshot.ANY
                : known(Column.CLASS, Kind.UNKNOWN_CLASS, words.messageClass(values.text(classAt)));
        final int window = windowAt < 0
                ? RoutingSnapshot.ANY
                : known(Column.WINDOW, Kind.UNKNOWN_WINDOW, words.window(values.text(windowAt)));
        final UnitKind kind = kind();
        return rowIsBad ? RouteScope.EVERYONE : words.scope(tenant, group, kind, messageClass, window);
    }

    private int known(final Column column, final Kind kind, final int id) {
        if (id == RouteNames.UNKNOWN) {
            final String what = switch (kind) {
                case UNKNOWN_TENANT -> "tenant";
                case UNKNOWN_GROUP -> "group of tenants";
                case UNKNOWN_CLASS -> "class";
                default -> "time window";
            };
            wrong(column, kind, "is no " + what + " that is known", "correct it, or add it to the configuration");
        }
        return id;
    }

    private UnitKind kind() {
        final int at = value(Column.KIND);
        if (at < 0) {
            return UnitKind.ANY;
        }
        final String word = values.text(at);
        if (word.equals("message")) {
            return UnitKind.MESSAGE;
        }
        if (!word.equals("call")) {
            wrong(Column.KIND, Kind.BAD_KIND, "is not a kind of unit", "write message, call, or nothing for both");
        }
        return UnitKind.CALL;
    }

    private Route route() {
        final int at = value(Column.CARRIERS);
        final Route route = at < 0 ? null : words.route(values.text(at));
        if (route == null) {
            wrong(Column.CARRIERS, Kind.BAD_CARRIERS, "stands for no route", "write alpha=70;beta=30|gamma, or @group");
        }
        return route;
    }

    private int number(final Column column, final int otherwise, final int least, final int most) {
        final int at = value(column);
        if (at < 0) {
            return otherwise;
        }
        final long number = values.decimal(at, 0);
        if (number < least || number > most) {
            wrong(column, Kind.BAD_NUMBER, "is not a whole number of " + least + ".." + most, "correct it");
        }
        return (int) number;
    }

    private int cost() {
        final int at = value(Column.COST);
        if (at < 0) {
            return Offer.UNPRICED;
        }
        final long millionths = values.decimal(at, 6);
        if (millionths < 0 || millionths > Integer.MAX_VALUE) {
            wrong(
                    Column.COST,
                    Kind.BAD_NUMBER,
                    "is not a cost",
                    "write 0 to 2147.483647 with a point and up to six decimals");
        }
        return (int) millionths;
    }

    private void wrong(final Column column, final Kind kind, final String what, final String remedy) {
        final int at = columnAt[column.place];
        final String word = values.text(at);
        problem(values.place(at), kind, word, "`" + word + "` " + what, remedy);
    }

    private void problem(
            final int column, final Kind kind, final String word, final String message, final String remedy) {
        rowIsBad = true;
        if (!isGivenUp()) {
            problems.add(new RouteProblem(name, Math.max(1, line), column, kind, word, message, remedy));
        }
    }
}
