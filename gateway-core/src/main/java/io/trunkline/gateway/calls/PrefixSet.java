package io.trunkline.gateway.calls;

import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;

/** A set of prefixes of E.164 numbers. Asking allocates nothing. */
final class PrefixSet {
    private static final long RADIX = 10;

    /** Each with a 1 before its digits, so that zeros at the beginning count. */
    private final LongHashSet prefixes = new LongHashSet();

    private int longest;

    PrefixSet(final List<String> digits) {
        for (final String prefix : digits) {
            prefixes.add(Long.parseLong("1" + prefix));
            longest = Math.max(longest, prefix.length());
        }
    }

    /** Whether a number begins with one of them. */
    boolean hasPrefixOf(final DirectBuffer digits, final int offset, final int length) {
        long value = 1;
        for (int i = 0; i < Math.min(length, longest); i++) {
            value = value * RADIX + digits.getByte(offset + i) - '0';
            if (prefixes.contains(value)) {
                return true;
            }
        }
        return false;
    }
}
