package io.trunkline.smpp.text;

import org.agrona.DirectBuffer;

/**
 * Fills a plan's body character by character and cuts it where a segment is full. An atom (an escape pair, a surrogate pair)
 * never falls on both sides of a cut.
 */
final class SegmentWriter {
    private SegmentPlan plan;
    private TextForm form;
    private Gsm7Alphabet alphabet;
    private int maxSegments;
    /** What one segment holds that is alone, and one of several. */
    private int singleLimit;

    private int multiLimit;
    /** Octets of header in each of several PDUs; what SAR and the MC add is not there yet. */
    private int multiPduHeader;

    private int cuts;
    private int total;
    private int inSegment;
    private int lastOctet;
    private boolean overflow;

    /** Begins a text; the plan's elements are made of the alphabet's shifts. */
    void begin(
            final TextForm textForm,
            final Gsm7Alphabet gsm7Alphabet,
            final TextProfile profile,
            final int segmentLimit,
            final SegmentPlan out) {
        alphabet = gsm7Alphabet;
        out.elementOctets = textForm == TextForm.GSM7 ? writeShifts(gsm7Alphabet, out) : 0;
        out.dataCoding = dataCoding(textForm, profile);
        begin(textForm, profile.packed(), profile.concatenation(), segmentLimit, out);
    }

    /** Begins a body whose elements and data_coding are in the plan already. */
    void begin(
            final TextForm textForm,
            final boolean pack,
            final Concatenation concatenation,
            final int segmentLimit,
            final SegmentPlan out) {
        plan = out;
        form = textForm;
        maxSegments = segmentLimit;
        out.encoding = textForm.encoding();
        out.packed = pack && textForm == TextForm.GSM7;
        out.concatenation = concatenation;
        out.bodyLength = 0;
        out.replaced = 0;
        out.segments = 0;
        final int elements = out.elementOctets;
        final int multiHeader = 1 + elements + concatenation.elementOctets();
        singleLimit = textForm.limit(elements == 0 ? 0 : 1 + elements);
        multiLimit = textForm.limit(multiHeader);
        multiPduHeader = concatenation.inHeader() ? multiHeader : elements == 0 ? 0 : 1 + elements;
        cuts = 0;
        total = 0;
        inSegment = 0;
        lastOctet = -1;
        overflow = false;
    }

    private static boolean endsOnBoundary(final int headerOctets, final int septets) {
        return ((Gsm7.fillBits(headerOctets) + septets * 7) & 7) == 0;
    }

    private static int dataCoding(final TextForm form, final TextProfile profile) {
        return switch (form) {
            case GSM7, ASCII -> profile.gsm7DataCoding();
            case LATIN1 -> profile.latin1DataCoding();
            case UCS2 -> profile.ucs2DataCoding();
            case BINARY -> throw new IllegalArgumentException("a text is never binary");
        };
    }

    private static int writeShifts(final Gsm7Alphabet alphabet, final SegmentPlan out) {
        int to = 0;
        if (alphabet.single() != NationalLanguage.DEFAULT) {
            to += writeShift(UserDataHeader.SINGLE_SHIFT, alphabet.single(), out, to);
        }
        if (alphabet.locking() != NationalLanguage.DEFAULT) {
            to += writeShift(UserDataHeader.LOCKING_SHIFT, alphabet.locking(), out, to);
        }
        return to;
    }

    private static int writeShift(
            final int element, final NationalLanguage language, final SegmentPlan out, final int to) {
        out.elements.putByte(to, (byte) element);
        out.elements.putByte(to + 1, (byte) 1);
        out.elements.putByte(to + 2, (byte) language.identifier());
        return UserDataHeader.SHIFT_ELEMENT_OCTETS;
    }

    /** Appends a character; false where the form cannot say it. */
    boolean append(final int codePoint) {
        return switch (form) {
            case GSM7 -> appendSeptets(codePoint);
            case ASCII -> appendAscii(codePoint);
            case LATIN1 -> appendLatin1(codePoint);
            case UCS2 -> appendUtf16(codePoint);
            case BINARY -> false;
        };
    }

    /**
     * Appends what most texts are made of, as far as this segment has room: ASCII that is one septet each, or what is one code
     * unit of UTF-16. The same as {@link #append} one by one, but in loops that the compiler keeps in registers.
     *
     * @return where the rest of the text begins; what is not UTF-8 is left to the caller
     */
    int appendPlain(final DirectBuffer text, final int from, final int end) {
        return switch (form) {
            case GSM7 -> appendPlainSeptets(text, from, end);
            case UCS2 -> appendPlainUnits(text, from, end);
            default -> from;
        };
    }

    private int appendPlainUnits(final DirectBuffer text, final int from, final int end) {
        final byte[] octets = plan.bodyOctets;
        final int room = Math.min(multiLimit - inSegment, (SegmentPlan.MAX_BODY_OCTETS - plan.bodyLength) / 2);
        int to = plan.bodyLength;
        int index = from;
        int units = 0;
        while (index < end && units < room) {
            final int unit = Utf8.plainUnit(text, index, end);
            if (unit < 0) {
                break;
            }
            octets[to++] = (byte) (unit >>> 8);
            octets[to++] = (byte) unit;
            index += Utf8.length(unit);
            units++;
        }
        total += units;
        inSegment += units;
        plan.bodyLength = to;
        return index;
    }

