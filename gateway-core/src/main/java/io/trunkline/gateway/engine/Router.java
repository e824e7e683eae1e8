package io.trunkline.gateway.engine;

import org.agrona.DirectBuffer;

/** Where units go, decided on the routing snapshot in force. */
public interface Router {
    /**
     * Finds the carriers for a unit, best first.
     *
     * @param carriers receives the carriers' numbers in the journal
     * @return how many there are; 0: no route
     */
    int route(int tenant, int messageClass, DirectBuffer digits, int offset, int length, long unitId, int[] carriers);

    /** Version of the snapshot that the last {@link #route} used. */
    int tableVersion();

    /** Row of that snapshot that decided; for the journal and {@code explain}. */
    int tableRow();

    /** The tenant that owns a number, for inbound; 0: nobody. */
    int owner(DirectBuffer digits, int offset, int length);
}
