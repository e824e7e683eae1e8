package io.trunkline.gateway.calls;

import io.trunkline.sip.stir.Outcome;
import java.util.Locale;

/** What the signature of a call from the network is worth, under numbers that are stable for ever: {@code CallEnded.verdict}. */
public enum CallVerdict {
    /** Nobody looked: the call goes out, or its trunk verifies nothing. */
    NONE(0, null),
    VERIFIED(1, Outcome.VERIFIED),
    NO_IDENTITY(2, Outcome.NO_IDENTITY),
    MALFORMED(3, Outcome.MALFORMED),
    UNSUPPORTED(4, Outcome.UNSUPPORTED),
    STALE(5, Outcome.STALE),
    WRONG_NUMBER(6, Outcome.WRONG_NUMBER),
    UNREACHABLE(7, Outcome.UNREACHABLE),
    UNTRUSTED(8, Outcome.UNTRUSTED),
    FORGED(9, Outcome.FORGED),
    REPLAYED(10, Outcome.REPLAYED),
    OVERLOADED(11, Outcome.OVERLOADED);

    private static final CallVerdict[] ALL = values();

    private final int number;
    private final Outcome outcome;

    CallVerdict(final int number, final Outcome outcome) {
        this.number = number;
        this.outcome = outcome;
    }

    public int number() {
        return number;
    }

    /** For people and programs: {@code no-identity}; empty for {@link #NONE}. */
    public String word() {
        return this == NONE ? "" : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The verdict of a number from the journal; {@link #NONE} for one that this release does not know. */
    public static CallVerdict of(final int number) {
        for (final CallVerdict verdict : ALL) {
            if (verdict.number == number) {
                return verdict;
            }
        }
        return NONE;
    }

    /** The letter of an attestation in a record, as {@code A}; empty where there is none, or the record is older than the field. */
    public static String letter(final int code) {
        return code >= 'A' && code <= 'C' ? Character.toString(code) : "";
    }

    static CallVerdict of(final Outcome outcome) {
        for (final CallVerdict verdict : ALL) {
            if (verdict.outcome == outcome) {
                return verdict;
            }
        }
        throw new IllegalArgumentException("no number for " + outcome);
    }
}
