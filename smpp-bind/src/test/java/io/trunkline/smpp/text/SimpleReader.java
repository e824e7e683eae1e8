package io.trunkline.smpp.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads segments as plainly as can be, for comparison: strings of bits, lists, the JDK's charsets. */
final class SimpleReader {
    private SimpleReader() {}

    static String read(final byte[] segment, final SegmentPlan plan, final TextProfile profile, final int pdu) {
        NationalLanguage locking = NationalLanguage.DEFAULT;
        NationalLanguage single = NationalLanguage.DEFAULT;
        boolean numbered = false;
        int header = 0;
        if (plan.esmClass() == 0x40) {
            header = segment[0] + 1;
            for (int i = 1; i < header; i += 2 + segment[i + 1]) {
                switch (segment[i]) {
                    case 0x00 -> {
                        numbered = true;
                        expect(segment[i + 2] & 0xFF, 0x34);
                        expect(segment[i + 3] & 0xFF, plan.segments());
                        expect(segment[i + 4] & 0xFF, pdu + 1);
                    }
                    case 0x08 -> {
                        numbered = true;
                        expect(segment[i + 2] & 0xFF, 0x12);
                        expect(segment[i + 3] & 0xFF, 0x34);
                        expect(segment[i + 4] & 0xFF, plan.segments());
                        expect(segment[i + 5] & 0xFF, pdu + 1);
                    }
                    case 0x24 -> single = NationalLanguage.of(segment[i + 2]);
                    case 0x25 -> locking = NationalLanguage.of(segment[i + 2]);
                    default -> throw new AssertionError("element " + segment[i]);
                }
            }
        }
        if (numbered != (plan.pdus() > 1 && !plan.sar())) {
            throw new AssertionError("a concatenation header stands where none belongs, or is missing");
        }
        final byte[] body = Arrays.copyOfRange(segment, header, segment.length);
        return switch (plan.encoding()) {
            case UCS2 -> new String(body, StandardCharsets.UTF_16BE);
            case LATIN1 -> new String(body, StandardCharsets.ISO_8859_1);
            case GSM7 ->
                profile.defaultAlphabet() == DefaultAlphabet.ASCII
                        ? new String(body, StandardCharsets.US_ASCII)
                        : septets(profile.packed() ? unpack(body, header) : list(body), locking, single);
            case BINARY -> throw new AssertionError("binary");
        };
    }

    private static void expect(final int actual, final int expected) {
        if (actual != expected) {
            throw new AssertionError(actual + " where " + expected + " belongs");
        }
    }

    private static List<Integer> list(final byte[] body) {
        final List<Integer> septets = new ArrayList<>();
        for (final byte octet : body) {
            septets.add((int) octet);
        }
        return septets;
    }

    static List<Integer> unpack(final byte[] body, final int headerOctets) {
        final StringBuilder bits = new StringBuilder();
        for (final byte octet : body) {
            for (int bit = 0; bit < 8; bit++) {
                bits.append((octet >> bit & 1) == 0 ? '0' : '1');
            }
        }
        int from = 0;
        while ((headerOctets * 8 + from) % 7 != 0) {
            from++;
        }
        final List<Integer> septets = new ArrayList<>();
        for (; from + 7 <= bits.length(); from += 7) {
            septets.add(Integer.parseInt(
                    new StringBuilder(bits.substring(from, from + 7)).reverse().toString(), 2));
        }
        final boolean endsOnBoundary = from == bits.length();
        if (endsOnBoundary && !septets.isEmpty() && septets.get(septets.size() - 1) == '\r') {
            septets.remove(septets.size() - 1);
        }
        return septets;
    }

    private static String septets(
            final List<Integer> septets, final NationalLanguage locking, final NationalLanguage single) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < septets.size(); i++) {
            if (septets.get(i) == 0x1B) {
                text.append(ShiftTables.SINGLE[single.identifier()].charAt(septets.get(++i)));
            } else {
                text.append(ShiftTables.LOCKING[locking.identifier()].charAt(septets.get(i)));
            }
        }
        return text.toString();
    }

    /** Octets of user data in the short message that the MC makes of this. */
    static int airOctets(final byte[] segment, final SegmentPlan plan, final TextProfile profile) {
        if (plan.encoding() != Encoding.GSM7 || profile.packed()) {
            return segment.length;
        }
        final int header = plan.esmClass() == 0x40 ? segment[0] + 1 : 0;
        int septets = segment.length - header;
        if (profile.defaultAlphabet() == DefaultAlphabet.ASCII) {
            for (int i = header; i < segment.length; i++) {
                septets += "^{}\\[~]|\f".indexOf(segment[i]) >= 0 ? 1 : 0;
            }
        }
        return (((header * 8 + 6) / 7 + septets) * 7 + 7) / 8;
    }
}
