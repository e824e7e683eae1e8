package io.trunkline.sip.stir;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Which numbers a certificate is good for: its TN authorization list (RFC 8226 §9).
 *
 * <pre>
 *   SEQUENCE OF CHOICE {
 *     [0] IA5String                              service provider code: whatever numbers the provider has
 *     [1] SEQUENCE { IA5String, INTEGER }        so many numbers from this one on
 *     [2] IA5String                              one number
 *   }
 * </pre>
 *
 * @param providers service provider codes; a certificate with one is good for numbers that are not listed anywhere
 * @param ranges runs of numbers, a single number being a run of one
 */
public record TnAuthorization(List<String> providers, List<Run> ranges) {
    /** The extension's object identifier. */
    public static final String OID = "1.3.6.1.5.5.7.1.26";

    /** A certificate without the list. */
    public static final TnAuthorization NONE = new TnAuthorization(List.of(), List.of());

    private static final int MAX_ENTRIES = 10_000;
    private static final int OCTET_STRING = 0x04;
    private static final int INTEGER = 0x02;
    private static final int IA5_STRING = 0x16;
    private static final int SEQUENCE = 0x30;
    private static final int PROVIDER = 0xa0;
    private static final int RANGE = 0xa1;
    private static final int ONE = 0xa2;
    private static final int MAX_NUMBER_DIGITS = 15;

    /**
     * Numbers that follow each other.
     *
     * @param first canonical
     * @param count how many
     */
    public record Run(String first, long count) {
        boolean holds(final String number) {
            if (count == 1 || number.length() > MAX_NUMBER_DIGITS || !isDigits(number)) {
                return first.equals(number);
            }
            final long distance = Long.parseLong(number) - Long.parseLong(first);
            return number.length() == first.length() && distance >= 0 && distance < count;
        }
    }

    public TnAuthorization {
        providers = List.copyOf(providers);
        ranges = List.copyOf(ranges);
    }

    /** Whether there is a list at all. */
    public boolean isGiven() {
        return !providers.isEmpty() || !ranges.isEmpty();
    }

    /** Whether the certificate may sign for a number, canonical, as far as the list tells. */
    public boolean covers(final String number) {
        if (!providers.isEmpty()) {
            return true;
        }
        for (final Run run : ranges) {
            if (run.holds(number)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads the extension's value as {@link java.security.cert.X509Extension#getExtensionValue} gives it.
     *
     * @return null where it is not what RFC 8226 says
     */
    public static TnAuthorization read(final byte[] extension) {
        final Der outer = new Der(extension, 0, extension.length);
        final Der value = outer.next(OCTET_STRING);
        final Der list = value == null || !outer.atEnd() ? null : value.next(SEQUENCE);
        if (list == null || list.atEnd() || !value.atEnd()) {
            return null;
        }
        final List<String> providers = new ArrayList<>();
        final List<Run> ranges = new ArrayList<>();
        while (!list.atEnd()) {
            if (providers.size() + ranges.size() == MAX_ENTRIES || !entry(list, providers, ranges)) {
                return null;
            }
        }
        return new TnAuthorization(providers, ranges);
    }

    private static boolean entry(final Der list, final List<String> providers, final List<Run> ranges) {
        final int tag = list.tag();
        final Der entry = list.next(tag);
        if (entry == null) {
            return false;
        }
        switch (tag) {
            case PROVIDER -> {
                final String code = entry.text();
                return code != null && !code.isEmpty() && providers.add(code);
            }
            case ONE -> {
                final String number = number(entry.text());
                return number != null && ranges.add(new Run(number, 1));
            }
            case RANGE -> {
                final Der run = entry.next(SEQUENCE);
                final String first = run == null ? null : number(run.text());
                final long count = first == null ? 0 : run.integer();
                return count > 1 && isDigits(first) && ranges.add(new Run(first, count));
            }
            default -> {
                return false;
            }
        }
    }

    private static String number(final String text) {
        return text == null || text.isEmpty() || text.length() > MAX_NUMBER_DIGITS
                ? null
                : TelephoneNumber.canonical(text);
    }

    private static boolean isDigits(final String number) {
        for (int i = 0; i < number.length(); i++) {
            if (number.charAt(i) < '0' || number.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** A run of DER elements (X.690 §8.1), read without trust in its lengths. */
    private static final class Der {
        private static final int MAX_INTEGER_OCTETS = 7;

        private final byte[] octets;
        private final int end;
        private int at;

        Der(final byte[] octets, final int from, final int end) {
            this.octets = octets;
            this.at = from;
            this.end = end;
        }

        boolean atEnd() {
            return at == end;
        }

        /** Tag of the next element; -1 at the end. */
        int tag() {
            return at < end ? octets[at] & 0xff : -1;
        }

        /** The content of the next element and on to the one behind it; null where it is another one or none. */
        Der next(final int expected) {
            if (tag() != expected || end - at < 2) {
                return null;
            }
            int length = octets[at + 1];
            int from = at + 2;
            if (length < 0) {
                final int lengthOctets = length & 0x7f;
                if (lengthOctets == 0 || lengthOctets > 3 || end - from < lengthOctets) {
                    return null;
                }
                length = 0;
                for (int i = 0; i < lengthOctets; i++) {
                    length = (length << Byte.SIZE) | (octets[from + i] & 0xff);
                }
                from += lengthOctets;
            }
            if (length > end - from) {
                return null;
            }
            at = from + length;
            return new Der(octets, from, at);
        }

        String text() {
            final Der element = next(IA5_STRING);
            return element == null
                    ? null
                    : new String(octets, element.at, element.end - element.at, StandardCharsets.US_ASCII);
        }

        /** An integer that is not negative; -1 for another one. */
        long integer() {
            final Der element = next(INTEGER);
            final int length = element == null ? 0 : element.end - element.at;
            if (length == 0 || length > MAX_INTEGER_OCTETS || octets[element.at] < 0) {
                return -1;
            }
            long value = 0;
            for (int i = element.at; i < element.end; i++) {
                value = (value << Byte.SIZE) | (octets[i] & 0xff);
            }
            return value;
        }
    }
}