    private int appendPlainSeptets(final DirectBuffer text, final int from, final int end) {
        final short[] page = alphabet.firstPage();
        final byte[] octets = plan.bodyOctets;
        final int first = plan.bodyLength;
        final int length = Math.min(Math.min(end - from, multiLimit - inSegment), octets.length - first);
        if (length <= 0) {
            return from;
        }
        // Copied as a whole and translated in place: far cheaper than to fetch each octet from the buffer.
        text.getBytes(from, octets, first, length);
        final int last = first + length;
        int to = first;
        while (to < last) {
            final int c = octets[to];
            final int code = c < 0 ? Gsm7Alphabet.NOT_ENCODABLE : page[c];
            if (code < 0 || code >= Gsm7Alphabet.ESCAPED) {
                break;
            }
            octets[to++] = (byte) code;
        }
        if (to > first) {
            total += to - first;
            inSegment += to - first;
            plan.bodyLength = to;
            lastOctet = octets[to - 1];
        }
        return from + to - first;
    }

    private boolean appendSeptets(final int codePoint) {
        final int code = alphabet.encode(codePoint);
        if (code < 0) {
            return false;
        }
        if ((code & Gsm7Alphabet.ESCAPED) != 0) {
            if (atom(2, 2)) {
                put(Gsm7.ESCAPE);
                put(code & ~Gsm7Alphabet.ESCAPED);
            }
        } else if (atom(1, 1)) {
            put(code);
        }
        return true;
    }

    private boolean appendAscii(final int codePoint) {
        final int code = codePoint < 0x80 ? Gsm7Alphabet.DEFAULT.encode(codePoint) : Gsm7Alphabet.NOT_ENCODABLE;
        if (code < 0) {
            return false;
        }
        if (atom((code & Gsm7Alphabet.ESCAPED) != 0 ? 2 : 1, 1)) {
            put(codePoint);
        }
        return true;
    }

    private boolean appendLatin1(final int codePoint) {
        if (codePoint > 0xFF) {
            return false;
        }
        if (atom(1, 1)) {
            put(codePoint);
        }
        return true;
    }

    private boolean appendUtf16(final int codePoint) {
        if (codePoint <= Character.MAX_VALUE) {
            if (atom(1, 2)) {
                put(codePoint >>> 8);
                put(codePoint);
            }
        } else if (atom(2, 4)) {
            final int high = Character.highSurrogate(codePoint);
            final int low = Character.lowSurrogate(codePoint);
            put(high >>> 8);
            put(high);
            put(low >>> 8);
            put(low);
        }
        return true;
    }

    /** Makes room for what must not be cut; false where the plan is too long. */
    boolean atom(final int units, final int octets) {
        if (inSegment + units > multiLimit) {
            cut();
        }
        inSegment += units;
        total += units;
        if (cuts >= TextProfile.MAX_SEGMENTS
                || (cuts >= maxSegments && total > singleLimit)
                || plan.bodyLength + octets > SegmentPlan.MAX_BODY_OCTETS) {
            overflow = true;
        }
        return !overflow;
    }

    void put(final int octet) {
        plan.bodyOctets[plan.bodyLength++] = (byte) octet;
        lastOctet = octet;
    }

    /** A carriage return that ends a packed segment on an octet boundary would be taken for filling. */
    private boolean endsInLostReturn() {
        return plan.packed
                && lastOctet == Gsm7.CARRIAGE_RETURN
                && inSegment > 1
                && endsOnBoundary(multiPduHeader, inSegment);
    }

    private void cut() {
        inSegment = endsInLostReturn() ? 1 : 0;
        if (cuts < TextProfile.MAX_SEGMENTS) {
            plan.starts[++cuts] = plan.bodyLength - inSegment;
        }
    }

    /** The limit was passed; appending more has no effect. */
    boolean overflow() {
        return overflow;
    }

    int bodyLength() {
        return plan.bodyLength;
    }

    /** Ends the plan; the number of its segments, or 0 where they are more than the limit. */
    int finish() {
        if (overflow) {
            return 0;
        }
        if (fitsAlone()) {
            cuts = 0;
        } else if (inSegment == multiLimit && endsInLostReturn()) {
            // The last segment has no room to double it either.
            cut();
        }
        final int segments = cuts + 1;
        if (segments > maxSegments) {
            return 0;
        }
        plan.starts[0] = 0;
        plan.starts[segments] = plan.bodyLength;
        plan.segments = segments;
        return segments;
    }

    private boolean fitsAlone() {
        if (total > singleLimit) {
            return false;
        }
        final int header = plan.elementOctets == 0 ? 0 : 1 + plan.elementOctets;
        return !(plan.packed
                && total == singleLimit
                && lastOctet == Gsm7.CARRIAGE_RETURN
                && endsOnBoundary(header, total));
    }
}
