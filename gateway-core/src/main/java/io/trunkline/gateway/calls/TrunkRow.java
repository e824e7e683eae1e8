package io.trunkline.gateway.calls;

/**
 * A trunk as operators see it.
 *
 * @param carrier name of the carrier; empty for a tenant's platform
 * @param tenant name of the tenant; empty for a carrier's trunk
 * @param name of the trunk within the carrier; {@code sip} for a platform
 * @param peer host, with port and transport where they are given
 * @param state {@code up}, or why it takes no call: {@code disabled}, {@code down}, {@code not-registered}, {@code retry-later}
 * @param addresses that are known
 * @param addressesUp of these, that calls may try now
 * @param calls at a time, now
 * @param maxCalls 0: no limit
 * @param attempts calls sent to it
 * @param answered of these
 * @param failed of these, that ended without an answer
 * @param received calls that came from it
 * @param limited calls that it had no room for: rate, or calls at a time
 * @param messages sent to it
 * @param messagesTaken of these
 * @param messagesFailed of these, that it refused, or was not heard of in time
 */
public record TrunkRow(
        String carrier,
        String tenant,
        String name,
        String peer,
        String state,
        int addresses,
        int addressesUp,
        int calls,
        int maxCalls,
        long attempts,
        long answered,
        long failed,
        long received,
        long limited,
        long messages,
        long messagesTaken,
        long messagesFailed) {}
