package io.trunkline.routing.rates;

import io.trunkline.routing.networks.MccMnc;

/** What a rate is looked up for; reused. */
public final class RateQuery {
    private static final int ALIGNED_DIGITS = RateRow.MAX_PREFIX;
    private static final long[] POWER_OF_TEN = powersOfTen();

    /** Of {@link RateBook#owner}. */
    public int owner;

    public int network = MccMnc.UNKNOWN;
    public int senderClass = SenderClasses.ANY;

    /** Since the epoch. */
    public long atSecond;

    /** Of the row that was found last, as {@link RateBook#micros}. */
    public long micros;

    private long number;

    /** The number, as if it had fifteen digits. */
    private long aligned;

    private int digits;

    /** Among which prefixes the number was looked for last. */
    private PrefixPlaces placedIn;

    private int place;

    private static long[] powersOfTen() {
        final long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /** Ten to the power of 0..18. */
    static long powerOfTen(final int exponent) {
        return POWER_OF_TEN[exponent];
    }

    /**
     * Sets the number.
     *
     * @param number digits without sign or leading zero, as a decimal number; of more than fifteen only the first count
     */
    public RateQuery number(final long number) {
        if (number == this.number && digits > 0) {
            return this;
        }
        this.number = number;
        placedIn = null;
        digits = digits(number);
        if (digits > ALIGNED_DIGITS) {
            aligned = number / POWER_OF_TEN[digits - ALIGNED_DIGITS];
            digits = ALIGNED_DIGITS;
        } else {
            aligned = number * POWER_OF_TEN[ALIGNED_DIGITS - digits];
        }
        return this;
    }

    private static int digits(final long number) {
        // 1233 / 4096 is a little more than the logarithm of 2 to the base 10: exact, or one too few.
        final int guess = ((Long.SIZE - Long.numberOfLeadingZeros(number)) * 1233) >>> 12;
        return guess < POWER_OF_TEN.length && number >= POWER_OF_TEN[guess] ? guess + 1 : guess;
    }

    /** The place of the number among prefixes; searched for once. */
    int placeIn(final PrefixPlaces places) {
        if (placedIn != places) {
            placedIn = places;
            place = places.longest(aligned, digits);
        }
        return place;
    }

    long aligned() {
        return aligned;
    }

    int digits() {
        return digits;
    }
}
