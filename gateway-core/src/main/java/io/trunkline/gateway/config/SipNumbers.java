package io.trunkline.gateway.config;

import java.util.List;

/**
 * How a peer writes numbers. Inside they are E.164 digits.
 *
 * @param prefix written before the digits towards the peer: empty, {@code +}, or digits
 * @param international what an international number of the peer's begins with
 * @param country code that the peer's other numbers are completed with; empty: they are whole as they are
 * @param national what is taken off national numbers first
 */
public record SipNumbers(String prefix, List<String> international, String country, String national) {
    public SipNumbers {
        international = List.copyOf(international);
    }
}
