package io.trunkline.sip.message;

/** The character classes of RFC 3261 §25.1 as bits of a table. */
final class SipChars {
    private static final int TOKEN = 1;
    private static final int USER = 1 << 1;
    private static final int HOST = 1 << 2;
    private static final int PARAM = 1 << 3;
    private static final int URI = 1 << 4;
    private static final byte[] CLASSES = new byte[256];

    static {
        for (int c = '0'; c <= 'z'; c++) {
            if (isDigit(c) || isAlpha(c)) {
                CLASSES[c] = TOKEN | USER | HOST | PARAM | URI;
            }
        }
        add("-.!%*_+`'~", TOKEN);
        add("-_.!~*'()&=+$,;?/:", USER);
        add("-._", HOST);
        add("-_.!~*'()[]/:&+$", PARAM);
        add("-_.!~*'()&=+$,;?/:@[]%#", URI);
    }

    private SipChars() {}

    private static void add(final String chars, final int bit) {
        for (int i = 0; i < chars.length(); i++) {
            CLASSES[chars.charAt(i)] |= (byte) bit;
        }
    }

    /** {@code token}: names of methods, headers and parameters. */
    static boolean isToken(final int octet) {
        return (CLASSES[octet & 0xff] & TOKEN) != 0;
    }

    /** {@code unreserved / user-unreserved} and the colon before a password; escapes are judged apart. */
    static boolean isUser(final int octet) {
        return (CLASSES[octet & 0xff] & USER) != 0;
    }

    /** {@code domainlabel} and dots; underscores too, as carriers' names have them. */
    static boolean isHost(final int octet) {
        return (CLASSES[octet & 0xff] & HOST) != 0;
    }

    /** {@code paramchar} without escapes. */
    static boolean isParam(final int octet) {
        return (CLASSES[octet & 0xff] & PARAM) != 0;
    }

    /** What may stand in an absolute URI of any scheme (RFC 3986), escapes included. */
    static boolean isUri(final int octet) {
        return (CLASSES[octet & 0xff] & URI) != 0;
    }

    static boolean isDigit(final int octet) {
        return octet >= '0' && octet <= '9';
    }

    static boolean isAlpha(final int octet) {
        final int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isHex(final int octet) {
        final int lower = octet | 0x20;
        return isDigit(octet) || (lower >= 'a' && lower <= 'f');
    }

    /** Inside a header's value CR and LF only stand where the line is folded, so they count as white space. */
    static boolean isLws(final int octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    /** Octets of ASCII letters in lower case; all others as they are. */
    static int lower(final int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
    }
}
