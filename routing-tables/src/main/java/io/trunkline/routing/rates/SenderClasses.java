package io.trunkline.routing.rates;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Classes of senders, which carriers charge differently: short codes (numbers of at most {@value #SHORT_CODE_DIGITS} digits without a
 * plus sign); those that are named here by the beginnings of their numbers, the first that fits; other numbers; anything else.
 */
public final class SenderClasses {
    /** A rate for every class. */
    public static final int ANY = 0;

    public static final int NUMBER = 1;
    public static final int SHORT_CODE = 2;
    public static final int ALPHANUMERIC = 3;

    /** Classes at most, the three that are always there included. */
    public static final int MAX = 200;

    private static final int SHORT_CODE_DIGITS = 6;
    private static final List<String> ALWAYS = List.of("", "number", "short-code", "alphanumeric");

    /** Without classes of its own. */
    public static final SenderClasses STANDARD = new SenderClasses(List.of());

    private final List<String> names = new ArrayList<>(ALWAYS);
    private final List<List<String>> prefixes = new ArrayList<>();

    /**
     * A class by the beginnings of numbers.
     *
     * @param prefixes digits without a sign
     */
    public record Named(String name, List<String> prefixes) {
        public Named {
            prefixes = List.copyOf(prefixes);
        }
    }

    /** @throws IllegalArgumentException where a name stands twice, or there are more than {@link #MAX} */
    public SenderClasses(final List<Named> named) {
        for (final Named each : named) {
            if (names.contains(each.name()) || names.size() > MAX) {
                throw new IllegalArgumentException(
                        "sender class `" + each.name() + "` is there already, or one too many");
            }
            names.add(each.name());
            prefixes.add(each.prefixes());
        }
    }

    /** The class of a name; -1 where there is none. */
    public int of(final String name) {
        return names.indexOf(name);
    }

    public String name(final int senderClass) {
        return names.get(senderClass);
    }

    /** All names, without the empty one. */
    public List<String> names() {
        return names.subList(1, names.size());
    }

    /** The class of a sender, in ASCII; {@link #ANY} where there is no sender. */
    public int of(final DirectBuffer sender, final int offset, final int length) {
        final int sign = length > 0 && sender.getByte(offset) == '+' ? 1 : 0;
        final int digits = length - sign;
        for (int i = sign; i < length; i++) {
            final byte octet = sender.getByte(offset + i);
            if (octet < '0' || octet > '9') {
                return ALPHANUMERIC;
            }
        }
        if (digits == 0) {
            return length == 0 ? ANY : ALPHANUMERIC;
        }
        if (sign == 0 && digits <= SHORT_CODE_DIGITS) {
            return SHORT_CODE;
        }
        for (int i = 0; i < prefixes.size(); i++) {
            if (begins(prefixes.get(i), sender, offset + sign, digits)) {
                return ALWAYS.size() + i;
            }
        }
        return NUMBER;
    }

    private static boolean begins(
            final List<String> beginnings, final DirectBuffer sender, final int offset, final int length) {
        for (int i = 0; i < beginnings.size(); i++) {
            final String beginning = beginnings.get(i);
            boolean same = beginning.length() <= length;
            for (int at = 0; same && at < beginning.length(); at++) {
                same = sender.getByte(offset + at) == beginning.charAt(at);
            }
            if (same) {
                return true;
            }
        }
        return false;
    }
}
