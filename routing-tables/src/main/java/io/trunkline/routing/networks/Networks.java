package io.trunkline.routing.networks;

import io.trunkline.routing.numbers.LiveNumbers;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which mobile network a number belongs to: the one it was ported to, else the one whose range it is in, else unknown. Any
 * thread asks, without locks and without allocating. Ranges never change, ported numbers may ({@link LiveNumbers}).
 */
public final class Networks {
    /** Every network is unknown. */
    public static final Networks EMPTY = new Networks(NumberRanges.EMPTY, null);

    private final NumberRanges ranges;
    /** Their values are {@link MccMnc}; null where no numbers are known to be ported. */
    private final LiveNumbers ported;

    private Networks(final NumberRanges ranges, final LiveNumbers ported) {
        this.ranges = ranges;
        this.ported = ported;
    }

    /** Networks by ranges alone. */
    public static Networks of(final NumberRanges ranges) {
        return new Networks(ranges, null);
    }

    /**
     * Networks by ported numbers and ranges.
     *
     * @param ported their values are {@link MccMnc}
     */
    public static Networks of(final NumberRanges ranges, final LiveNumbers ported) {
        return new Networks(ranges, ported);
    }

    /** How a network came to be known. */
    public enum Source {
        PORTED,
        RANGE,
        UNKNOWN
    }

    /** A network and how it came to be known, for people. */
    public record Answer(int network, Source source) {
        @Override
        public String toString() {
            return switch (source) {
                case PORTED -> "network " + MccMnc.text(network) + ", ported";
                case RANGE -> "network " + MccMnc.text(network) + ", by range";
                case UNKNOWN -> "network unknown";
            };
        }
    }

    /** The {@link MccMnc} of a number in ASCII digits without sign, or {@link MccMnc#UNKNOWN}. */
    public int network(final DirectBuffer digits, final int offset, final int length) {
        final int itsOwn = ported == null ? MccMnc.UNKNOWN : (int) ported.value(digits, offset, length);
        return itsOwn == MccMnc.UNKNOWN ? ranges.network(digits, offset, length) : itsOwn;
    }

    /** As {@link #network}, with how it came to be known; allocates. */
    public Answer explain(final String digits) {
        final byte[] octets = digits.getBytes(StandardCharsets.ISO_8859_1);
        final UnsafeBuffer buffer = new UnsafeBuffer(octets);
        if (ported != null) {
            final int itsOwn = (int) ported.value(buffer, 0, octets.length);
            if (itsOwn != MccMnc.UNKNOWN) {
                return new Answer(itsOwn, Source.PORTED);
            }
        }
        final int byRange = ranges.network(buffer, 0, octets.length);
        return new Answer(byRange, byRange == MccMnc.UNKNOWN ? Source.UNKNOWN : Source.RANGE);
    }
}
