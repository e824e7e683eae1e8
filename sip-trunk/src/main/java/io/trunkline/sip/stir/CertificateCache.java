package io.trunkline.sip.stir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochClock;

/**
 * Certificates that were had, and the fact that some could not be. Those who ask for one that is being fetched wait for the same
 * fetch. Single-threaded.
 */
public final class CertificateCache {
    /**
     * How much is kept and asked for.
     *
     * @param maxCertificates URLs whose answers are kept; the one unused for longest is forgotten
     * @param maxFetches fetches at a time
     * @param maxWaiting calls that wait for fetches
     * @param leastMs an answer is kept for so long at least, ms
     * @param mostMs and so long at most, ms
     * @param failedMs that there was none is kept for so long, ms
     */
    public record Limits(
            int maxCertificates, int maxFetches, int maxWaiting, long leastMs, long mostMs, long failedMs) {
        /** A thousand certificates, for a minute to a day; failures for half a minute. */
        public static final Limits DEFAULT = new Limits(1_000, 16, 1_000, 60_000, 86_400_000, 30_000);
    }

    private record Kept(FetchedCertificate answer, long sinceMs, long untilMs) {}

    private final CertificateSource source;
    private final EpochClock clock;
    private final Limits limits;
    private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, List<Consumer<FetchedCertificate>>> fetching = new HashMap<>();
    private int waiting;
    private long hits;
    private long fetches;

    /**
     * An empty cache.
     *
     * @param clock wall clock, ms since 1970
     */
    public CertificateCache(final CertificateSource source, final EpochClock clock, final Limits limits) {
        this.source = source;
        this.clock = clock;
        this.limits = limits;
    }

    /** Certificates and failures that are kept. */
    public int size() {
        return kept.size();
    }

    /** Answers that needed no fetch. */
    public long hits() {
        return hits;
    }

    public long fetches() {
        return fetches;
    }

    void get(final String url, final long nowMs, final Consumer<FetchedCertificate> then) {
        final Kept known = kept.get(url);
        if (known != null && nowMs < known.untilMs()) {
            hits++;
            then.accept(known.answer());
            return;
        }
        final List<Consumer<FetchedCertificate>> others = fetching.get(url);
        if (waiting >= limits.maxWaiting() || (others == null && fetching.size() >= limits.maxFetches())) {
            then.accept(FetchedCertificate.none(Outcome.OVERLOADED, "too many certificates to fetch"));
            return;
        }
        waiting++;
        if (others != null) {
            others.add(then);
            return;
        }
        final List<Consumer<FetchedCertificate>> first = new ArrayList<>();
        first.add(then);
        fetching.put(url, first);
        fetches++;
        source.fetch(url, answer -> fetched(url, answer));
    }

    private void fetched(final String url, final FetchedCertificate answer) {
        final List<Consumer<FetchedCertificate>> waited = fetching.remove(url);
        if (waited == null) {
            return;
        }
        waiting -= waited.size();
        final long nowMs = clock.time();
        kept.put(url, new Kept(answer, nowMs, nowMs + holdsMs(answer)));
        if (kept.size() > limits.maxCertificates()) {
            kept.remove(kept.keySet().iterator().next());
        }
        for (final Consumer<FetchedCertificate> one : waited) {
            one.accept(answer);
        }
    }

    /**
     * A signature was not that of a certificate that is kept: perhaps its owner has put another one in its place. It is fetched again
     * for the next call, but not more often than answers are kept at least, or forgers would have us fetch for each of theirs.
     */
    void doubt(final String url) {
        final Kept known = kept.get(url);
        if (known != null && clock.time() - known.sinceMs() >= limits.leastMs()) {
            kept.remove(url);
        }
    }

    private long holdsMs(final FetchedCertificate answer) {
        if (answer.certificate() == null) {
            return limits.failedMs();
        }
        final long said = answer.holdsMs() < 0 ? limits.mostMs() : answer.holdsMs();
        return Math.max(limits.leastMs(), Math.min(said, limits.mostMs()));
    }
}
