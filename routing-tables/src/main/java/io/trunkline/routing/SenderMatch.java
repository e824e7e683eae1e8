package io.trunkline.routing;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which senders a rule is for.
 *
 * @param text in ASCII; empty where the mode needs none
 */
public record SenderMatch(Mode mode, String text) {
    public static final SenderMatch ANY = new SenderMatch(Mode.ANY, "");
    /** Digits, with or without a + before them. */
    public static final SenderMatch NUMBER = new SenderMatch(Mode.NUMBER, "");
    /** Anything else that is not empty. */
    public static final SenderMatch ALPHANUMERIC = new SenderMatch(Mode.ALPHANUMERIC, "");

    /** How a sender is compared. */
    public enum Mode {
        ANY,
        NUMBER,
        ALPHANUMERIC,
        /** The very text; upper and lower case differ, as they do on a handset. */
        EXACTLY,
        BEGINS_WITH
    }

    public SenderMatch {
        if ((mode == Mode.EXACTLY || mode == Mode.BEGINS_WITH) == text.isEmpty()) {
            throw new IllegalArgumentException(mode + " sender `" + text + "`");
        }
    }

    public static SenderMatch exactly(final String sender) {
        return new SenderMatch(Mode.EXACTLY, sender);
    }

    public static SenderMatch beginningWith(final String text) {
        return new SenderMatch(Mode.BEGINS_WITH, text);
    }

    /** Whether a sender is meant. */
    public boolean matches(final DirectBuffer sender, final int offset, final int length) {
        return switch (mode) {
            case ANY -> true;
            case NUMBER -> isNumber(sender, offset, length);
            case ALPHANUMERIC -> length > 0 && !isNumber(sender, offset, length);
            case EXACTLY -> length == text.length() && begins(sender, offset, length);
            case BEGINS_WITH -> begins(sender, offset, length);
        };
    }

    /** Whether a sender consists of digits, with or without a + before them. */
    public static boolean isNumber(final DirectBuffer sender, final int offset, final int length) {
        final int sign = length > 0 && sender.getByte(offset) == '+' ? 1 : 0;
        for (int i = sign; i < length; i++) {
            final byte octet = sender.getByte(offset + i);
            if (octet < '0' || octet > '9') {
                return false;
            }
        }
        return length > sign;
    }

    /** Whether every sender that another is for is one that this is for. */
    boolean covers(final SenderMatch narrow) {
        final UnsafeBuffer narrowText = new UnsafeBuffer(narrow.text.getBytes(StandardCharsets.ISO_8859_1));
        return switch (mode) {
            case ANY -> true;
            case NUMBER, ALPHANUMERIC ->
                narrow.mode == mode || (narrow.mode == Mode.EXACTLY && matches(narrowText, 0, narrowText.capacity()));
            case EXACTLY -> equals(narrow);
            case BEGINS_WITH ->
                (narrow.mode == Mode.EXACTLY || narrow.mode == Mode.BEGINS_WITH)
                        && begins(narrowText, 0, narrowText.capacity());
        };
    }

    private boolean begins(final DirectBuffer sender, final int offset, final int length) {
        if (length < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (sender.getByte(offset + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
