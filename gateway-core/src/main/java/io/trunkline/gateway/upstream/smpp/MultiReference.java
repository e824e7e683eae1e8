package io.trunkline.gateway.upstream.smpp;

/**
 * The reference of a unit that came by submit_multi and is not the first of it: names the first, so that its receipts,
 * after a restart too, can carry the message_id that the client knows. SMPP clients have no references of their own.
 *
 * <pre>
 *   high 64 bits                            low 64 bits
 *   "SMPMULT" (56 bits) | position, 1..253  unit id of the first
 * </pre>
 */
final class MultiReference {
    private static final long MARK = 0x53_4D_50_4D_55_4C_54_00L;
    private static final long POSITION = 0xFF;

    private MultiReference() {}

    static long hi(final int position) {
        return MARK | position;
    }

    /** The id that a receipt carries. */
    static long messageId(final long unitId, final long referenceHi, final long referenceLo) {
        return (referenceHi & ~POSITION) == MARK ? referenceLo : unitId;
    }
}
