package io.trunkline.gateway.engine;

/**
 * Receipts that came before the answer they belong to: some carriers are that quick, and an answer lost with its bind
 * never comes. Bounded and timed; per carrier.
 */
final class EarlyReceipts {
    private final KeyedRing ring;
    private final long holdMs;
    private final long[] receivedAtMs;
    private final int[] networkErrorCodes;
    private final int[] rawCodes;
    private final short[] errorCodes;
    private final byte[] messageStates;

    EarlyReceipts(final int capacity, final long holdMs) {
        this.holdMs = holdMs;
        ring = new KeyedRing(capacity);
        receivedAtMs = new long[capacity];
        networkErrorCodes = new int[capacity];
        rawCodes = new int[capacity];
        errorCodes = new short[capacity];
        messageStates = new byte[capacity];
    }

    void park(final ReceiptNotice receipt, final long keyHi, final long keyLo, final long nowMs) {
        park(
                keyHi,
                keyLo,
                receipt.messageState,
                receipt.errorCode.number(),
                receipt.networkErrorCode,
                receipt.rawCode,
                nowMs);
    }

    void park(
            final long keyHi,
            final long keyLo,
            final int messageState,
            final int errorCode,
            final int networkErrorCode,
            final int rawCode,
            final long nowMs) {
        final int slot = ring.put(0, keyHi, keyLo);
        receivedAtMs[slot] = nowMs;
        networkErrorCodes[slot] = networkErrorCode;
        rawCodes[slot] = rawCode;
        errorCodes[slot] = (short) errorCode;
        messageStates[slot] = (byte) messageState;
    }

    /** Takes the receipt that waits for this id out; its slot, readable until the next call, or -1. */
    int take(final long keyHi, final long keyLo, final long nowMs) {
        final int slot = ring.find(0, keyHi, keyLo);
        if (slot < 0) {
            return KeyedRing.NOT_FOUND;
        }
        ring.remove(0, keyHi, keyLo);
        return nowMs - receivedAtMs[slot] <= holdMs ? slot : KeyedRing.NOT_FOUND;
    }

    int messageState(final int slot) {
        return messageStates[slot];
    }

    ErrorCode errorCode(final int slot) {
        return ErrorCode.of(errorCodes[slot]);
    }

    int networkErrorCode(final int slot) {
        return networkErrorCodes[slot];
    }

    int rawCode(final int slot) {
        return rawCodes[slot];
    }

    long receivedAtMs(final int slot) {
        return receivedAtMs[slot];
    }

    /** The keys, oldest first, for a checkpoint. */
    KeyedRing ring() {
        return ring;
    }
}
