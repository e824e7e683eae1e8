package io.trunkline.gateway.journal.seal;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Enciphers and deciphers bodies with the keys of {@link PeriodKeys}: an XOR with a ChaCha20 stream, the same either way. One
 * instance per thread; allocates nothing.
 */
public final class PeriodCipher {
    /** Nothing is enciphered. */
    public static final PeriodCipher NONE = new PeriodCipher(PeriodKeys.none(), 0);

    /** What a body is of: a part of what its stream depends on, beside the period's key and a number of its own. */
    public enum Use {
        ACCEPTED(1),
        INBOUND(2),
        INBOUND_PART(3);

        private final int number;

        Use(final int number) {
            this.number = number;
        }
    }

    private static final long UNSIGNED_NULL = 0xFFFF_FFFFL;

    private final PeriodKeys keys;
    private final ChaCha20 cipher = new ChaCha20();
    private long nonce;

    PeriodCipher(final PeriodKeys keys, final long firstNonce) {
        this.keys = keys;
        this.nonce = firstNonce;
    }

    /** The period that a record names; one of an older version names none. */
    public static int period(final long recorded) {
        return recorded == UNSIGNED_NULL ? PeriodKeys.NONE : (int) recorded;
    }

    /** The period of bodies that are journaled now, wall time; {@link PeriodKeys#NONE}: they are not enciphered. */
    public int current(final long nowMs) {
        return keys.current(nowMs);
    }

    /** For a body whose record has no unit. */
    public long nextNonce() {
        return nonce++;
    }

    /** Whether a body of this period can be read; the key of one whose time is over is gone. */
    public boolean opens(final int period) {
        return period == PeriodKeys.NONE || keys.key(period) != null;
    }

    /**
     * Enciphers a body where it stands, or deciphers it.
     *
     * @param number tells the body from all others of its use and period: its unit, or a nonce
     * @return false where the key is gone, and nothing was done
     */
    public boolean apply(
            final int period,
            final Use use,
            final long number,
            final MutableDirectBuffer body,
            final int offset,
            final int length) {
        if (period == PeriodKeys.NONE) {
            return true;
        }
        final UnsafeBuffer key = keys.key(period);
        if (key == null) {
            return false;
        }
        cipher.key(key, 0);
        cipher.begin(0, use.number, (int) number, (int) (number >>> Integer.SIZE));
        cipher.apply(body, offset, length);
        return true;
    }
}
