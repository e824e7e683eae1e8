package io.trunkline.perf.load;

/**
 * What a {@link Role} that has been closed still knows of each of its units, so that what others wrote down of them can
 * be joined: by the number in the unit's text and client reference.
 */
public interface MarkedUnits {
    /** Number of the unit with index 0. */
    long firstUnit();

    /** Units that were meant to be sent: their indexes are 0 to one less. */
    long units();

    /** When the unit was meant to leave, as {@link System#nanoTime()} tells it. */
    long intendedNs(long index);

    boolean acknowledged(long index);

    /** It had its last word. */
    boolean ended(long index);

    /** Its last word was that it was delivered. */
    boolean delivered(long index);
}
