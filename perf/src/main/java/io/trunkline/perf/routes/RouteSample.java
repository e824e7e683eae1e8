package io.trunkline.perf.routes;

import io.trunkline.routing.Route;
import io.trunkline.routing.RouteNames;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A rate deck as carriers send them: prefixes of 5 to 9 digits behind country codes, each at a price over one of fifty
 * groups of carriers, in no order; and numbers to look up, all of them behind prefixes of the deck.
 */
public final class RouteSample {
    /** Room of a number in {@link #numbers}. */
    public static final int NUMBER_ROOM = 16;
    /** Digits of every number. */
    public static final int NUMBER_DIGITS = 13;

    /** How many of 100 prefixes have 5, 6, 7, 8 and 9 digits. */
    private static final int[] LENGTH_SHARES = {2, 14, 40, 30, 14};

    private static final int SHORTEST = 5;
    private static final int GROUPS = 50;
    private static final int TENANTS = 20;

    private static final String[] COUNTRIES = {
        "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48",
        "49", "51", "52", "54", "55", "56", "57", "58", "60", "61", "62", "63", "65", "66", "81", "82", "84", "86",
        "90", "91", "92", "93", "94", "95", "98", "212", "213", "216", "234", "254", "255", "256", "351", "353", "358",
        "359", "370", "380", "420", "852", "880", "886", "961", "962", "964", "965", "966", "968", "971", "972", "974",
        "977", "992", "995", "998"
    };

    private final List<String> prefixes;

    private RouteSample(final List<String> prefixes) {
        this.prefixes = prefixes;
    }

    /** Writes a deck of so many different prefixes; 5 of 100 also have a row for one tenant. */
    public static RouteSample write(final Path file, final int count, final long seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final Set<String> seen = new HashSet<>(count * 2);
        final List<String> prefixes = new ArrayList<>(count);
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            out.write("prefix,tenant,class,carriers,weight,cost\n");
            while (prefixes.size() < count) {
                final String prefix = prefix(random);
                if (seen.add(prefix)) {
                    prefixes.add(prefix);
                    row(out, prefix, "", random);
                    if (random.nextInt(100) < 5) {
                        row(out, prefix, "t" + random.nextInt(1, TENANTS), random);
                    }
                }
            }
        }
        return new RouteSample(prefixes);
    }

    private static void row(
            final BufferedWriter out, final String prefix, final String tenant, final SplittableRandom random)
            throws IOException {
        final String cost =
                Integer.toString(1_000_000 + random.nextInt(200_000)).substring(1);
        out.write(prefix + ',' + tenant + ",,@g" + random.nextInt(GROUPS) + ",1,0." + cost + '\n');
    }

    private static String prefix(final SplittableRandom random) {
        int share = random.nextInt(100);
        int length = SHORTEST;
        while (share >= LENGTH_SHARES[length - SHORTEST]) {
            share -= LENGTH_SHARES[length - SHORTEST];
            length++;
        }
        return digits(random, COUNTRIES[random.nextInt(COUNTRIES.length)], length);
    }

    private static String digits(final SplittableRandom random, final String begin, final int length) {
        final StringBuilder text = new StringBuilder(begin);
        while (text.length() < length) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        return text.toString();
    }

    public List<String> prefixes() {
        return prefixes;
    }

    /** Numbers behind prefixes drawn from the deck: caches see them as traffic to the whole world would have it. */
    public String[] numbers(final int count, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final String[] numbers = new String[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = digits(random, prefixes.get(random.nextInt(prefixes.size())), NUMBER_DIGITS);
        }
        return numbers;
    }

    /**
     * Numbers behind prefixes of which the n-th is drawn in proportion to 1/n (Zipf): as where most traffic goes to a few networks.
     */
    public String[] skewedNumbers(final int count, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final String[] numbers = new String[count];
        for (int i = 0; i < count; i++) {
            final int rank = (int) Math.pow(prefixes.size(), random.nextDouble());
            numbers[i] = digits(random, prefixes.get(rank - 1), NUMBER_DIGITS);
        }
        return numbers;
    }

    /** Numbers side by side, each in {@link #NUMBER_ROOM} octets. */
    public static UnsafeBuffer inBuffer(final String[] numbers) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[numbers.length * NUMBER_ROOM]);
        for (int i = 0; i < numbers.length; i++) {
            buffer.putStringWithoutLengthAscii(i * NUMBER_ROOM, numbers[i]);
        }
        return buffer;
    }

    /** Tenants t1..t19, and groups g0..g49: two carriers that share, and one that stands by. */
    public static RouteNames names() {
        return new RouteNames() {
            @Override
            public int tenant(final String name) {
                return Integer.parseInt(name.substring(1));
            }

            @Override
            public int group(final String name) {
                return UNKNOWN;
            }

            @Override
            public int messageClass(final String name) {
                return UNKNOWN;
            }

            @Override
            public int window(final String name) {
                return UNKNOWN;
            }

            @Override
            public Optional<Route> route(final String carriers) {
                final int group = Integer.parseInt(carriers.substring(2));
                return Optional.of(new Route(List.of(
                        new Route.Tier(List.of(new Route.Share(3 * group, 70), new Route.Share(3 * group + 1, 30))),
                        new Route.Tier(List.of(new Route.Share(3 * group + 2, 1))))));
            }
        };
    }
}
