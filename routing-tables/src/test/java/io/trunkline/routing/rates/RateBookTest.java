package io.trunkline.routing.rates;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.routing.networks.MccMnc;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RateBookTest {
    private static final int VODAFONE = MccMnc.of("234-15");
    private static final long NOW = 1_800_000_000L;

    private final RateBook.Builder builder = RateBook.builder();
    private final RateQuery query = new RateQuery();
    private int line = 1;

    private RateRow row(final String owner, final String prefix, final int network, final int sender, final long rate) {
        return new RateRow(
                RateKind.PRICE,
                Service.MT,
                owner,
                prefix,
                network,
                sender,
                "EUR",
                rate,
                CallTerms.PER_SECOND,
                0,
                RateRow.FOREVER,
                "v1",
                ++line);
    }

    private RateRow during(final String prefix, final long from, final long to, final long rate) {
        return new RateRow(
                RateKind.PRICE,
                Service.MT,
                "",
                prefix,
                0,
                0,
                "EUR",
                rate,
                CallTerms.PER_SECOND,
                from,
                to,
                "v1",
                ++line);
    }

    private RateRow in(final RateKind kind, final String owner, final String currency) {
        return new RateRow(
                kind, Service.MT, owner, "", 0, 0, currency, 1, CallTerms.PER_SECOND, 0, RateRow.FOREVER, "v1", ++line);
    }

    private long rate(final RateBook book, final String owner, final long number) {
        query.owner = book.owner(owner);
        query.number(number);
        query.atSecond = NOW;
        final int found = book.find(RateKind.PRICE, Service.MT, query);
        return found == RateBook.NO_RATE ? -1 : book.micros(found);
    }

    @Test
    void theLongestPrefixCounts() {
        builder.add(row("", "", 0, 0, 1))
                .add(row("", "44", 0, 0, 2))
                .add(row("", "447", 0, 0, 3))
                .add(row("", "447700", 0, 0, 4));
        final RateBook book = builder.build();
        assertThat(rate(book, "", 447_700_900_123L)).isEqualTo(4);
        assertThat(rate(book, "", 447_800_900_123L)).isEqualTo(3);
        assertThat(rate(book, "", 442_000_000_000L)).isEqualTo(2);
        assertThat(rate(book, "", 34_600_000_000L)).isEqualTo(1);
        // A number that ends before the prefix does is not in it.
        assertThat(rate(book, "", 44_770L)).isEqualTo(3);
    }

    @Test
    void theOwnersDeckCountsBeforeTheOneForEveryone() {
        builder.add(row("", "447700", 0, 0, 1)).add(row("acme", "44", 0, 0, 2));
        final RateBook book = builder.build();
        assertThat(rate(book, "acme", 447_700_900_123L)).isEqualTo(2);
        assertThat(rate(book, "other", 447_700_900_123L)).isEqualTo(1);
        assertThat(rate(book, "acme", 34_600_000_000L)).isEqualTo(-1);
    }

    @Test
    void aRowThatNamesTheNetworkCountsBeforeALongerPrefix() {
        builder.add(row("", "44770", 0, 0, 1))
                .add(row("", "44", VODAFONE, 0, 2))
                .add(row("", "44", 0, SenderClasses.ALPHANUMERIC, 3))
                .add(row("", "44", VODAFONE, SenderClasses.ALPHANUMERIC, 4));
        final RateBook book = builder.build();
        query.network = VODAFONE;
        assertThat(rate(book, "", 447_700_900_123L)).isEqualTo(2);
        query.senderClass = SenderClasses.ALPHANUMERIC;
        assertThat(rate(book, "", 447_700_900_123L)).isEqualTo(4);
        query.network = MccMnc.of("234-10");
        assertThat(rate(book, "", 447_700_900_123L)).isEqualTo(3);
        query.senderClass = SenderClasses.NUMBER;
        assertThat(rate(book, "", 447_700_900_123L)).isEqualTo(1);
    }

    @Test
    void aRateHoldsFromItsFirstSecondToTheOneBeforeItsEnd() {
        builder.add(during("44", 100, 200, 1)).add(during("44", 200, 300, 2)).add(during("", 0, 1000, 9));
        final RateBook book = builder.build();
        assertThat(builder.problems()).isEmpty();
        query.number(447_700_900_123L);
        final long[][] expected = {{99, 9}, {100, 1}, {199, 1}, {200, 2}, {299, 2}, {300, 9}, {1000, -1}};
        for (final long[] each : expected) {
            query.atSecond = each[0];
            final int found = book.find(RateKind.PRICE, Service.MT, query);
            assertThat(found == RateBook.NO_RATE ? -1 : book.micros(found))
                    .as("at %d", each[0])
                    .isEqualTo(each[1]);
        }
    }

    @Test
    void overlapsAndGapsAreNamedWithBothLines() {
        builder.add(during("44", 100, 200, 1)).add(during("44", 199, 300, 2)).add(during("44", 301, 400, 3));
        builder.build();
        assertThat(builder.problems())
                .extracting(RateProblem::kind, RateProblem::line)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(RateProblem.Kind.OVERLAP, 3),
                        org.assertj.core.groups.Tuple.tuple(RateProblem.Kind.GAP, 4));
        assertThat(builder.problems().get(0).message()).contains("line 2");
        assertThat(builder.problems().get(1).message()).contains("line 3");
    }

    @Test
    void oneBillHasOneCurrency() {
        builder.add(in(RateKind.PRICE, "acme", "EUR"))
                .add(in(RateKind.COST, "alpha", "USD"))
                .add(in(RateKind.FEE, "alpha", "EUR"))
                .add(in(RateKind.PRICE, "", "USD"));
        builder.build();
        assertThat(builder.problems()).extracting(RateProblem::line).containsExactly(4, 5);
        assertThat(builder.problems()).allMatch(problem -> problem.kind() == RateProblem.Kind.CURRENCY);
    }

    @Test
    void anEmptyBookHasNoRate() {
        assertThat(rate(RateBook.EMPTY, "acme", 447_700_900_123L)).isEqualTo(-1);
        assertThat(RateBook.EMPTY.size()).isZero();
    }

    /** Few decks are looked up in a table that they share, many each by itself. */
    @ParameterizedTest
    @ValueSource(ints = {1, 60})
    void agreesWithAScanOverAllRows(final int owners) {
        final long seed = System.nanoTime();
        System.out.println("RateBookTest: seed " + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final List<RateRow> rows = new ArrayList<>();
        final java.util.Set<String> seen = new java.util.HashSet<>();
        while (rows.size() < 20_000) {
            final String prefix = number(random, 1, 9);
            final String owner = random.nextBoolean() ? "" : "acme" + random.nextInt(owners);
            if (seen.add(owner + prefix)) {
                rows.add(row(owner, prefix, 0, 0, rows.size()));
            }
        }
        rows.forEach(builder::add);
        final RateBook book = builder.build();
        assertThat(builder.problems()).isEmpty();
        for (int i = 0; i < 2_000; i++) {
            final String number = number(random, 3, 15);
            for (final String owner : List.of("acme0", "other")) {
                assertThat(rate(book, owner, Long.parseLong(number)))
                        .as("%s for %s", number, owner)
                        .isEqualTo(scan(rows, owner, number));
            }
        }
    }

    private static String number(final SplittableRandom random, final int least, final int most) {
        final StringBuilder digits = new StringBuilder().append(random.nextInt(1, 4));
        final int length = random.nextInt(least, most + 1);
        while (digits.length() < length) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private static long scan(final List<RateRow> rows, final String owner, final String number) {
        for (final String deck : List.of(owner, "")) {
            RateRow best = null;
            for (final RateRow row : rows) {
                final boolean fits = row.owner().equals(deck) && number.startsWith(row.prefix());
                if (fits
                        && (best == null
                                || row.prefix().length() > best.prefix().length())) {
                    best = row;
                }
            }
            if (best != null) {
                return best.micros();
            }
        }
        return -1;
    }
}
