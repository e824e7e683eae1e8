package io.trunkline.gateway.calls;

import java.util.List;
import org.agrona.DirectBuffer;

/** What a tenant may call from: exact numbers, or beginnings followed by {@code *}. */
final class Senders {
    private final boolean any;
    private final List<String> patterns;

    Senders(final List<String> patterns) {
        any = patterns.contains("*");
        this.patterns = List.copyOf(patterns);
    }

    /** Whether a number without sign fits; without a number, whether any would. */
    boolean allow(final DirectBuffer digits, final int length) {
        if (any) {
            return true;
        }
        for (int i = 0; length > 0 && i < patterns.size(); i++) {
            if (fits(patterns.get(i), digits, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(final String pattern, final DirectBuffer digits, final int length) {
        final int sign = pattern.startsWith("+") ? 1 : 0;
        final boolean open = pattern.endsWith("*");
        final int size = pattern.length() - sign - (open ? 1 : 0);
        if (length < size || (!open && length != size)) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (digits.getByte(i) != (byte) pattern.charAt(sign + i)) {
                return false;
            }
        }
        return true;
    }
}
