package io.trunkline.gateway.config;

import java.util.List;

/**
 * How a peer writes numbers. Inside they are E.164 digits.
 *
 * @param prefix written before the digits towards the peer: empty, {@code +}, or digits
 * @param international what an international number of the peer's begins with
 * @param country code that the peer's other numbers are completed with; empty: they are whole as they are
 * @param national what is taken off national numbers first, and put before them where they are written so
 * @param form how numbers of the country are written towards the peer
 */
public record SipNumbers(String prefix, List<String> international, String country, String national, Form form) {
    public SipNumbers {
        international = List.copyOf(international);
    }

    /** How numbers look towards the peer. */
    public enum Form {
        /** All with prefix and country code. */
        INTERNATIONAL,
        /** Those of the country as they are dialled there, others international. */
        NATIONAL
    }
}
