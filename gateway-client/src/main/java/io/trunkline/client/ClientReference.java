package io.trunkline.client;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The 16 bytes by which a client names a submit: the key of idempotency (the same reference with the same content is
 * sent once, however often it is submitted) and what answers and statuses carry back. Opaque to the gateway; never
 * both 0.
 *
 * @param hi the first eight bytes as a big-endian number
 * @param lo the last eight bytes
 */
public record ClientReference(long hi, long lo) {
    public ClientReference {
        if (hi == 0 && lo == 0) {
            throw new IllegalArgumentException("a client reference is never all zero");
        }
    }

    public static ClientReference of(final UUID uuid) {
        return new ClientReference(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /** A number of the caller's, not 0: say the key of a row in an outbox. */
    public static ClientReference of(final long number) {
        return new ClientReference(0, number);
    }

    /** A random one, for submits that are never repeated by the caller. */
    public static ClientReference random() {
        final ThreadLocalRandom random = ThreadLocalRandom.current();
        return new ClientReference(random.nextLong(), random.nextLong() | 1);
    }

    public UUID toUuid() {
        return new UUID(hi, lo);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return String.format("%016x%016x", hi, lo);
    }
}
