package io.trunkline.gateway.billing.cdr;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Octets of a file that is being written: ASCII, numbers, amounts and times, without a String for each. */
final class CdrText {
    /** Written out when it has grown to this. */
    static final int FULL_BYTES = 64 * 1024;

    private static final int MS_PER_SECOND = 1000;
    private static final int MICROS_PER_UNIT = 1_000_000;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] octets = new byte[2 * FULL_BYTES];
    private int length;
    private final byte[] digits = new byte[20];
    private long secondOfText = Long.MIN_VALUE;
    private byte[] textOfSecond = {};

    int length() {
        return length;
    }

    byte octet(final int index) {
        return octets[index];
    }

    private void room(final int wanted) {
        if (length + wanted > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + wanted));
        }
    }

    CdrText put(final int octet) {
        room(1);
        octets[length++] = (byte) octet;
        return this;
    }

    /** ASCII. */
    CdrText put(final String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            octets[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    CdrText number(final long value) {
        if (value < 0) {
            put('-');
        }
        long rest = Math.abs(value);
        int at = digits.length;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        room(digits.length - at);
        System.arraycopy(digits, at, octets, length, digits.length - at);
        length += digits.length - at;
        return this;
    }

    private CdrText padded(final long value, final int width) {
        long power = 1;
        for (int i = 1; i < width; i++) {
            power *= 10;
        }
        for (; power > value && power > 1; power /= 10) {
            put('0');
        }
        return number(value);
    }

    /** An amount with six decimals: {@code 0.007500}. */
    CdrText micros(final long amount) {
        if (amount < 0) {
            put('-');
        }
        final long magnitude = Math.abs(amount);
        return number(magnitude / MICROS_PER_UNIT).put('.').padded(magnitude % MICROS_PER_UNIT, 6);
    }

    /** UTC with milliseconds: {@code 2026-11-21T08:00:00.123Z}. */
    CdrText time(final long epochMs) {
        second(Math.floorDiv(epochMs, (long) MS_PER_SECOND));
        return put('.').padded(Math.floorMod(epochMs, MS_PER_SECOND), 3).put('Z');
    }

    /** UTC: {@code 2026-11-21T08:00:00Z}. */
    CdrText timeOfSecond(final long epochSecond) {
        second(epochSecond);
        return put('Z');
    }

    private void second(final long epochSecond) {
        if (epochSecond != secondOfText) {
            secondOfText = epochSecond;
            final String text =
                    LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC).toString();
            // The JDK leaves out seconds that are zero.
            textOfSecond = (text.length() == "2026-11-21T08:00".length() ? text + ":00" : text)
                    .getBytes(StandardCharsets.US_ASCII);
        }
        room(textOfSecond.length);
        System.arraycopy(textOfSecond, 0, octets, length, textOfSecond.length);
        length += textOfSecond.length;
    }

    /** Sixteen octets as hexadecimal digits. */
    CdrText hex(final long hi, final long lo) {
        room(32);
        for (int shift = 60; shift >= 0; shift -= 4) {
            octets[length++] = HEX[(int) (hi >>> shift) & 0xF];
        }
        for (int shift = 60; shift >= 0; shift -= 4) {
            octets[length++] = HEX[(int) (lo >>> shift) & 0xF];
        }
        return this;
    }

    /** {@code %3D}. */
    CdrText percent(final int octet) {
        return put('%').put(Character.toUpperCase(HEX[octet >>> 4 & 0xF])).put(Character.toUpperCase(HEX[octet & 0xF]));
    }

    /** Takes back what was put behind a length. */
    void truncate(final int newLength) {
        length = newLength;
    }

    /** What was put behind a length. */
    String from(final int begin) {
        return new String(octets, begin, length - begin, StandardCharsets.ISO_8859_1);
    }

    /** All of it. */
    byte[] octets() {
        return Arrays.copyOf(octets, length);
    }

    void clear() {
        length = 0;
    }

    void writeTo(final OutputStream out) throws IOException {
        out.write(octets, 0, length);
        clear();
    }

    @Override
    public String toString() {
        return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    }
}
