package io.trunkline.smpp.receipt;

import org.agrona.DirectBuffer;

/**
 * Reads the text of a receipt (SMPP 3.4 Appendix B), in any order of its fields, with any of them missing, with or without
 * blanks between them, labels in any case:
 *
 * <pre>
 *   id:IIIIIIIIII sub:SSS dlvrd:DDD submit date:YYMMDDhhmm done date:YYMMDDhhmm stat:DDDDDDD err:E text: ...
 * </pre>
 *
 * and, where there is no label at all, the form without: {@code STAT,DATE,DATE,ERR,...}. Walks the octets once and looks at
 * each a bounded number of times, whatever they are.
 */
final class AppendixB {
    private static final int NONE = -1;
    private static final int ID = 0;
    private static final int SUB = 1;
    private static final int DLVRD = 2;
    private static final int SUBMIT_DATE = 3;
    private static final int DONE_DATE = 4;
    private static final int STAT = 5;
    private static final int ERR = 6;
    private static final int TEXT = 7;

    private static final int CSV_FIELDS = 4;

    private static final byte[][] LABELS = {
        word("ID"),
        word("SUB"),
        word("DLVRD"),
        word("SUBMIT DATE"),
        word("DONE DATE"),
        word("STAT"),
        word("ERR"),
        word("TEXT")
    };

    private static final int ALL_BUT_TEXT = (1 << TEXT) - 1;

    private final PlainForm plain = new PlainForm();
    private DirectBuffer src;
    private int begin;
    private int end;
    private Receipt receipt;
    private boolean idIsWord;
    /** Bits by label. */
    private int found;

    private int labelEnd;
    private int current;
    private int valueStart;
    private int textStart;

