package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_ROW;
import static io.trunkline.gateway.config.ConfigProblem.Code.MISSING_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_REFERENCE;

import io.trunkline.routing.networks.MccMnc;
import io.trunkline.routing.rates.CallTerms;
import io.trunkline.routing.rates.Micros;
import io.trunkline.routing.rates.RateBook;
import io.trunkline.routing.rates.RateKind;
import io.trunkline.routing.rates.RateProblem;
import io.trunkline.routing.rates.RateRow;
import io.trunkline.routing.rates.SenderClasses;
import io.trunkline.routing.rates.Service;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code rates.csv}: one rate a row. */
final class RatesFile {
    static final String NAME = "rates.csv";

    private static final List<String> REQUIRED =
            List.of("kind", "for", "prefix", "currency", "rate", "from", "version");
    private static final List<String> OPTIONAL =
            List.of("service", "network", "sender", "to", "connect", "free", "steps");
    private static final Pattern PREFIX = Pattern.compile("\\*|\\+?[1-9][0-9]{0,14}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");
    private static final Pattern NAME_FORM = Pattern.compile("\\*|[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern STEPS = Pattern.compile("([0-9]{1,4})/([0-9]{1,4})");
    private static final String EVERYTHING = "*";
    private static final long NO_TIME = Long.MIN_VALUE;

    private final ZoneId zone;
    private final SenderClasses senders;
    private final RateBook.Builder book = RateBook.builder();
    // A million rows begin at a handful of dates.
    private final Map<String, Long> times = new HashMap<>();
    private CsvTable.Row row;
    private boolean whole;

    RatesFile(final ZoneId zone, final SenderClasses senders) {
        this.zone = zone;
        this.senders = senders;
    }

    RateBook read(final SourceFile source, final Problems problems) {
        new CsvTable(source, REQUIRED, OPTIONAL, problems).forEach(this::row);
        final RateBook built = book.build();
        for (final RateProblem problem : book.problems()) {
            problems.add(
                    source.name(),
                    new Place(problem.line(), 1),
                    problem.kind() == RateProblem.Kind.OVERLAP ? DUPLICATE_ROW : BAD_VALUE,
                    problem.message(),
                    problem.remedy());
        }
        return built;
    }

    private void row(final CsvTable.Row read) {
        row = read;
        whole = true;
        final RateKind kind = RateKind.of(row.get("kind"));
        if (kind == null) {
            wrong("kind", "is not a kind of rate", "write price (of a tenant), cost or fee (of a carrier)");
        }
        final Service service = service();
        final String owner = matching("for", NAME_FORM, "is no name", "name a tenant or carrier, or * for all");
        final String prefix = matching("prefix", PREFIX, "is no prefix", "write 1 to 15 digits as in E.164, or *");
        final String currency = matching("currency", CURRENCY, "is no currency", "write its ISO 4217 code: EUR");
        final String version = matching(
                "version", VERSION, "is no version", "name the deck's version: up to 32 letters, digits, . _ -");
        final long rate = amount("rate");
        final CallTerms terms = terms(service);
        final int network = network();
        final int sender = sender();
        final long from = time("from", NO_TIME);
        if (from == NO_TIME) {
            row.problem(
                    "from",
                    0,
                    MISSING_KEY,
                    "the rate has no beginning",
                    "write the first day that it holds: 2026-01-01");
            whole = false;
        }
        final long to = time("to", RateRow.FOREVER);
        if (whole && to <= from) {
            wrong(
                    "to",
                    "is not after `from`",
                    "`to` is the first day that the rate holds no more; leave it empty for no end");
        }
        if (whole) {
            book.add(new RateRow(
                    kind,
                    service,
                    owner.equals(EVERYTHING) ? RateRow.EVERYONE : owner,
                    prefix.equals(EVERYTHING) ? "" : prefix.startsWith("+") ? prefix.substring(1) : prefix,
                    network,
                    sender,
                    currency,
                    rate,
                    terms,
                    from,
                    to,
                    version,
                    row.line()));
        }
    }

    private void wrong(final String column, final String what, final String remedy) {
        row.problem(column, 0, BAD_VALUE, "`" + row.get(column) + "` " + what, remedy);
        whole = false;
    }

    private String matching(final String column, final Pattern form, final String what, final String remedy) {
        final String text = row.get(column);
        if (!form.matcher(text).matches()) {
            wrong(column, what, remedy);
        }
        return text;
    }

    private Service service() {
        final String word = row.get("service");
        final Service service = word.isEmpty() ? Service.MT : Service.of(word);
        if (service == null) {
            wrong("service", "is not a service", "write mt, mo, call or call-in; empty is mt");
            return Service.MT;
        }
        return service;
    }

    private long amount(final String column) {
        final long micros = Micros.rate(row.get(column));
        if (micros == Micros.NONE) {
            wrong(column, "is no amount", "write up to six digits, a point, and up to six decimals: 0.0075");
        }
        return micros;
    }

    private int network() {
        final String text = row.get("network");
        final int network = text.isEmpty() ? MccMnc.UNKNOWN : MccMnc.of(text);
        if (network == MccMnc.UNKNOWN && !text.isEmpty()) {
            wrong("network", "is no network", "write MCC and MNC: 234-15");
        }
        return network;
    }

    private int sender() {
        final String word = row.get("sender");
        final int sender = senders.of(word);
        if (sender < 0) {
            row.problem(
                    "sender",
                    0,
                    UNKNOWN_REFERENCE,
                    "`" + word + "` is no class of senders",
                    Nearest.didYouMean(word, senders.names(), "one of: " + String.join(", ", senders.names())));
            whole = false;
        }
        return sender;
    }

    private CallTerms terms(final Service service) {
        final boolean any = !row.get("connect").isEmpty()
                || !row.get("free").isEmpty()
                || !row.get("steps").isEmpty();
        if (!any || !service.isCall()) {
            if (any) {
                final String column = List.of("connect", "free", "steps").stream()
                        .filter(each -> !row.get(each).isEmpty())
                        .findFirst()
                        .orElseThrow();
                wrong(column, "is for calls alone", "leave it empty, or write call or call-in as service");
            }
            return CallTerms.PER_SECOND;
        }
        final long connect = row.get("connect").isEmpty() ? 0 : amount("connect");
        final int free = row.get("free").isEmpty() ? 0 : seconds(row.get("free"));
        if (free < 0) {
            wrong("free", "are no seconds", "write a whole number of 0.." + CallTerms.MAX_SECONDS);
        }
        final String text = row.get("steps").isEmpty() ? "1/1" : row.get("steps");
        final Matcher steps = STEPS.matcher(text);
        final int initial = steps.matches() ? seconds(steps.group(1)) : 0;
        final int increment = steps.matches() ? seconds(steps.group(2)) : 0;
        if (initial < 1 || increment < 1) {
            wrong(
                    "steps",
                    "are no steps",
                    "write least seconds and increment, each 1.." + CallTerms.MAX_SECONDS + ": 30/6");
        }
        return whole ? new CallTerms(connect, free, initial, increment) : CallTerms.PER_SECOND;
    }

    private static int seconds(final String text) {
        final int value = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
        return value > CallTerms.MAX_SECONDS ? -1 : value;
    }

    /** Seconds since the epoch. */
    private long time(final String column, final long otherwise) {
        final String text = row.get(column);
        if (text.isEmpty()) {
            return otherwise;
        }
        final long second = times.computeIfAbsent(text, this::parse);
        if (second == NO_TIME) {
            wrong(
                    column,
                    "is no time",
                    "write a day (2026-01-01), a time of the zone (2026-01-01T12:00), or one with an offset (…T12:00Z)");
            return otherwise == NO_TIME ? 0 : otherwise;
        }
        return second;
    }

    private long parse(final String text) {
        try {
            if (text.length() == "2026-01-01".length()) {
                return LocalDate.parse(text).atStartOfDay(zone).toEpochSecond();
            }
            final char last = text.charAt(text.length() - 1);
            final boolean offset =
                    last == 'Z' || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > "2026-01-01".length();
            return offset
                    ? OffsetDateTime.parse(text).toEpochSecond()
                    : LocalDateTime.parse(text).atZone(zone).toEpochSecond();
        } catch (final DateTimeException e) {
            return NO_TIME;
        }
    }
}
