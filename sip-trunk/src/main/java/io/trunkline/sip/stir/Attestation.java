package io.trunkline.sip.stir;

/** What the signer vouches for (RFC 8588 §4). */
public enum Attestation {
    /** The caller is its customer and may use the number. */
    FULL('A'),
    /** The caller is its customer; whose the number is, it does not know. */
    PARTIAL('B'),
    /** It let the call in, and knows nothing more. */
    GATEWAY('C');

    private static final Attestation[] ALL = values();

    private final char letter;

    Attestation(final char letter) {
        this.letter = letter;
    }

    /** The claim's value. */
    public char letter() {
        return letter;
    }

    /** The one of this letter, or null. */
    public static Attestation of(final String claim) {
        for (final Attestation one : ALL) {
            if (claim.length() == 1 && claim.charAt(0) == one.letter) {
                return one;
            }
        }
        return null;
    }
}
