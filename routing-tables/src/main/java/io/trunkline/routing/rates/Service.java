package io.trunkline.routing.rates;

import java.util.Locale;

/** What is sold. */
public enum Service {
    /** A message to a handset; by the segment. */
    MT,
    /** A message from a handset; by the segment. The prefix is that of the tenant's number. */
    MO,
    /** A call to the network; by the second. */
    CALL,
    /** A call from the network; by the second. The prefix is that of the tenant's number. */
    CALL_IN;

    /** As written in files: {@code call-in}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether its rates are for sixty seconds. */
    public boolean isCall() {
        return this == CALL || this == CALL_IN;
    }

    /** The service of a word; null where there is none. */
    public static Service of(final String word) {
        for (final Service service : values()) {
            if (service.word().equals(word)) {
                return service;
            }
        }
        return null;
    }
}
