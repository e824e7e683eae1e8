package io.trunkline.gateway.calls;

import java.security.SecureRandom;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/** Numbers that peers cannot guess, drawn from the system's generator many at a time: a call needs a dozen. */
final class RandomLongs implements LongSupplier {
    private static final int DRAWN = 4096;

    private final SecureRandom source = new SecureRandom();
    private final byte[] octets = new byte[DRAWN];
    private final UnsafeBuffer view = new UnsafeBuffer(octets);
    private int next = DRAWN;

    @Override
    public long getAsLong() {
        if (next == DRAWN) {
            source.nextBytes(octets);
            next = 0;
        }
        final long value = view.getLong(next);
        view.putLong(next, 0);
        next += Long.BYTES;
        return value;
    }
}
