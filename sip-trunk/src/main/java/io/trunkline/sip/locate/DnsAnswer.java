package io.trunkline.sip.locate;

import java.util.List;

/**
 * What became of a query.
 *
 * @param records empty unless found
 * @param ttlSec the shortest time to live among them, s
 */
public record DnsAnswer(Outcome outcome, List<DnsRecord> records, long ttlSec) {
    /** Nothing, for certain: no such name, or none of this type. */
    public static final DnsAnswer NONE = new DnsAnswer(Outcome.NONE, List.of(), 0);
    /** No answer, or a useless one; another time there may be one. */
    public static final DnsAnswer FAILED = new DnsAnswer(Outcome.FAILED, List.of(), 0);

    /** How a query, or a whole location, ended. */
    public enum Outcome {
        FOUND,
        NONE,
        FAILED
    }

    public DnsAnswer {
        records = List.copyOf(records);
    }

    /** Records that were found; no records are {@link #NONE}. */
    public static DnsAnswer found(final List<DnsRecord> records, final long ttlSec) {
        return records.isEmpty() ? NONE : new DnsAnswer(Outcome.FOUND, records, ttlSec);
    }
}
