package io.trunkline.perf.billing;

import io.trunkline.routing.rates.Micros;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Decks of rates for {@link SampleJournal}: a list price and carrier costs by prefix, some tenants' own, fees by sender. */
public final class SampleRates {
    private static final String HEADER = "kind,for,service,prefix,network,sender,currency,rate,from,to,version\n";
    private static final String VALID = ",2026-01-01,,";

    private SampleRates() {}

    /**
     * Writes {@code rates.csv}.
     *
     * @param prefixes of the list price and of each carrier
     * @param raisedMicros added to every price and cost, so that another deck is told from this one
     */
    public static void write(final Path directory, final int prefixes, final long seed, final long raisedMicros)
            throws IOException {
        Files.createDirectories(directory);
        final NavigableSet<String> all = prefixes(prefixes, seed);
        try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("rates.csv"), StandardCharsets.US_ASCII)) {
            out.write(HEADER);
            final SplittableRandom random = new SplittableRandom(seed);
            deck(out, "price", "*", all, random, 40_000 + raisedMicros, "list-1");
            deck(
                    out,
                    "price",
                    SampleJournal.tenant(1),
                    all.headSet("45", false),
                    random,
                    30_000 + raisedMicros,
                    "own-1");
            for (int carrier = 1; carrier <= SampleJournal.CARRIERS; carrier++) {
                deck(out, "cost", SampleJournal.carrier(carrier), all, random, 20_000 + raisedMicros, "c-1");
                out.write(
                        "fee," + SampleJournal.carrier(carrier) + ",mt,44,,alphanumeric,EUR,0.0025" + VALID + "f-1\n");
            }
        }
    }

    private static void deck(
            final BufferedWriter out,
            final String kind,
            final String owner,
            final Iterable<String> prefixes,
            final SplittableRandom random,
            final long aboutMicros,
            final String version)
            throws IOException {
        out.write(row(kind, owner, "*", aboutMicros, version));
        for (final String prefix : prefixes) {
            out.write(row(kind, owner, prefix, aboutMicros + random.nextInt(10_000), version));
        }
    }

    private static String row(
            final String kind, final String owner, final String prefix, final long micros, final String version) {
        return kind + "," + owner + ",mt," + prefix + ",,,EUR," + Micros.text(micros) + VALID + version + "\n";
    }

    private static NavigableSet<String> prefixes(final int count, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed ^ 0x5EED);
        final NavigableSet<String> all = new TreeSet<>();
        while (all.size() < count) {
            final StringBuilder digits = new StringBuilder(SampleJournal.country(random));
            final int more = random.nextInt(0, 6);
            for (int i = 0; i < more; i++) {
                digits.append(random.nextInt(10));
            }
            all.add(digits.toString());
        }
        return all;
    }
}
