package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/**
 * One {@code name-addr} or {@code addr-spec} with its parameters (RFC 3261 §20.10), read in place: From, To, Contact,
 * Route, Record-Route, P-Asserted-Identity, Diversion and their like. Where several stand in one header, {@link #hasNext()}
 * tells and {@link #next()} says where.
 */
public final class AddressField {
    private static final byte[] TAG = Octets.ascii("tag");

    private final SipUri uri = new SipUri();
    private final ParameterList list = new Parameters();
    private final Finder finder = new Finder();
    private DirectBuffer buffer;
    private long element;
    private int next;
    private long displayName;
    private long uriRange;
    private long parameters;
    private long tag;
    private boolean star;

    /**
     * Reads the element that starts at {@code from}.
     *
     * @param from offset in the message
     * @param end offset after the header's value
     * @return whether it is well formed; if not, nothing else here means anything
     */
    public boolean parse(final DirectBuffer octets, final int from, final int end) {
        buffer = octets;
        displayName = Range.NONE;
        parameters = Range.NONE;
        tag = Range.NONE;
        next = -1;
        star = false;
        final int start = Octets.skipLws(octets, from, end);
        if (start == end) {
            return false;
        }
        if (octets.getByte(start) == '*' && Octets.skipLws(octets, start + 1, end) == end) {
            star = true;
            element = Range.of(start, 1);
            uriRange = Range.NONE;
            return true;
        }
        final int open = displayName(start, end);
        if (open < 0) {
            return false;
        }
        final int afterUri = open < end && octets.getByte(open) == '<' ? bracketed(open, end) : bare(start, end);
        if (afterUri < 0 || !uri.parse(octets, uriRange)) {
            return false;
        }
        final int stop = parameters(afterUri, end);
        if (stop < 0) {
            return false;
        }
        int last = stop;
        while (SipChars.isLws(octets.getByte(last - 1))) {
            last--;
        }
        element = Range.between(start, last);
        next = stop < end ? stop + 1 : -1;
        return true;
    }

    /** Returns where the {@code <} stands, {@code end} where there is none, -1 where a quoted name goes wrong. */
    private int displayName(final int start, final int end) {
        int at = start;
        if (buffer.getByte(at) == '"') {
            final int close = Octets.skipQuoted(buffer, at, end);
            if (close < 0) {
                return -1;
            }
            at = Octets.skipLws(buffer, close, end);
            displayName = Range.between(start, close);
            return at < end && buffer.getByte(at) == '<' ? at : -1;
        }
        while (at < end
                && (SipChars.isToken(buffer.getByte(at))
                        || SipChars.isLws(buffer.getByte(at))
                        || buffer.getByte(at) < 0)) {
            at++;
        }
        if (at < end && buffer.getByte(at) == '<') {
            if (at > start) {
                displayName = Octets.trim(buffer, start, at);
            }
            return at;
        }
        return end;
    }

    private int bracketed(final int open, final int end) {
        int close = open + 1;
        while (close < end && buffer.getByte(close) != '>') {
            close++;
        }
        uriRange = Range.between(open + 1, close);
        return close == end ? -1 : close + 1;
    }

    /** Without brackets a semicolon starts the header's parameters, and ? and comma may not be in the URI (§20). */
    private int bare(final int start, final int end) {
        int at = start;
        while (at < end) {
            final int octet = buffer.getByte(at);
            if (octet == ';' || octet == ',' || SipChars.isLws(octet)) {
                break;
            }
            if (octet == '?') {
                return -1;
            }
            at++;
        }
        uriRange = Range.between(start, at);
        return at;
    }

    private int parameters(final int from, final int end) {
        final int first = Octets.skipLws(buffer, from, end);
        final int stop = list.read(buffer, first, end);
        if (stop > first) {
            parameters = Range.between(first, stop);
        }
        return stop;
    }

    private final class Parameters extends ParameterList {
        @Override
        boolean note(final long name, final long value) {
            if (!Octets.equalIgnoringCase(buffer, name, TAG)) {
                return true;
            }
            final boolean first = tag == Range.NONE;
            tag = value;
            return first && value != Range.NONE && HostSyntax.isToken(buffer, value);
        }
    }

    private final class Finder extends ParameterList {
        private byte[] wanted;
        private long found;

        @Override
        boolean note(final long name, final long value) {
            if (found == Range.NONE && Octets.equalIgnoringCase(buffer, name, wanted)) {
                found = value == Range.NONE ? Range.of(Range.end(name), 0) : value;
            }
            return true;
        }
    }

    /** The whole element, without the comma and white space around it. */
    public long element() {
        return element;
    }

    /** Whether another element follows in the same header. */
    public boolean hasNext() {
        return next >= 0;
    }

    /** Where the next element starts, white space before it included; only when {@link #hasNext()}. */
    public int next() {
        return next;
    }

    /** Whether it is the {@code *} of a Contact that removes all bindings; then there is no URI. */
    public boolean isStar() {
        return star;
    }

    /** The display name, a quoted one with its quotes, or {@link Range#NONE}. */
    public long displayName() {
        return displayName;
    }

    /** The URI, without brackets. */
    public SipUri uri() {
        return uri;
    }

    /** The header's parameters with their first semicolon, or {@link Range#NONE}. */
    public long parameters() {
        return parameters;
    }

    /**
     * Value of one of the header's parameters, a quoted one with its quotes, of length 0 where it has none; {@link Range#NONE} where it
     * is not there.
     *
     * @param lowerCaseName name without capitals
     */
    public long parameter(final byte[] lowerCaseName) {
        finder.wanted = lowerCaseName;
        finder.found = Range.NONE;
        if (parameters != Range.NONE) {
            finder.read(buffer, Range.offset(parameters), Range.end(parameters));
        }
        return finder.found;
    }

    /** Value of the tag parameter, or {@link Range#NONE}. */
    public long tag() {
        return tag;
    }
}
