package io.trunkline.smpp.text;

/** The alphabets that say one character with one octet, for reading. */
final class EightBit {
    static final int NONE = -1;

    private static final int ISO_8859_FIRST_PRINTABLE = 0xA0;

    private EightBit() {}

    /** The character of an octet, or {@link #NONE} where the alphabet has none. */
    static int character(final BodyCoding coding, final int octet) {
        return switch (coding) {
            case ASCII -> octet < 0x80 ? octet : NONE;
            case CYRILLIC -> cyrillic(octet);
            case HEBREW -> hebrew(octet);
            default -> octet;
        };
    }

    private static int cyrillic(final int octet) {
        if (octet <= ISO_8859_FIRST_PRINTABLE || octet == 0xAD) {
            return octet;
        }
        return octet == 0xF0 ? 0x2116 : octet == 0xFD ? 0xA7 : octet - 0xA0 + 0x0400;
    }

    private static int hebrew(final int octet) {
        if (octet <= ISO_8859_FIRST_PRINTABLE || (octet >= 0xA2 && octet <= 0xBE)) {
            return octet == 0xAA ? 0xD7 : octet == 0xBA ? 0xF7 : octet;
        }
        if (octet >= 0xE0 && octet <= 0xFA) {
            return octet - 0xE0 + 0x05D0;
        }
        return switch (octet) {
            case 0xDF -> 0x2017;
            case 0xFD -> 0x200E;
            case 0xFE -> 0x200F;
            default -> NONE;
        };
    }
}
