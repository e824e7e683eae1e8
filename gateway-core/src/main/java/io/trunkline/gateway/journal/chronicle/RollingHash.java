package io.trunkline.gateway.journal.chronicle;

/** One number over all records of a cycle file, in their order: made of their checksums and sequences. */
final class RollingHash {
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private RollingHash() {}

    static long next(final long hash, final long sequence, final int crc) {
        return (Long.rotateLeft(hash, 17) ^ sequence ^ ((long) crc << 32)) * PRIME;
    }
}
