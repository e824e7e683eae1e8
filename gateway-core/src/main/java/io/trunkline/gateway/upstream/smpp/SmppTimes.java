package io.trunkline.gateway.upstream.smpp;

import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times of SMPP (3.4 §7.1.1): {@code YYMMDDhhmmsstnnp}, absolute with an offset from UTC in quarters of an hour, or
 * relative where {@code p} is {@code R}. Read from the octets, without allocation.
 *
 * <pre>
 *   YY MM DD hh mm ss t  nn p
 *   26 12 24 18 30 00 0  04 +     24 December 2026, 18:30:00 one hour ahead of UTC
 *   00 00 00 02 00 00 0  00 R     in two hours
 * </pre>
 */
final class SmppTimes {
    static final int LENGTH = 16;
    /** Octets that are no time. */
    static final long INVALID = -1;

    private static final int CENTURY = 2000;
    private static final long DAY_MS = 86_400_000L;
    private static final long QUARTER_MS = 900_000L;
    private static final int MAX_QUARTERS = 48;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss").withZone(ZoneOffset.UTC);

    private SmppTimes() {}

    /**
     * Reads a time.
     *
     * @param nowMs what a relative time starts from, ms since the epoch
     * @return ms since the epoch, or {@link #INVALID}
     */
    static long read(final ByteBuf buffer, final int offset, final int length, final long nowMs) {
        if (length != LENGTH) {
            return INVALID;
        }
        for (int i = 0; i < LENGTH - 1; i++) {
            final int octet = buffer.getByte(offset + i);
            if (octet < '0' || octet > '9') {
                return INVALID;
            }
        }
        final int direction = buffer.getByte(offset + LENGTH - 1);
        final int years = two(buffer, offset);
        final int months = two(buffer, offset + 2);
        final int days = two(buffer, offset + 4);
        final long ofDayMs = ofDayMs(buffer, offset + 6);
        if (direction == 'R') {
            // A year has 365 days here and a month 30: nobody means these exactly.
            return nowMs + (years * 365L + months * 30L + days) * DAY_MS + ofDayMs;
        }
        final int quarters = two(buffer, offset + 13);
        if ((direction != '+' && direction != '-')
                || quarters > MAX_QUARTERS
                || ofDayMs >= DAY_MS
                || !isTimeOfDay(buffer, offset + 6)
                || !isDate(years, months, days)) {
            return INVALID;
        }
        final long localMs = daysSinceEpoch(CENTURY + years, months, days) * DAY_MS + ofDayMs;
        return direction == '+' ? localMs - quarters * QUARTER_MS : localMs + quarters * QUARTER_MS;
    }

    /** The absolute time in UTC, for answers that are rare enough to be given a string. */
    static String utc(final long epochMs) {
        return UTC.format(Instant.ofEpochMilli(epochMs)) + (epochMs / 100 % 10) + "00+";
    }

    private static long ofDayMs(final ByteBuf buffer, final int at) {
        return two(buffer, at) * 3_600_000L
                + two(buffer, at + 2) * 60_000L
                + two(buffer, at + 4) * 1_000L
                + (buffer.getByte(at + 6) - '0') * 100L;
    }

    private static boolean isTimeOfDay(final ByteBuf buffer, final int at) {
        return two(buffer, at) < 24 && two(buffer, at + 2) < 60 && two(buffer, at + 4) < 60;
    }

    private static boolean isDate(final int year, final int month, final int day) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        final int last = switch (month) {
            case 4, 6, 9, 11 -> 30;
            // Within 2000..2099 every fourth year is one.
            case 2 -> year % 4 == 0 ? 29 : 28;
            default -> 31;
        };
        return day <= last;
    }

    /** Gregorian calendar, years from March on so that the leap day comes last. */
    private static long daysSinceEpoch(final int year, final int month, final int day) {
        final int y = month <= 2 ? year - 1 : year;
        final int era = y / 400;
        final int ofEra = y % 400;
        final int ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097L + ofEra * 365L + ofEra / 4 - ofEra / 100 + ofYear - 719_468L;
    }

    private static int two(final ByteBuf buffer, final int at) {
        return (buffer.getByte(at) - '0') * 10 + buffer.getByte(at + 1) - '0';
    }
}
