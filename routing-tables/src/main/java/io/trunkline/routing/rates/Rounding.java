package io.trunkline.routing.rates;

import java.util.Locale;

/**
 * How an amount that is no whole number of steps becomes one. Only calls need it: a price of a minute for some seconds. A
 * message's amount is its rate times whole segments, and exact.
 *
 * @param decimals of the result, 0..{@value Micros#DECIMALS}
 */
public record Rounding(Mode mode, int decimals) {
    /** To the millionth, halves away from zero. */
    public static final Rounding EXACT = new Rounding(Mode.HALF_UP, Micros.DECIMALS);

    /** Which way. */
    public enum Mode {
        HALF_UP,
        HALF_EVEN,
        UP,
        DOWN;

        /** As written in configuration: {@code half-up}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Rounding {
        if (decimals < 0 || decimals > Micros.DECIMALS) {
            throw new IllegalArgumentException(decimals + " decimals are outside 0.." + Micros.DECIMALS);
        }
    }

    /**
     * A quotient in {@link Micros}, rounded.
     *
     * @param numerator not below zero
     * @param denominator above zero
     * @throws ArithmeticException where the denominator is too large for a long at this rounding
     */
    public long divide(final long numerator, final long denominator) {
        if (numerator < 0 || denominator <= 0) {
            throw new IllegalArgumentException(numerator + " / " + denominator);
        }
        final long step = step();
        final long divisor = Math.multiplyExact(denominator, step);
        final long floor = numerator / divisor;
        final long rest = numerator % divisor;
        return (roundsUp(floor, rest, divisor) ? floor + 1 : floor) * step;
    }

    private boolean roundsUp(final long floor, final long rest, final long divisor) {
        // Compares the rest with its complement: twice the rest may be no long.
        final int half = Long.compare(rest, divisor - rest);
        return switch (mode) {
            case UP -> rest > 0;
            case DOWN -> false;
            case HALF_UP -> half >= 0;
            case HALF_EVEN -> half > 0 || (half == 0 && (floor & 1) != 0);
        };
    }

    private long step() {
        long step = 1;
        for (int i = decimals; i < Micros.DECIMALS; i++) {
            step *= 10;
        }
        return step;
    }
}
