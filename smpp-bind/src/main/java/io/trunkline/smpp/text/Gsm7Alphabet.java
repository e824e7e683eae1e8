package io.trunkline.smpp.text;

import java.util.Arrays;

/**
 * One locking shift table with one single shift table, for writing: a character to its septet, or to its escaped septet.
 */
final class Gsm7Alphabet {
    /** Set in a code that has to follow an escape. */
    static final int ESCAPED = 0x80;

    static final int NOT_ENCODABLE = -1;

    private static final int PAGE = 256;
    private static final short[] EMPTY_PAGE = emptyPage();

    /** The default alphabet with its extension table. */
    static final Gsm7Alphabet DEFAULT = new Gsm7Alphabet(NationalLanguage.DEFAULT, NationalLanguage.DEFAULT);

    private final NationalLanguage locking;
    private final NationalLanguage single;
    private final short[][] pages = new short[PAGE][];

    Gsm7Alphabet(final NationalLanguage locking, final NationalLanguage single) {
        this.locking = locking.hasLockingShift() ? locking : NationalLanguage.DEFAULT;
        this.single = single;
        Arrays.fill(pages, EMPTY_PAGE);
        // Some tables hold a character twice ('*' in those of India): the lower position counts, and the locking table.
        put(Gsm7.locking(this.locking), 0);
        put(Gsm7.single(single), ESCAPED);
    }

    private void put(final char[] table, final int flag) {
        for (int position = 0; position < Gsm7.POSITIONS; position++) {
            final char c = table[position];
            if (c != 0) {
                if (pages[c >>> 8] == EMPTY_PAGE) {
                    pages[c >>> 8] = emptyPage();
                }
                final short[] page = pages[c >>> 8];
                if (page[c & 0xFF] == NOT_ENCODABLE) {
                    page[c & 0xFF] = (short) (position | flag);
                }
            }
        }
    }

    private static short[] emptyPage() {
        final short[] page = new short[PAGE];
        Arrays.fill(page, (short) NOT_ENCODABLE);
        return page;
    }

    /** The septet 0..127, with {@link #ESCAPED} where it follows an escape, or {@link #NOT_ENCODABLE}. */
    int encode(final int codePoint) {
        return codePoint > Character.MAX_VALUE ? NOT_ENCODABLE : pages[codePoint >>> 8][codePoint & 0xFF];
    }

    /** What {@link #encode} gives for U+0000 to U+00FF. */
    short[] firstPage() {
        return pages[0];
    }

    NationalLanguage locking() {
        return locking;
    }

    NationalLanguage single() {
        return single;
    }

    /** Octets of the shift elements that have to stand in every segment's header: 0, 3 or 6. */
    int elementOctets() {
        return (locking == NationalLanguage.DEFAULT ? 0 : UserDataHeader.SHIFT_ELEMENT_OCTETS)
                + (single == NationalLanguage.DEFAULT ? 0 : UserDataHeader.SHIFT_ELEMENT_OCTETS);
    }
}
