package io.trunkline.sip.stir;

/** Numbers as both ends of a signature must spell them. */
public final class TelephoneNumber {
    /** Digits of the longest number: 15 of E.164, and room for prefixes of carriers. */
    public static final int MAX_DIGITS = 24;

    private TelephoneNumber() {}

    /**
     * The canonical form of RFC 8224 §8.3: digits, {@code *} and {@code #}, without plus sign, visual separators and parameters. A
     * national number is not made international here: whoever knows the country has done so before.
     *
     * @param written the user part of a sip URI or the number of a tel URI
     * @return null where it is no number, or too long for one
     */
    public static String canonical(final CharSequence written) {
        final StringBuilder digits = new StringBuilder(MAX_DIGITS);
        for (int i = 0; i < written.length(); i++) {
            final char at = written.charAt(i);
            if (at == ';') {
                break;
            }
            if ((at >= '0' && at <= '9') || at == '*' || at == '#') {
                if (digits.length() == MAX_DIGITS) {
                    return null;
                }
                digits.append(at);
            } else if (!(at == '+' && i == 0) && !isSeparator(at)) {
                return null;
            }
        }
        return digits.length() == 0 ? null : digits.toString();
    }

    private static boolean isSeparator(final char at) {
        return at == '-' || at == '.' || at == '(' || at == ')' || at == ' ';
    }
}
