package io.trunkline.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShiftTablesTest {
    private static final String DEFAULT_ALPHABET =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\0ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                    + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    @Test
    void theDefaultAlphabetIsTheOneOfGsm0338() {
        assertThat(new String(Gsm7.locking(NationalLanguage.DEFAULT))).isEqualTo(DEFAULT_ALPHABET);
        assertSingle(NationalLanguage.DEFAULT, "0A\f 14^ 28{ 29} 2F\\ 3C[ 3D~ 3E] 40| 65€");
    }

    @Test
    void theTurkishTablesDifferFromTheDefaultAsTheSpecificationSays() {
        assertLocking(NationalLanguage.TURKISH, "04€ 07ı 0BĞ 0Cğ 1CŞ 1Dş 40İ 60ç");
        assertSingle(NationalLanguage.TURKISH, "0A\f 14^ 28{ 29} 2F\\ 3C[ 3D~ 3E] 40| 47Ğ 49İ 53Ş 63ç 65€ 67ğ 69ı 73ş");
    }

    @Test
    void theSpanishTableDiffersFromTheDefaultAsTheSpecificationSays() {
        assertThat(NationalLanguage.SPANISH.hasLockingShift()).isFalse();
        assertSingle(
                NationalLanguage.SPANISH,
                "09ç 0A\f 14^ 28{ 29} 2F\\ 3C[ 3D~ 3E] 40| 41Á 49Í 4FÓ 55Ú 61á 65€ 69í 6Fó 75ú");
    }

    @Test
    void thePortugueseTablesDifferFromTheDefaultAsTheSpecificationSays() {
        assertLocking(
                NationalLanguage.PORTUGUESE,
                "04ê 06ú 07í 08ó 09ç 0BÔ 0Cô 0EÁ 0Fá 12ª 13Ç 14À 15∞ 16^ 17\\ 18€ 19Ó 1A| 1CÂ 1Dâ 1EÊ 24º 40Í 5BÃ 5CÕ 5DÚ"
                        + " 60~ 7Bã 7Cõ 7D`");
        assertSingle(
                NationalLanguage.PORTUGUESE,
                "05ê 09ç 0A\f 0BÔ 0Cô 0EÁ 0Fá 12Φ 13Γ 14^ 15Ω 16Π 17Ψ 18Σ 19Θ 1FÊ 28{ 29} 2F\\ 3C[ 3D~ 3E] 40| 41À 49Í 4FÓ"
                        + " 55Ú 5BÃ 5CÕ 61Â 65€ 69í 6Fó 75ú 7Bã 7Cõ 7Fâ");
    }

    @Test
    void theTablesOfIndiaAndUrduAgreeWithASecondTranscription() throws IOException {
        final Iterator<String> lines = lines().iterator();
        int tables = 0;
        while (lines.hasNext()) {
            final String[] head = lines.next().split(" ", -1);
            final NationalLanguage language = NationalLanguage.of(Integer.parseInt(head[1]));
            final int high = Integer.parseInt(head[2], 16) << 8;
            if (head[0].equals("lock")) {
                assertThat(Gsm7.locking(language)).as("%s locking", language).isEqualTo(locking(lines, high));
            } else {
                assertThat(Gsm7.single(language)).as("%s single", language).isEqualTo(single(lines, high));
            }
            tables++;
        }
        assertThat(tables).isEqualTo(20);
    }

    /** The tables of India list their block of Unicode in its order; a slip in a digit would break it. */
    @ParameterizedTest
    @EnumSource(
            value = NationalLanguage.class,
            names = {"BENGALI", "GUJARATI", "HINDI", "KANNADA", "MALAYALAM", "ORIYA", "PUNJABI", "TAMIL", "TELUGU"})
    void theLettersOfIndiaStandInTheOrderOfUnicode(final NationalLanguage language) {
        char before = 0;
        int letters = 0;
        for (final char c : Gsm7.locking(language)) {
            if (c > 0x80) {
                assertThat(c).as("%s", language).isGreaterThan(before);
                assertThat(Character.UnicodeScript.of(c).name())
                        .isEqualTo(
                                language.name().equals("HINDI")
                                        ? "DEVANAGARI"
                                        : language.name().equals("PUNJABI") ? "GURMUKHI" : language.name());
                before = c;
                letters++;
            }
        }
        assertThat(letters).isGreaterThan(40);
        int digit = 0;
        for (final char c : Gsm7.single(language)) {
            if (c > 0x80 && Character.isDigit(c)) {
                assertThat(Character.digit(c, 10)).isEqualTo(digit++);
            }
        }
        assertThat(digit).isEqualTo(10);
    }

    @Test
    void noTableSaysACharacterTwiceButTheOnesThatTheSpecificationDoes() {
        for (final NationalLanguage language : NationalLanguage.values()) {
            assertThat(duplicates(Gsm7.locking(language)))
                    .as("%s locking", language)
                    .isEmpty();
            final Set<Character> allowed = language.identifier() >= 4 ? Set.of('*', '\u00a1') : Set.of();
            assertThat(duplicates(Gsm7.single(language)))
                    .as("%s single", language)
                    .isEqualTo(allowed);
        }
    }

    private static Set<Character> duplicates(final char[] table) {
        final Set<Character> seen = new HashSet<>();
        final Set<Character> twice = new HashSet<>();
        for (final char c : table) {
            if (c != 0 && !seen.add(c)) {
                twice.add(c);
            }
        }
        return twice;
    }

    private static void assertLocking(final NationalLanguage language, final String differences) {
        final char[] expected = DEFAULT_ALPHABET.toCharArray();
        apply(expected, differences);
        assertThat(Gsm7.locking(language)).isEqualTo(expected);
    }

    private static void assertSingle(final NationalLanguage language, final String entries) {
        final char[] expected = new char[128];
        apply(expected, entries);
        assertThat(Gsm7.single(language)).isEqualTo(expected);
    }

    private static void apply(final char[] table, final String entries) {
        for (final String entry : entries.split(" ", -1)) {
            table[Integer.parseInt(entry.substring(0, 2), 16)] = entry.charAt(2);
        }
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = ShiftTablesTest.class.getResourceAsStream("national-tables.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .toList();
        }
    }

    private static char[] locking(final Iterator<String> lines, final int high) {
        final char[] table = new char[128];
        for (char c = '0'; c <= '?'; c++) {
            table[c] = c;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            table[c] = c;
        }
        final int[] columns = {0, 1, 2, 4, 5};
        for (int row = 0; row < 16; row++) {
            final String[] cells = lines.next().split(" ", -1);
            assertThat(cells).hasSize(columns.length);
            for (int i = 0; i < columns.length; i++) {
                table[columns[i] * 16 + row] = cell(cells[i], high);
            }
        }
        for (final String entry : lines.next().split(" ", -1)) {
            table[Integer.parseInt(entry.substring(0, 2), 16)] = cell(entry.substring(3), high);
        }
        return table;
    }

    private static char[] single(final Iterator<String> lines, final int high) {
        final char[] table = new char[128];
        apply(
                table,
                "00@ 01£ 02$ 03¥ 04¿ 05\" 06¤ 07% 08& 09' 0A\f 0B* 0C+ 0E- 0F/ 10< 11= 12> 13¡ 14^ 15¡ 16_ 17# 18* 40| 65€");
        for (char c = 'A'; c <= 'Z'; c++) {
            table[c] = c;
        }
        final int[] firsts = {0x19, 0x20, 0x30};
        for (final int first : firsts) {
            final String[] cells = lines.next().split(" ", -1);
            assertThat(cells).hasSize(first == 0x19 ? 7 : 16);
            for (int i = 0; i < cells.length; i++) {
                table[first + i] = cell(cells[i], high);
            }
        }
        return table;
    }

    private static char cell(final String cell, final int high) {
        if (Arrays.asList("..", "ES").contains(cell)) {
            return 0;
        }
        return switch (cell) {
            case "SP" -> ' ';
            case "LF" -> '\n';
            case "CR" -> '\r';
            case "#64" -> '\u0964';
            case "#65" -> '\u0965';
            default -> cell.length() == 1 ? cell.charAt(0) : (char) (high | Integer.parseInt(cell, 16));
        };
    }
}
