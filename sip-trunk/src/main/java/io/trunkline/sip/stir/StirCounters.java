package io.trunkline.sip.stir;

import java.util.EnumMap;
import java.util.Map;
import org.agrona.collections.MutableLong;

/** What was signed and verified; written and read by one thread. */
public final class StirCounters {
    long signed;
    long notSigned;
    private final Map<Outcome, MutableLong> outcomes = new EnumMap<>(Outcome.class);

    public StirCounters() {
        for (final Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new MutableLong());
        }
    }

    /** Calls signed. */
    public long signed() {
        return signed;
    }

    /** Calls that were to be signed and were not: no room, a certificate that has run out. */
    public long notSigned() {
        return notSigned;
    }

    /** Verifications that ended so. */
    public long ended(final Outcome outcome) {
        return outcomes.get(outcome).get();
    }

    void count(final Outcome outcome) {
        outcomes.get(outcome).increment();
    }
}
