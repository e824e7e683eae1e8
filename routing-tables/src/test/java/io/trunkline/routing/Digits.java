package io.trunkline.routing;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Numbers in buffers, not at the beginning of them. */
final class Digits {
    static final int OFFSET = 3;

    private Digits() {}

    static UnsafeBuffer at3(final String digits) {
        return new UnsafeBuffer(("+++" + digits).getBytes(StandardCharsets.ISO_8859_1));
    }
}
