package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/** Reads the overload parameters of a message's topmost Via (RFC 7339 §4), in place. */
public final class OverloadParameters {
    public static final int ABSENT = -1;

    private static final byte[] OC = Octets.ascii("oc");
    private static final byte[] VALIDITY = Octets.ascii("oc-validity");
    private static final byte[] SEQUENCE = Octets.ascii("oc-seq");
    private static final byte[] ALGORITHM = Octets.ascii("oc-algo");
    private static final byte[] LOSS = Octets.ascii("loss");
    private static final int SEQUENCE_SCALE = 100_000;

    private boolean given;
    private boolean loss;
    private int percent;
    private long validityMs;
    private long sequence;

    /** Reads them; the message has a topmost Via. */
    public void read(final SipMessage message) {
        given = false;
        loss = false;
        percent = ABSENT;
        validityMs = ABSENT;
        sequence = ABSENT;
        final DirectBuffer octets = message.buffer();
        final long via = message.topVia().element();
        for (int at = next(octets, Range.offset(via), Range.end(via)); at < Range.end(via); ) {
            final int end = next(octets, at + 1, Range.end(via));
            parameter(octets, at + 1, end);
            at = end;
        }
    }

    /** Offset of the next semicolon outside of quotes, or {@code end}. */
    private static int next(final DirectBuffer octets, final int from, final int end) {
        boolean quoted = false;
        for (int i = from; i < end; i++) {
            final int octet = octets.getByte(i);
            if (octet == '"') {
                quoted = !quoted;
            } else if (octet == ';' && !quoted) {
                return i;
            }
        }
        return end;
    }

    private void parameter(final DirectBuffer octets, final int from, final int end) {
        int equals = from;
        while (equals < end && octets.getByte(equals) != '=') {
            equals++;
        }
        final long name = trimmed(octets, from, equals);
        final long value = equals < end ? trimmed(octets, equals + 1, end) : Range.NONE;
        if (Octets.equalIgnoringCase(octets, name, OC)) {
            given = true;
            final long number = value == Range.NONE ? ABSENT : Octets.number(octets, value);
            percent = number < 0 || number > 100 ? ABSENT : (int) number;
        } else if (Octets.equalIgnoringCase(octets, name, VALIDITY) && value != Range.NONE) {
            validityMs = Math.min(Octets.number(octets, value), Integer.MAX_VALUE);
        } else if (Octets.equalIgnoringCase(octets, name, ALGORITHM) && value != Range.NONE) {
            loss = contains(octets, value);
        } else if (Octets.equalIgnoringCase(octets, name, SEQUENCE) && value != Range.NONE) {
            sequence = decimal(octets, value);
        }
    }

    private static long trimmed(final DirectBuffer octets, final int from, final int end) {
        int first = from;
        int last = end;
        while (first < last && isMargin(octets.getByte(first))) {
            first++;
        }
        while (last > first && isMargin(octets.getByte(last - 1))) {
            last--;
        }
        return Range.between(first, last);
    }

    private static boolean isMargin(final int octet) {
        return octet == '"' || octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    /** Whether the list of algorithms has {@code loss}; one that has it in another word is none that exists. */
    private static boolean contains(final DirectBuffer octets, final long list) {
        for (int i = Range.offset(list); i <= Range.end(list) - LOSS.length; i++) {
            if (Octets.equalIgnoringCase(octets, Range.of(i, LOSS.length), LOSS)) {
                return true;
            }
        }
        return false;
    }

    /** {@code 1*12DIGIT "." 1*5DIGIT} (RFC 7339 §9) in hundred-thousandths, so that they compare as numbers. */
    private static long decimal(final DirectBuffer octets, final long value) {
        int dot = Range.offset(value);
        while (dot < Range.end(value) && octets.getByte(dot) != '.') {
            dot++;
        }
        final long whole = Octets.number(octets, Range.between(Range.offset(value), dot));
        if (whole < 0 || whole > 999_999_999_999L) {
            return ABSENT;
        }
        long fraction = 0;
        int scale = SEQUENCE_SCALE;
        for (int i = dot + 1; i < Range.end(value) && scale > 1; i++) {
            final int digit = octets.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                return ABSENT;
            }
            scale /= 10;
            fraction += (long) digit * scale;
        }
        return whole * SEQUENCE_SCALE + fraction;
    }

    /** Whether the sender speaks of overload control at all: in a request, that it obeys it. */
    public boolean given() {
        return given;
    }

    /** Whether the algorithm is, or may be, loss. */
    public boolean loss() {
        return loss;
    }

    /** Percent of requests not to send, or {@link #ABSENT}. */
    public int percent() {
        return percent;
    }

    /** How long that holds, ms, or {@link #ABSENT}. */
    public long validityMs() {
        return validityMs;
    }

    /** Rises with every report, or {@link #ABSENT}. */
    public long sequence() {
        return sequence;
    }

    /** Copies a part of a Via, from and to the border of a parameter, without its overload parameters. */
    static void copyWithout(final DirectBuffer octets, final int from, final int until, final OctetWriter out) {
        int at = next(octets, from, until);
        out.copy(octets, from, at - from);
        while (at < until) {
            final int end = next(octets, at + 1, until);
            if (!isOverload(octets, at + 1, end)) {
                out.copy(octets, at, end - at);
            }
            at = end;
        }
    }

    private static boolean isOverload(final DirectBuffer octets, final int from, final int end) {
        int equals = from;
        while (equals < end && octets.getByte(equals) != '=') {
            equals++;
        }
        final long name = trimmed(octets, from, equals);
        return Octets.equalIgnoringCase(octets, name, OC)
                || Octets.equalIgnoringCase(octets, name, VALIDITY)
                || Octets.equalIgnoringCase(octets, name, ALGORITHM)
                || Octets.equalIgnoringCase(octets, name, SEQUENCE);
    }
}
