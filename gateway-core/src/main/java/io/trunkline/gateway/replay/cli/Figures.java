package io.trunkline.gateway.replay.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Counts, shares, money and times as people read them; whole numbers all the way. */
final class Figures {
    private static final long HUNDREDTHS_OF_A_PERCENT = 10_000;
    private static final long MICROS_PER_CENT = 10_000;

    private Figures() {}

    /** {@code 1,204,331}. */
    static String count(final long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 16.87 %} of a whole; a dash where there is no whole. */
    static String share(final long part, final long whole) {
        return whole == 0 ? "-" : hundredths(rounded(part * HUNDREDTHS_OF_A_PERCENT, whole)) + " %";
    }

    /** By how many points of percent a share changes, with its sign. */
    static String points(final long before, final long after, final long whole) {
        return whole == 0 ? "-" : signed(rounded((after - before) * HUNDREDTHS_OF_A_PERCENT, whole));
    }

    /** Change in percent, with its sign; a dash where there was nothing before. */
    static String change(final long before, final long after) {
        return before == 0 ? "-" : signed(rounded((after - before) * HUNDREDTHS_OF_A_PERCENT, before)) + " %";
    }

    /** Millionths of the currency's unit, to the cent. */
    static String money(final long micros) {
        final long cents = rounded(micros, MICROS_PER_CENT);
        return String.format(
                Locale.ROOT, "%s%,d.%02d", cents < 0 ? "-" : "", Math.abs(cents) / 100, Math.abs(cents) % 100);
    }

    /** {@code 2026-11-21T08:00:00Z}. */
    static String time(final long ns) {
        return Instant.ofEpochSecond(0, ns).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code 1.5 s}. */
    static String seconds(final long ns) {
        final long tenths = rounded(ns, TimeUnit.MILLISECONDS.toNanos(100));
        return tenths / 10 + "." + tenths % 10 + " s";
    }

    private static String signed(final long hundredths) {
        return (hundredths > 0 ? "+" : hundredths < 0 ? "-" : "") + hundredths(Math.abs(hundredths));
    }

    private static String hundredths(final long value) {
        return String.format(Locale.ROOT, "%d.%02d", value / 100, value % 100);
    }

    /** The quotient to the nearest whole number, halves away from zero. */
    private static long rounded(final long dividend, final long divisor) {
        final long half = divisor / 2;
        return (dividend < 0 ? dividend - half : dividend + half) / divisor;
    }
}
