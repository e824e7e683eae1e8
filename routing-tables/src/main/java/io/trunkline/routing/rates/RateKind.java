package io.trunkline.routing.rates;

import java.util.Locale;

/** Who pays whom. */
public enum RateKind {
    /** The tenant pays us. */
    PRICE,
    /** We pay the carrier. */
    COST,
    /** What the handset's network takes on top, through the carrier. A unit without a row for it has none. */
    FEE;

    /** As written in files: {@code price}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a word; null where there is none. */
    public static RateKind of(final String word) {
        for (final RateKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        return null;
    }
}
