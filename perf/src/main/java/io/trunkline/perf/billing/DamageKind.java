package io.trunkline.perf.billing;

import java.util.Locale;

/** What can happen to the files of a journal. */
public enum DamageKind {
    FLIPPED_BIT,
    ZEROED_RECORD,
    /** The four octets before an excerpt. */
    ZEROED_HEADER,
    ZEROED_PAGE,
    GARBAGE,
    CUT_OFF,
    MISSING_CYCLE,
    SWAPPED_CYCLES,
    MANIFEST_BIT;

    /** {@code flippedBit}. */
    public String word() {
        final String[] words = name().toLowerCase(Locale.ROOT).split("_", -1);
        final StringBuilder word = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            word.append(Character.toUpperCase(words[i].charAt(0))).append(words[i], 1, words[i].length());
        }
        return word.toString();
    }
}
