package io.trunkline.smpp.text;

/** National language identifiers of 3GPP TS 23.038 §6.2.1.2.4. */
public enum NationalLanguage {
    DEFAULT(0),
    TURKISH(1),
    /** Has a single shift table only. */
    SPANISH(2),
    PORTUGUESE(3),
    BENGALI(4),
    GUJARATI(5),
    HINDI(6),
    KANNADA(7),
    MALAYALAM(8),
    ORIYA(9),
    PUNJABI(10),
    TAMIL(11),
    TELUGU(12),
    URDU(13);

    private static final NationalLanguage[] BY_IDENTIFIER = values();

    private final int identifier;

    NationalLanguage(final int identifier) {
        this.identifier = identifier;
    }

    /** The octet in the shift information elements, 0..13. */
    public int identifier() {
        return identifier;
    }

    public boolean hasLockingShift() {
        return this != SPANISH;
    }

    /** The language of an identifier; the default tables for one that is reserved, as the specification has it. */
    public static NationalLanguage of(final int identifier) {
        return identifier >= 0 && identifier < BY_IDENTIFIER.length ? BY_IDENTIFIER[identifier] : DEFAULT;
    }
}
