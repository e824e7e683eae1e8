package io.trunkline.smpp.receipt;

import org.agrona.DirectBuffer;

/** Dates of receipt texts: YYMMDDhhmm (SMPP 3.4 Appendix B), YYMMDDhhmmss or YYYYMMDDhhmmss, told apart by their length. */
public final class ReceiptDate {
    /** No date, or none that exists; some carriers write zeros. */
    public static final long NONE = Long.MIN_VALUE;

    private static final long DAY_MS = 86_400_000L;

    private ReceiptDate() {}

    /**
     * Milliseconds since the epoch as if the date were in UTC: the carrier's offset is to be taken off.
     *
     * @return {@link #NONE} where it is no date
     */
    public static long localMillis(final DirectBuffer src, final int offset, final int length) {
        if (length != 10 && length != 12 && length != 14) {
            return NONE;
        }
        for (int i = 0; i < length; i++) {
            if (!Ascii.digit(src.getByte(offset + i))) {
                return NONE;
            }
        }
        final int yearDigits = length == 14 ? 4 : 2;
        final int year = number(src, offset, yearDigits) + (yearDigits == 2 ? 2000 : 0);
        final int rest = offset + yearDigits;
        final int month = number(src, rest, 2);
        final int day = number(src, rest + 2, 2);
        final int hour = number(src, rest + 4, 2);
        final int minute = number(src, rest + 6, 2);
        final int second = length == 10 ? 0 : number(src, rest + 8, 2);
        if (month < 1 || month > 12 || day < 1 || day > days(year, month) || hour > 23 || minute > 59 || second > 60) {
            return NONE;
        }
        return epochDay(year, month, day) * DAY_MS + (hour * 3600 + minute * 60 + second) * 1000L;
    }

    private static int number(final DirectBuffer src, final int offset, final int digits) {
        int number = 0;
        for (int i = 0; i < digits; i++) {
            number = number * 10 + src.getByte(offset + i) - '0';
        }
        return number;
    }

    private static int days(final int year, final int month) {
        if (month == 2) {
            final boolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
            return leap ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Days since 1970-01-01 in the proleptic Gregorian calendar. */
    private static long epochDay(final int year, final int month, final int day) {
        final int y = month <= 2 ? year - 1 : year;
        final int era = Math.floorDiv(y, 400);
        final int yearOfEra = y - era * 400;
        final int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        final int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468L;
    }
}
