package io.trunkline.gateway.engine;

import org.agrona.DirectBuffer;

/** Hash of all that makes two requests the same, 64 bits: whoever reuses a reference is told, and mixes nothing up. */
public final class ContentHash {
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private ContentHash() {}

    static long of(final SubmitRequest request) {
        final DirectBuffer buffer = request.buffer;
        final long values = request.messageClass + 31L * request.dataCoding;
        long hash = octets(values, buffer, request.fromOffset, request.fromLength);
        hash = octets(hash, buffer, request.toOffset, request.toLength);
        return octets(hash, buffer, request.bodyOffset, request.bodyLength);
    }

    /** Goes on from a hash, or from numbers, with the octets of a field and their number. */
    public static long octets(final long seed, final DirectBuffer buffer, final int offset, final int length) {
        long hash = seed * PRIME + length;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            hash = Long.rotateLeft(hash ^ (buffer.getLong(offset + i) * PRIME), 29) * 0xC2B2AE3D27D4EB4FL;
        }
        long rest = 0;
        for (; i < length; i++) {
            rest = (rest << 8) | (buffer.getByte(offset + i) & 0xFF);
        }
        hash = Long.rotateLeft(hash ^ (rest * PRIME), 29) * 0xC2B2AE3D27D4EB4FL;
        return hash ^ (hash >>> 32);
    }
}
