package io.trunkline.gateway.config.load;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The word that was meant: the nearest one by insertions, deletions, replacements and swaps of neighbours. */
final class Nearest {
    private Nearest() {}

    /** The candidate that a mistyped word is close enough to. */
    static Optional<String> to(final String word, final Collection<String> candidates) {
        final int tolerance = Math.max(1, Math.min(3, word.length() / 3));
        String best = null;
        int bestDistance = tolerance + 1;
        for (final String candidate : candidates) {
            final int distance =
                    distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT), bestDistance);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** A remedy: {@code did you mean `x`?}, or else {@code otherwise}. */
    static String didYouMean(final String word, final Collection<String> candidates, final String otherwise) {
        return to(word, candidates).map(near -> "did you mean `" + near + "`?").orElse(otherwise);
    }

    private static int distance(final String a, final String b, final int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        final int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 ? j : j == 0 ? i : step(a, b, d, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(final String a, final String b, final int[][] d, final int i, final int j) {
        final int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        final int edit = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
        final boolean swapped =
                i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(edit, d[i - 2][j - 2] + 1) : edit;
    }
}