    private static byte[] word(final String word) {
        final byte[] bytes = new byte[word.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) word.charAt(i);
        }
        return bytes;
    }

    /** Fills in what the text says. */
    void parse(final DirectBuffer text, final int offset, final int length, final Receipt out) {
        if (plain.matches(text, offset, length)) {
            src = plain.text();
            receipt = out;
            begin = 0;
            // Where the id is known nobody asks for the text field.
            end = 0;
            textStart = 0;
            found = ALL_BUT_TEXT;
            set(ID, plain.start(PlainForm.ID), plain.length(PlainForm.ID));
            set(SUBMIT_DATE, plain.start(PlainForm.SUBMIT_DATE), plain.length(PlainForm.SUBMIT_DATE));
            set(DONE_DATE, plain.start(PlainForm.DONE_DATE), plain.length(PlainForm.DONE_DATE));
            set(STAT, plain.start(PlainForm.STAT), plain.length(PlainForm.STAT));
            set(ERR, plain.start(PlainForm.ERR), plain.length(PlainForm.ERR));
        } else {
            parseAnyForm(text, offset, length, out);
        }
    }

    /** The same for every form there is. */
    void parseAnyForm(final DirectBuffer text, final int offset, final int length, final Receipt out) {
        src = text;
        begin = offset;
        end = offset + length;
        receipt = out;
        found = 0;
        current = NONE;
        textStart = end;
        idIsWord = hasIdAsWord();
        fields();
        if (found == 0 && textStart == end) {
            csv();
        }
    }

    private boolean hasIdAsWord() {
        for (int i = begin; i < end; i++) {
            if (beginsWord(i) && labelAt(i) == ID) {
                return true;
            }
        }
        return false;
    }

    private void fields() {
        int i = begin;
        while (i < end) {
            final int label = labelAt(i);
            if (label != NONE && counts(label, i)) {
                close(i);
                i = skipBlanks(labelEnd);
                if (label == TEXT) {
                    textStart = i;
                    if (has(ID) && has(STAT)) {
                        return;
                    }
                }
                current = label;
                valueStart = i;
            } else {
                if (separator(src.getByte(i)) && isWord(current)) {
                    close(i);
                }
                i++;
            }
        }
        close(end);
    }

    /** What begins at i, and where its colon ends. */
    private int labelAt(final int i) {
        final int c = Ascii.upper(src.getByte(i));
        if (c != 'I' && c != 'S' && c != 'D' && c != 'E' && c != 'T') {
            return NONE;
        }
        for (int label = 0; label < LABELS.length; label++) {
            if (Ascii.startsWith(src, i, end, LABELS[label])) {
                final int colon = i + LABELS[label].length;
                if (colon < end && src.getByte(colon) == ':') {
                    labelEnd = colon + 1;
                    return label;
                }
                if (colon + 1 < end && src.getByte(colon) == ' ' && src.getByte(colon + 1) == ':') {
                    labelEnd = colon + 2;
                    return label;
                }
            }
        }
        return NONE;
    }

    /** Whether a label is one, and not the end of another word or a quotation in the text field. */
    private boolean counts(final int label, final int i) {
        if (beginsWord(i)) {
            return current != TEXT || !has(label);
        }
        if (current == TEXT) {
            return false;
        }
        return switch (label) {
            case ID -> !idIsWord;
            case TEXT -> current == ERR || current == STAT;
            default -> current != NONE;
        };
    }

    private boolean beginsWord(final int i) {
        return i == begin || !Ascii.alphanumeric(src.getByte(i - 1));
    }

    private boolean has(final int label) {
        return (found & 1 << label) != 0;
    }

    private static boolean isWord(final int label) {
        return label == ID || label == STAT || label == ERR || label == SUB || label == DLVRD;
    }

    private static boolean separator(final byte octet) {
        return Ascii.blank(octet) || octet == ',' || octet == ';' || octet == '|';
    }

    private int skipBlanks(final int from) {
        int i = from;
        while (i < end && Ascii.blank(src.getByte(i))) {
            i++;
        }
        return i;
    }

    /** The current field ends before i. */
    private void close(final int i) {
        final int label = current;
        if (label == NONE) {
            return;
        }
        current = label == TEXT ? TEXT : NONE;
        if (label == TEXT || has(label)) {
            return;
        }
        found |= 1 << label;
        int last = label == SUBMIT_DATE || label == DONE_DATE ? word(valueStart, i) : i;
        while (last > valueStart && separator(src.getByte(last - 1))) {
            last--;
        }
        set(label, valueStart, last - valueStart);
    }

    /** Dates may have blanks in them, but a word behind a blank belongs to what follows. */
    private int word(final int from, final int before) {
        int i = from;
        while (i < before && !(Ascii.blank(src.getByte(i)) && beginsLetter(i + 1, before))) {
            i++;
        }
        return i;
    }

    private boolean beginsLetter(final int i, final int before) {
        return i < before && Ascii.alphanumeric(src.getByte(i)) && !Ascii.digit(src.getByte(i));
    }

    private void set(final int label, final int from, final int length) {
        switch (label) {
            case ID -> setId(from, length);
            case SUBMIT_DATE -> receipt.submitDate.set(src, from, length);
            case DONE_DATE -> receipt.doneDate.set(src, from, length);
            case STAT -> receipt.stat.set(src, from, length);
            case ERR -> receipt.err.set(src, from, length);
            default -> {
                // How many parts were submitted and delivered: carriers write what they like there.
            }
        }
    }

    private void setId(final int from, final int length) {
        if (length <= MessageIds.MAX_LENGTH) {
            receipt.id.set(src, from, length);
        }
    }

    private void csv() {
        int fields = 1;
        for (int i = begin; i < end; i++) {
            if (src.getByte(i) == ',') {
                fields++;
            }
        }
        if (fields < CSV_FIELDS) {
            return;
        }
        final int submit = next(begin, STAT);
        final int done = next(submit, SUBMIT_DATE);
        final int err = next(done, DONE_DATE);
        next(err, ERR);
    }

    /** Takes the field that begins at {@code from}; where the one behind it begins. */
    private int next(final int from, final int label) {
        int comma = from;
        while (comma < end && src.getByte(comma) != ',') {
            comma++;
        }
        valueStart = Math.min(skipBlanks(from), comma);
        current = label;
        close(comma);
        return Math.min(comma + 1, end);
    }

    /** Takes the first word of the text field as the id. */
    void idOfText() {
        int last = textStart;
        while (last < end && !separator(src.getByte(last))) {
            last++;
        }
        setId(textStart, last - textStart);
    }

    /** The text is one of a receipt beyond doubt: it begins with the id, has a stat, and two more fields at least. */
    boolean whole() {
        if (found == ALL_BUT_TEXT && end == 0) {
            return true;
        }
        final int others = found & (1 << SUB | 1 << DLVRD | 1 << SUBMIT_DATE | 1 << DONE_DATE | 1 << ERR);
        return has(ID) && has(STAT) && Integer.bitCount(others) >= 2 && beginsWith(src, begin, end, LABELS[ID]);
    }

    private boolean beginsWith(final DirectBuffer text, final int from, final int last, final byte[] word) {
        return Ascii.startsWith(text, skipBlanks(from), last, word);
    }

    /** A label stands where the text begins: it is ASCII. */
    static boolean looksLike(final DirectBuffer text, final int offset, final int length) {
        for (final byte[] label : LABELS) {
            if (Ascii.startsWith(text, offset, offset + length, label)) {
                return true;
            }
        }
        return false;
    }
}
