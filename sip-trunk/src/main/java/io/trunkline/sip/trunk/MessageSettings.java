package io.trunkline.sip.trunk;

import java.util.Set;

/**
 * How messages go over a trunk.
 *
 * @param window requests that wait for a final response, at a time
 * @param rateMillis messages per second, in thousandths; 0: no limit
 * @param timeoutMs a final response is waited for so long
 * @param elsewhere final statuses after which a message goes to the trunk's next address; 408 is never one of them, as what a proxy
 *     has waited for may have arrived
 * @param maxOctets longest request
 */
public record MessageSettings(int window, long rateMillis, long timeoutMs, Set<Integer> elsewhere, int maxOctets) {
    public MessageSettings {
        elsewhere = Set.copyOf(elsewhere);
    }
}
