package io.trunkline.smpp.receipt;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Message ids as strings, in tests. */
final class Ids {
    private static final MessageIds IDS = new MessageIds();
    private static final MessageIdKey KEY = new MessageIdKey(1, 2);

    private Ids() {}

    static String normalise(final MessageIdForm form, final String id) {
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[MessageIds.MAX_LENGTH + 3]);
        final byte[] bytes = id.getBytes(StandardCharsets.ISO_8859_1);
        final int length = IDS.normalise(form, new UnsafeBuffer(bytes), 0, bytes.length, dst, 3);
        return dst.getStringWithoutLengthAscii(3, length);
    }

    /** The key of an id, as text. */
    static String key(final MessageIdForm form, final String id) {
        final byte[] bytes = normalise(form, id).getBytes(StandardCharsets.ISO_8859_1);
        KEY.set(new UnsafeBuffer(bytes), 0, bytes.length);
        return Long.toHexString(KEY.hi()) + "/" + Long.toHexString(KEY.lo());
    }
}
