package io.trunkline.smpp.text;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A concatenated inbound message, whole or not, as the {@link Reassembler} holds it: the addresses, then the parts in the
 * order in which they came.
 */
public final class ReassembledMessage {
    /** A pooled message does not keep a larger buffer than this. */
    static final int RETAINED_BYTES = 4096;

    private static final int INITIAL_BYTES = 512;
    private static final int INITIAL_PARTS = 8;

    private final UnsafeBuffer data = new UnsafeBuffer(new byte[INITIAL_BYTES]);
    private int used;
    private int group;
    private int kind;
    private int reference;
    private int total;
    private int received;
    private int fromLength;
    private int toLength;
    private long firstAtMs;

    /** By part number - 1; offset -1: not there. */
    private int[] offsets = new int[INITIAL_PARTS];

    private int[] lengths = new int[INITIAL_PARTS];
    private int[] codings = new int[INITIAL_PARTS];
    private long[] contents = new long[INITIAL_PARTS];
    private long[] tags = new long[INITIAL_PARTS];

    /** Links of the reassembler's. */
    long key;

    ReassembledMessage nextOfKey;
    ReassembledMessage older;
    ReassembledMessage newer;
    long dueAtMs;
    boolean done;

    ReassembledMessage() {}

    void begin(final InboundPart part, final long hash, final long nowMs) {
        key = hash;
        nextOfKey = null;
        done = false;
        firstAtMs = nowMs;
        group = part.group;
        kind = part.kind;
        reference = part.reference;
        total = part.total;
        received = 0;
        fromLength = part.fromLength;
        toLength = part.toLength;
        if (offsets.length < total) {
            offsets = new int[total];
            lengths = new int[total];
            codings = new int[total];
            contents = new long[total];
            tags = new long[total];
        }
        Arrays.fill(offsets, 0, total, -1);
        used = 0;
        append(part.buffer, part.fromOffset, fromLength);
        append(part.buffer, part.toOffset, toLength);
    }

    private void append(final DirectBuffer src, final int offset, final int length) {
        if (data.capacity() - used < length) {
            data.wrap(Arrays.copyOf(data.byteArray(), Math.max(data.capacity() * 2, used + length)));
        }
        data.putBytes(used, src, offset, length);
        used += length;
    }

    boolean sameMessage(final InboundPart part) {
        return group == part.group
                && kind == part.kind
                && reference == part.reference
                && total == part.total
                && same(part.buffer, part.fromOffset, part.fromLength, 0, fromLength)
                && same(part.buffer, part.toOffset, part.toLength, fromLength, toLength);
    }

    private boolean same(
            final DirectBuffer other, final int offset, final int length, final int mine, final int myLength) {
        if (length != myLength) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (other.getByte(offset + i) != data.getByte(mine + i)) {
                return false;
            }
        }
        return true;
    }

    void add(final InboundPart part, final long content) {
        final int index = part.part - 1;
        offsets[index] = used;
        lengths[index] = part.bodyLength;
        codings[index] = part.dataCoding << 1 | (part.userDataHeader ? 1 : 0);
        contents[index] = content;
        tags[index] = part.tag;
        received++;
        append(part.buffer, part.bodyOffset, part.bodyLength);
    }

    boolean sameContent(final int part, final long content) {
        return contents[part - 1] == content;
    }

    int bytes() {
        return used;
    }

    /** Lets the body go; what is needed to recognise duplicates stays. */
    void shrink() {
        used = fromLength + toLength;
        if (data.capacity() > RETAINED_BYTES) {
            data.wrap(Arrays.copyOf(data.byteArray(), Math.max(INITIAL_BYTES, used)));
        }
    }

    public int group() {
        return group;
    }

    /** Of {@link InboundPart}: UDH8, UDH16 or SAR. */
    public int kind() {
        return kind;
    }

    public int reference() {
        return reference;
    }

    /** Parts that the message has. */
    public int total() {
        return total;
    }

    /** Parts that are not there. */
    public int missing() {
        return total - received;
    }

    /** When its first part came. */
    public long firstAtMs() {
        return firstAtMs;
    }

    /** What addresses and bodies are in. */
    public DirectBuffer buffer() {
        return data;
    }

    public int fromOffset() {
        return 0;
    }

    public int fromLength() {
        return fromLength;
    }

    public int toOffset() {
        return fromLength;
    }

    public int toLength() {
        return toLength;
    }

    /** Whether a part is there; parts are numbered from 1. */
    public boolean has(final int part) {
        return offsets[part - 1] >= 0;
    }

    /** Where a part that is there begins in {@link #buffer()}, header included. */
    public int bodyOffset(final int part) {
        return offsets[part - 1];
    }

    public int bodyLength(final int part) {
        return lengths[part - 1];
    }

    public int dataCoding(final int part) {
        return codings[part - 1] >>> 1;
    }

    public boolean userDataHeader(final int part) {
        return (codings[part - 1] & 1) != 0;
    }

    /** What the caller gave with this part. */
    public long tag(final int part) {
        return tags[part - 1];
    }

    /** The data_coding of the first part that is there. */
    public int dataCoding() {
        for (int part = 1; part <= total; part++) {
            if (has(part)) {
                return dataCoding(part);
            }
        }
        return 0;
    }

    /** Writes all parts that are there, in order, as one text; see {@link TextDecoder} for what it tells afterwards. */
    public int decode(
            final TextDecoder decoder,
            final TextProfile profile,
            final MutableDirectBuffer target,
            final int targetOffset) {
        decoder.begin(target, targetOffset);
        for (int part = 1; part <= total; part++) {
            if (has(part)) {
                decoder.append(
                        dataCoding(part), userDataHeader(part), data, bodyOffset(part), bodyLength(part), profile);
            }
        }
        return decoder.finish();
    }
}
