package io.trunkline.sip.trunk;

import io.trunkline.sip.locate.Locator;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;

/**
 * All that {@link Trunks} need.
 *
 * @param locator finds the peers
 * @param flows how to get to them
 * @param clock milliseconds that never go back
 * @param random 64 bits that peers cannot guess
 * @param door how unknown addresses are met
 */
public record TrunksContext(Locator locator, Flows flows, EpochClock clock, LongSupplier random, DoorSettings door) {}
