package io.trunkline.perf.reload;

import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.LoadResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Configurations that differ in which carrier serves which prefix, one carrier each, drawn from a seed: from a unit's number
 * and the version that routed it follows the carrier that must have got it.
 */
public final class Candidates {
    private static final String ROUTES = "routes.csv";
    private static final String FIRST_PREFIX = "447";
    private static final int PREFIX_LENGTH = 5;
    /** Rows besides, so that a file cut short is one. */
    private static final int OTHER_ROWS = 300;

    private final Path home;
    private final List<String> carriers;
    private final List<String> prefixes = new ArrayList<>();
    private final SplittableRandom random;
    private final List<Candidate> made = new ArrayList<>();

    /** Which carrier serves each prefix, by the prefix's place in {@link #prefixes}. */
    public record Candidate(int number, List<String> carriers) {
        public Candidate {
            carriers = List.copyOf(carriers);
        }
    }

    /**
     * Candidates for a daemon.
     *
     * @param home its configuration; its routes are overwritten by the candidates'
     * @param carriers that its configuration has, two at least
     * @param prefixes how many change, at most 100
     */
    public Candidates(final Path home, final List<String> carriers, final int prefixes, final long seed) {
        this.home = home;
        this.carriers = List.copyOf(carriers);
        random = new SplittableRandom(seed);
        for (int i = 0; i < prefixes; i++) {
            this.prefixes.add(FIRST_PREFIX + (char) ('0' + i / 10) + (char) ('0' + i % 10));
        }
    }

    /** The prefixes that are moved about. */
    public List<String> prefixes() {
        return List.copyOf(prefixes);
    }

    /** The next one: unlike the one before in every prefix. */
    public Candidate next() {
        final List<String> served = new ArrayList<>();
        for (int i = 0; i < prefixes.size(); i++) {
            final int before = made.isEmpty()
                    ? 0
                    : carriers.indexOf(made.get(made.size() - 1).carriers().get(i));
            served.add(carriers.get((before + 1 + random.nextInt(carriers.size() - 1)) % carriers.size()));
        }
        final Candidate candidate = new Candidate(made.size() + 1, served);
        made.add(candidate);
        return candidate;
    }

    /** Its {@code routes.csv}. */
    public String routes(final Candidate candidate) {
        final StringBuilder text = new StringBuilder("prefix,carriers\n");
        for (int i = 0; i < prefixes.size(); i++) {
            text.append(prefixes.get(i))
                    .append(',')
                    .append(candidate.carriers().get(i))
                    .append('\n');
        }
        for (int i = 0; i < OTHER_ROWS; i++) {
            text.append(1200 + i)
                    .append(',')
                    .append(carriers.get(i % carriers.size()))
                    .append('\n');
        }
        return text.toString();
    }

    /** Copies the files that all candidates share into a directory. */
    public Path directory(final Path directory) throws IOException {
        Files.createDirectories(directory);
        for (final String file : ConfigLoader.FILES) {
            if (Files.exists(home.resolve(file))) {
                Files.copy(home.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return directory;
    }

    /** Puts a candidate's routes into a directory that has the other files. */
    public void write(final Candidate candidate, final Path directory) throws IOException {
        Files.writeString(directory.resolve(ROUTES), routes(candidate), StandardCharsets.UTF_8);
    }

    /** The place of a number's prefix among {@link #prefixes}, or -1. */
    public int prefixOf(final String number) {
        return number.length() < PREFIX_LENGTH ? -1 : prefixes.indexOf(number.substring(0, PREFIX_LENGTH));
    }

    /**
     * All that were made, by the hash under which the journal names them: found by reading each as the daemon would, not by
     * asking it.
     *
     * @param scratch where to put them together
     */
    public Map<String, Candidate> byHash(final Path scratch) throws IOException {
        directory(scratch);
        final Map<String, Candidate> hashes = new HashMap<>();
        for (final Candidate candidate : made) {
            write(candidate, scratch);
            final LoadResult loaded = ConfigLoader.ofSystem().load(scratch, home);
            hashes.put(
                    loaded.config()
                            .orElseThrow(() -> new IllegalStateException("a candidate is wrong: " + loaded.report()))
                            .hash(),
                    candidate);
        }
        return hashes;
    }
}
