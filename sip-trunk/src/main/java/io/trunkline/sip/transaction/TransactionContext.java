package io.trunkline.sip.transaction;

import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;

/**
 * All that a {@link TransactionLayer} needs.
 *
 * @param limits how much it may hold
 * @param timers how long it waits
 * @param clock milliseconds that never go back; read once per message and poll, so a cached clock will do
 * @param random 64 bits that peers cannot guess: branches and the secret of the key hash come from it
 * @param transport what it sends through
 * @param user what it serves
 */
public record TransactionContext(
        TransactionLimits limits,
        TimerValues timers,
        EpochClock clock,
        LongSupplier random,
        MessageTransport transport,
        TransactionUser user) {}
