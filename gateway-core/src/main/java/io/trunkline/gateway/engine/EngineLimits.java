package io.trunkline.gateway.engine;

import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.Limits;

/**
 * The engine's own limits.
 *
 * @param openUnits units that may be open at once; above that submits are refused as overloaded
 * @param payloadBytes memory for bodies of units that wait; above that bodies stay in the journal alone
 * @param maxSegments segments a message may have, 1..{@value Unit#MAX_SEGMENTS}
 * @param dedupeEntries references remembered
 * @param dedupeWindowMs how long a reference is remembered
 * @param earlyReceipts receipts per carrier that may wait for their answer
 * @param earlyReceiptHoldMs how long they wait
 * @param reassemblyMessages inbound messages that may be incomplete at once
 * @param reassemblyTimeoutMs how long their missing parts are awaited
 * @param failoverAfterMs how long a carrier may be without a bind before its waiting units go elsewhere
 */
public record EngineLimits(
        int openUnits,
        long payloadBytes,
        int maxSegments,
        int dedupeEntries,
        long dedupeWindowMs,
        int earlyReceipts,
        long earlyReceiptHoldMs,
        int reassemblyMessages,
        long reassemblyTimeoutMs,
        long failoverAfterMs) {
    /** The limits of a config; bodies may use {@code payloadBytes}. */
    public static EngineLimits of(final Gateway gateway, final long payloadBytes) {
        final Limits limits = gateway.limits();
        return new EngineLimits(
                limits.openUnits(),
                payloadBytes,
                Math.min(Unit.MAX_SEGMENTS, limits.segmentsPerMessage()),
                limits.dedupe().entries(),
                limits.dedupe().window().toMillis(),
                limits.earlyReceipts().entries(),
                limits.earlyReceipts().ttl().toMillis(),
                limits.reassembly().messages(),
                limits.reassembly().timeout().toMillis(),
                gateway.timeouts().failover().toMillis());
    }
}
