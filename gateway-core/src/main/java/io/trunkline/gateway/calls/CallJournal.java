package io.trunkline.gateway.calls;

import io.trunkline.sip.stir.Verdict;

/**
 * Where calls are written down, a method for each record; used by whoever joins calls to trunks, on the shard's thread. Calls
 * are named by the unit id that {@link #started} gives; of a unit that is not open nothing is written.
 *
 * <p>Times are milliseconds of one clock that never goes back, whatever its origin: that of the calls' desk. Durations come
 * from it alone. Nothing that a record speaks of leaves the process before the record is durable, as with messages.
 */
public interface CallJournal {
    /**
     * A call exists from here on, and will have exactly one end.
     *
     * @return its unit id
     */
    long started(CallStart start, long atMs);

    /** What its caller's signature is worth is known: all further records say it. */
    void verified(long unit, Verdict verdict);

    /** An INVITE goes to a target. */
    void attempted(long unit, CallTry target, long atMs);

    /** A provisional response other than 100 was passed on to the caller. */
    void progressed(long unit, int status, long atMs);

    /**
     * The target that was tried last was given up.
     *
     * @param cause Q.850
     */
    void gaveUp(long unit, int status, int cause, long atMs);

    /** The target that was tried last answered, and the caller was told. */
    void answered(long unit, long atMs);

    /** It is over. */
    void ended(long unit, CallEnd end);
}
