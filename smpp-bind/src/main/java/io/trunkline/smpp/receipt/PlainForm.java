package io.trunkline.smpp.receipt;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The form of receipt text that nearly all carriers send, to the letter: all fields, in the order of Appendix B, one blank
 * between them, values of letters, digits, {@code -}, {@code .} and {@code _}. It is recognised in one walk; whatever
 * differs is left to {@link AppendixB}, which reads both to the same result.
 */
final class PlainForm {
    /** Values in the order of the labels. */
    static final int ID = 0;

    static final int SUBMIT_DATE = 3;
    static final int DONE_DATE = 4;
    static final int STAT = 5;
    static final int ERR = 6;

    private static final byte[][] LABELS = {
        octets("id:"),
        octets(" sub:"),
        octets(" dlvrd:"),
        octets(" submit date:"),
        octets(" done date:"),
        octets(" stat:"),
        octets(" err:")
    };
    private static final byte[] TEXT = octets(" text:");
    private static final byte[] CAPITAL_TEXT = octets(" Text:");
    /** Fields end long before. */
    private static final int MAX_OCTETS = 256;

    private static final boolean[] OF_VALUE = new boolean[256];

    static {
        for (int c = 0; c < 128; c++) {
            OF_VALUE[c] = Ascii.alphanumeric((byte) c) || c == '-' || c == '.' || c == '_';
        }
    }

    private final byte[] octets = new byte[MAX_OCTETS];
    private final UnsafeBuffer view = new UnsafeBuffer(octets);
    private final int[] starts = new int[LABELS.length];
    private final int[] lengths = new int[LABELS.length];
    private int end;

    private static byte[] octets(final String text) {
        final byte[] octets = new byte[text.length()];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) text.charAt(i);
        }
        return octets;
    }

    /** Whether the text has this form; the ranges of its values are then known. */
    boolean matches(final DirectBuffer text, final int offset, final int length) {
        end = Math.min(length, MAX_OCTETS);
        text.getBytes(offset, octets, 0, end);
        int at = 0;
        for (int label = 0; label < LABELS.length; label++) {
            if (!at(LABELS[label], at)) {
                return false;
            }
            final int start = at + LABELS[label].length;
            at = start;
            while (at < end && OF_VALUE[octets[at] & 0xFF]) {
                at++;
            }
            if (at == start) {
                return false;
            }
            starts[label] = start;
            lengths[label] = at - start;
        }
        return at == length || at(TEXT, at) || at(CAPITAL_TEXT, at);
    }

    /** The octets of the text, where the ranges lie. */
    DirectBuffer text() {
        return view;
    }

    int start(final int value) {
        return starts[value];
    }

    int length(final int value) {
        return lengths[value];
    }

    private boolean at(final byte[] label, final int from) {
        if (end - from < label.length) {
            return false;
        }
        for (int i = 0; i < label.length; i++) {
            if (octets[from + i] != label[i]) {
                return false;
            }
        }
        return true;
    }
}
