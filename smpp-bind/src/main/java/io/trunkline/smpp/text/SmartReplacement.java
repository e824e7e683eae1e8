package io.trunkline.smpp.text;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Look-alikes for characters that an alphabet lacks: typographic quotes, dashes and spaces, letters with accents, Greek
 * capitals that look like Latin ones; what is invisible is left out. All replacements are ASCII without digits, and no digit
 * of any script has one, so a one-time password is never altered. The caller asks only for what its alphabet lacks.
 */
final class SmartReplacement {
    private static final int PAGE = 256;
    private static final byte[][][] PAGES = new byte[PAGE][][];

    static {
        accents(0x00C0, 0x024F);
        accents(0x1E00, 0x1EFF);
        each("\u00D0\u0110\u0189", "D");
        each("\u00F0\u0111", "d");
        each("\u0126", "H");
        each("\u0127", "h");
        each("\u0131", "i");
        each("\u0138", "k");
        each("\u0141", "L");
        each("\u0142", "l");
        each("\u014A", "N");
        each("\u014B", "n");
        each("\u0166", "T");
        each("\u0167", "t");
        each("\u017F", "s");
        each("\u00D8", "O");
        each("\u00F8", "o");
        each("\u00C6", "AE");
        each("\u00E6", "ae");
        each("\u0132", "IJ");
        each("\u0133", "ij");
        each("\u0149", "'n");
        each("\u0152", "OE");
        each("\u0153", "oe");
        each("\u00DE", "TH");
        each("\u00FE", "th");
        each("\u00DF", "ss");
        each("\u1E9E", "SS");
        each("\uFB01", "fi");
        each("\uFB02", "fl");

        each("`\u00B4\u02B9\u02BB\u02BC\u02C8\u2018\u2019\u201A\u201B\u2032\u2035\u275B\u275C", "'");
        each("\u00AB\u00BB\u02BA\u201C\u201D\u201E\u201F\u2033\u2036\u275D\u275E\u301D\u301E", "\"");
        each("\u2039\u2329\u3008", "<");
        each("\u203A\u232A\u3009", ">");
        each("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\uFE58\uFE63\uFF0D\u2022", "-");
        each("\u2026", "...");
        each("\u2025", "..");
        each("\u00B7\u2024\u2219\u22C5", ".");
        each("\u00B8\uFF0C", ",");
        each("\u2044\u2215\u00F7", "/");
        each("\u2217", "*");
        each("\u2223\u00A6", "|");
        each("\u02C6", "^");
        each("\u02DC\u223C", "~");
        each("\u00D7", "x");
        each("\u00A9", "(C)");
        each("\u00AE", "(R)");
        each("\u2122", "(TM)");
        each("\uFF01", "!");
        each("\uFF1A", ":");
        each("\uFF1B", ";");
        each("\uFF1F", "?");
        each("\u203C", "!!");
        each("\u0391", "A");
        each("\u0392", "B");
        each("\u0395", "E");
        each("\u0396", "Z");
        each("\u0397", "H");
        each("\u0399", "I");
        each("\u039A", "K");
        each("\u039C", "M");
        each("\u039D", "N");
        each("\u039F", "O");
        each("\u03A1", "P");
        each("\u03A4", "T");
        each("\u03A5", "Y");
        each("\u03A7", "X");

        each("\t\u00A0\u1680\u180E\u202F\u205F\u3000", " ");
        range(0x2000, 0x200A, " ");
        each("\u0085\u2028\u2029", "\n");
        each("\u00AD\u034F\u061C\u2060\u2061\u2062\u2063\u2064\uFEFF\uFE0E\uFE0F", "");
        range(0x0300, 0x036F, "");
        range(0x200B, 0x200F, "");
        range(0x202A, 0x202E, "");
        range(0x2066, 0x2069, "");
    }

    private SmartReplacement() {}

    private static void accents(final int first, final int last) {
        for (int c = first; c <= last; c++) {
            final String decomposed = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
            if (decomposed.length() > 1 && decomposed.charAt(0) < 0x80) {
                put(c, decomposed.substring(0, 1));
            }
        }
    }

    private static void each(final String characters, final String replacement) {
        characters.chars().forEach(c -> put(c, replacement));
    }

    private static void range(final int first, final int last, final String replacement) {
        for (int c = first; c <= last; c++) {
            put(c, replacement);
        }
    }

    private static void put(final int c, final String replacement) {
        if (PAGES[c >>> 8] == null) {
            PAGES[c >>> 8] = new byte[PAGE][];
        }
        PAGES[c >>> 8][c & 0xFF] = replacement.getBytes(StandardCharsets.US_ASCII);
    }

    /** The ASCII characters to write in its place, none at all for what is invisible; null where there is no look-alike. */
    static byte[] of(final int codePoint) {
        if (codePoint > Character.MAX_VALUE) {
            return null;
        }
        final byte[][] page = PAGES[codePoint >>> 8];
        return page == null ? null : page[codePoint & 0xFF];
    }
}
