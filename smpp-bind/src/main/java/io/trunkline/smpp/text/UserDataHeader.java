package io.trunkline.smpp.text;

import org.agrona.DirectBuffer;

/**
 * Reads a user data header (3GPP TS 23.040 §9.2.3.24), tolerantly: a header that is longer than its message is taken for
 * text, one whose last element does not fit is ignored but for its length, elements that are unknown are passed over, and of
 * elements that repeat the last one counts.
 *
 * <pre>
 *   +------+-----+------+-------------+-----+------+----------
 *   | UDHL | IEI | IEDL | IEDL octets | IEI | IEDL | ...           UDHL octets follow UDHL
 *   +------+-----+------+-------------+-----+------+----------
 * </pre>
 */
public final class UserDataHeader {
    /** Information element identifiers. */
    public static final int CONCATENATION_8 = 0x00;

    public static final int PORTS_8 = 0x04;
    public static final int PORTS_16 = 0x05;
    public static final int CONCATENATION_16 = 0x08;
    public static final int SINGLE_SHIFT = 0x24;
    public static final int LOCKING_SHIFT = 0x25;

    /** Octets of one shift element. */
    static final int SHIFT_ELEMENT_OCTETS = 3;

    /** Not present. */
    public static final int NONE = -1;

    private int octets;
    private boolean wellFormed;
    private int reference;
    private boolean wideReference;
    private int total;
    private int part;
    private boolean concatenationPresent;
    private int destinationPort;
    private int sourcePort;
    private NationalLanguage locking = NationalLanguage.DEFAULT;
    private NationalLanguage single = NationalLanguage.DEFAULT;
    private int unknownElements;

    private void clear() {
        octets = 0;
        wellFormed = true;
        clearElements();
    }

    private void clearElements() {
        reference = NONE;
        wideReference = false;
        total = 0;
        part = 0;
        concatenationPresent = false;
        destinationPort = NONE;
        sourcePort = NONE;
        locking = NationalLanguage.DEFAULT;
        single = NationalLanguage.DEFAULT;
        unknownElements = 0;
    }

    /** As where a message has no header. */
    public UserDataHeader none() {
        clear();
        return this;
    }

    /** Reads the header that a message of {@code length} octets begins with. */
    public UserDataHeader parse(final DirectBuffer src, final int offset, final int length) {
        clear();
        if (length == 0) {
            wellFormed = false;
            return this;
        }
        final int claimed = 1 + (src.getByte(offset) & 0xFF);
        // A header that is longer than its message is none: some peers set UDHI on plain text.
        octets = claimed <= length ? claimed : 0;
        wellFormed = octets > 0 && parseElements(src, offset + 1, offset + octets);
        if (!wellFormed) {
            clearElements();
        }
        return this;
    }

    private boolean parseElements(final DirectBuffer src, final int from, final int end) {
        int index = from;
        while (index < end) {
            if (end - index < 2) {
                return false;
            }
            final int identifier = src.getByte(index) & 0xFF;
            final int length = src.getByte(index + 1) & 0xFF;
            if (length > end - index - 2) {
                return false;
            }
            element(src, identifier, index + 2, length);
            index += 2 + length;
        }
        return true;
    }

    private void element(final DirectBuffer src, final int identifier, final int at, final int length) {
        if (identifier == CONCATENATION_8 && length == 3) {
            concatenation(octet(src, at), false, octet(src, at + 1), octet(src, at + 2));
        } else if (identifier == CONCATENATION_16 && length == 4) {
            concatenation(uint16(src, at), true, octet(src, at + 2), octet(src, at + 3));
        } else if (identifier == PORTS_8 && length == 2) {
            destinationPort = octet(src, at);
            sourcePort = octet(src, at + 1);
        } else if (identifier == PORTS_16 && length == 4) {
            destinationPort = uint16(src, at);
            sourcePort = uint16(src, at + 2);
        } else if (identifier == SINGLE_SHIFT && length == 1) {
            single = NationalLanguage.of(octet(src, at));
        } else if (identifier == LOCKING_SHIFT && length == 1) {
            final NationalLanguage language = NationalLanguage.of(octet(src, at));
            locking = language.hasLockingShift() ? language : NationalLanguage.DEFAULT;
        } else {
            concatenationPresent |= identifier == CONCATENATION_8 || identifier == CONCATENATION_16;
            unknownElements++;
        }
    }

    /** An element with a part number that makes no sense is ignored, as §9.2.3.24.1 has it. */
    private void concatenation(final int ref, final boolean wide, final int totalParts, final int partNumber) {
        concatenationPresent = true;
        if (totalParts > 0 && partNumber > 0 && partNumber <= totalParts) {
            reference = ref;
            wideReference = wide;
            total = totalParts;
            part = partNumber;
        }
    }

    private static int octet(final DirectBuffer src, final int index) {
        return src.getByte(index) & 0xFF;
    }

    private static int uint16(final DirectBuffer src, final int index) {
        return octet(src, index) << 8 | octet(src, index + 1);
    }

    /** Octets before the body, UDHL included; 0 where the message has no room for what UDHL claims. */
    public int octets() {
        return octets;
    }

    /** False where the header did not fit the message or its elements did not fit the header; it then has no elements. */
    public boolean wellFormed() {
        return wellFormed;
    }

    /** A concatenation element that makes sense is there. */
    public boolean concatenated() {
        return reference != NONE;
    }

    /** A concatenation element is there, though its numbers may make no sense. */
    public boolean concatenationPresent() {
        return concatenationPresent;
    }

    /** 0..255, or 0..65535 if {@link #wideReference()}; {@link #NONE} where not {@link #concatenated()}. */
    public int reference() {
        return reference;
    }

    public boolean wideReference() {
        return wideReference;
    }

    /** Segments of the whole message, 1..255. */
    public int total() {
        return total;
    }

    /** Number of this one, 1..total. */
    public int part() {
        return part;
    }

    /** Application port, 0..65535, or {@link #NONE}. */
    public int destinationPort() {
        return destinationPort;
    }

    /** Application port, 0..65535, or {@link #NONE}. */
    public int sourcePort() {
        return sourcePort;
    }

    public NationalLanguage locking() {
        return locking;
    }

    public NationalLanguage single() {
        return single;
    }

    /** Elements passed over. */
    public int unknownElements() {
        return unknownElements;
    }
}
