package io.trunkline.smpp.text;

/**
 * What a {@link Reassembler} may hold.
 *
 * @param messages incomplete messages, and complete ones whose late duplicates are still recognised; at least 1
 * @param bytes of the parts of incomplete messages, with their addresses; at least 1
 * @param parts that one message may have, 1..255
 * @param timeoutMs milliseconds from a message's first part to giving it up, and from its completion to forgetting it
 */
public record ReassemblyLimits(int messages, int bytes, int parts, long timeoutMs) {
    /** 10,000 messages, 16 MiB, 255 parts, one hour. */
    public static final ReassemblyLimits DEFAULT = new ReassemblyLimits(10_000, 16 << 20, 255, 3_600_000);

    public ReassemblyLimits {
        if (messages < 1 || bytes < 1 || parts < 1 || parts > 255 || timeoutMs < 1) {
            throw new IllegalArgumentException(
                    "messages " + messages + ", bytes " + bytes + ", parts " + parts + ", timeoutMs " + timeoutMs);
        }
    }
}
