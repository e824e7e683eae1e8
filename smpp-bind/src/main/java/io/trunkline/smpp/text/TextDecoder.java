package io.trunkline.smpp.text;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Turns message bodies as carriers send them into UTF-8. Never fails: what cannot be read becomes U+FFFD and is counted. The
 * parts of a concatenated message are appended one after the other, so that a surrogate pair or an escape that a sender cut
 * in two comes together again.
 *
 * <p>Allocates nothing. Not thread-safe: one per thread.
 */
public final class TextDecoder {
    private static final int NONE = EightBit.NONE;

    private final UserDataHeader header = new UserDataHeader();

    private MutableDirectBuffer dst;
    private int begin;
    private int end;
    private int limit;
    private Encoding encoding = Encoding.BINARY;
    private boolean first;
    private int undecodable;
    private boolean truncated;
    private boolean littleEndian;
    private int pendingHighSurrogate;
    private boolean pendingEscape;

    /**
     * Decodes a message of one part; see {@link #append} for the parameters.
     *
     * @return octets of UTF-8 written; where {@link #encoding()} is BINARY, octets of the body as they came
     */
    public int decode(
            final int dataCoding,
            final boolean userDataHeader,
            final DirectBuffer src,
            final int offset,
            final int length,
            final TextProfile profile,
            final MutableDirectBuffer target,
            final int targetOffset) {
        begin(target, targetOffset);
        append(dataCoding, userDataHeader, src, offset, length, profile);
        return finish();
    }

    /** Begins a message. Writes from {@code targetOffset} to the end of the buffer at most. */
    public void begin(final MutableDirectBuffer target, final int targetOffset) {
        dst = target;
        begin = targetOffset;
        end = targetOffset;
        limit = target.isExpandable() ? Integer.MAX_VALUE : target.capacity();
        encoding = Encoding.BINARY;
        first = true;
        undecodable = 0;
        truncated = false;
        littleEndian = false;
        pendingHighSurrogate = NONE;
        pendingEscape = false;
    }

    /**
     * Appends one part.
     *
     * @param dataCoding of the PDU, 0..255
     * @param userDataHeader esm_class says that the body begins with a header
     * @param profile the carrier's: says what its data_coding 0 means
     */
    public void append(
            final int dataCoding,
            final boolean userDataHeader,
            final DirectBuffer src,
            final int offset,
            final int length,
            final TextProfile profile) {
        if (userDataHeader) {
            header.parse(src, offset, length);
        } else {
            header.none();
        }
        final BodyCoding coding = BodyCoding.of(dataCoding, profile);
        if (first) {
            encoding = coding.encoding();
        }
        body(coding, src, offset + header.octets(), length - header.octets());
        first = false;
    }

    /** Ends the message; octets written. */
    public int finish() {
        flushPending();
        return end - begin;
    }

    /** Of the message's first part. Whatever a peer calls its alphabet, all that is text was written as UTF-8. */
    public Encoding encoding() {
        return encoding;
    }

    /** Places where U+FFFD stands for what could not be read. */
    public int undecodable() {
        return undecodable;
    }

    /** The buffer was too small; what did not fit is missing. */
    public boolean truncated() {
        return truncated;
    }

    /** The header of the part that was appended last. */
    public UserDataHeader header() {
        return header;
    }

    private void body(final BodyCoding coding, final DirectBuffer src, final int offset, final int length) {
        if (pendingEscape && coding != BodyCoding.GSM7 && coding != BodyCoding.GSM7_PACKED) {
            flushPending();
        }
        switch (coding) {
            case GSM7 -> septetsUnpacked(src, offset, length);
            case GSM7_PACKED -> septetsPacked(src, offset, length);
            case UCS2 -> utf16(src, offset, length);
            case BINARY -> octets(src, offset, length);
            default -> {
                for (int i = 0; i < length; i++) {
                    codeUnit(EightBit.character(coding, src.getByte(offset + i) & 0xFF));
                }
            }
        }
    }

    private void octets(final DirectBuffer src, final int offset, final int length) {
        flushPending();
        final int octets = Math.min(length, limit - end);
        truncated |= octets < length;
        if (octets > 0) {
            dst.putBytes(end, src, offset, octets);
            end += octets;
        }
    }

    private void septetsUnpacked(final DirectBuffer src, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            final int octet = src.getByte(offset + i) & 0xFF;
            if (octet >= Gsm7.POSITIONS) {
                pendingEscape = false;
                codeUnit(NONE);
            } else {
                septet(octet);
            }
        }
    }

    private void septetsPacked(final DirectBuffer src, final int offset, final int length) {
        final int fill = Gsm7.fillBits(header.octets());
        final int count = Gsm7.packedSeptets(src, offset, length, fill);
        for (int i = 0; i < count; i++) {
            septet(Gsm7.packedSeptet(src, offset, length, fill, i));
        }
    }

    private void septet(final int septet) {
        if (pendingEscape) {
            pendingEscape = false;
            character(Gsm7.escaped(header.locking(), header.single(), septet));
        } else if (septet == Gsm7.ESCAPE) {
            pendingEscape = true;
        } else {
            character(Gsm7.character(header.locking(), septet));
        }
    }

    /** U+0000 is no character of GSM 03.38: it says that the table has none. */
    private void character(final char c) {
        codeUnit(c == 0 ? NONE : c);
    }

    private void utf16(final DirectBuffer src, final int offset, final int length) {
        int index = offset;
        final int last = offset + length;
        if (first && length >= 2) {
            final int mark = (src.getByte(offset) & 0xFF) << 8 | (src.getByte(offset + 1) & 0xFF);
            littleEndian = mark == 0xFFFE;
            index += mark == 0xFEFF || littleEndian ? 2 : 0;
        }
        for (; index + 1 < last; index += 2) {
            final int a = src.getByte(index) & 0xFF;
            final int b = src.getByte(index + 1) & 0xFF;
            codeUnit(littleEndian ? b << 8 | a : a << 8 | b);
        }
        if (index < last) {
            codeUnit(NONE);
        }
    }

    /** Takes a UTF-16 code unit, or NONE for what could not be read. */
    private void codeUnit(final int unit) {
        if (pendingHighSurrogate != NONE) {
            final int high = pendingHighSurrogate;
            pendingHighSurrogate = NONE;
            if (unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE) {
                write(Character.toCodePoint((char) high, (char) unit));
                return;
            }
            unreadable();
        }
        if (unit >= Character.MIN_HIGH_SURROGATE && unit <= Character.MAX_HIGH_SURROGATE) {
            pendingHighSurrogate = unit;
        } else if (unit == NONE || (unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE)) {
            unreadable();
        } else {
            write(unit);
        }
    }

    private void flushPending() {
        if (pendingHighSurrogate != NONE || pendingEscape) {
            pendingHighSurrogate = NONE;
            pendingEscape = false;
            unreadable();
        }
    }

    private void unreadable() {
        undecodable++;
        write(Utf8.REPLACEMENT);
    }

    private void write(final int codePoint) {
        if (truncated || Utf8.length(codePoint) > limit - end) {
            truncated = true;
            return;
        }
        end += Utf8.put(dst, end, codePoint);
    }
}
