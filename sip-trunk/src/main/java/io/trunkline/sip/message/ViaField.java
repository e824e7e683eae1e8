package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/**
 * One {@code via-parm} of a Via header (RFC 3261 §20.42, RFC 3581), read in place. Several may stand in one header, with
 * commas between: after a successful {@link #parse} {@link #hasNext()} tells and {@link #next()} says where.
 */
public final class ViaField {
    /** {@link #port()}, {@link #rport()}: not given. */
    public static final int ABSENT = -1;

    private static final byte[] COOKIE = Octets.ascii("z9hg4bk");
    private static final byte[] SIP = Octets.ascii("sip");
    private static final byte[] VERSION = Octets.ascii("2.0");
    private static final byte[] BRANCH = Octets.ascii("branch");
    private static final byte[] RECEIVED = Octets.ascii("received");
    private static final byte[] RPORT = Octets.ascii("rport");
    private static final byte[] MADDR = Octets.ascii("maddr");
    private static final byte[] ALIAS = Octets.ascii("alias");

    private final ParameterList list = new Parameters();
    private DirectBuffer buffer;
    private long element;
    private int next;
    private TransportProtocol protocol;
    private long protocolRange;
    private long host;
    private long sentBy;
    private int port;
    private long branch;
    private long received;
    private long maddr;
    private boolean rportGiven;
    private long rportParameter;
    private int rport;
    private boolean aliasGiven;

    /**
     * Reads the element that starts at {@code from}.
     *
     * @param from offset in the message
     * @param end offset after the header's value
     * @return whether it is well formed; if not, nothing else here means anything
     */
    boolean parse(final DirectBuffer octets, final int from, final int end) {
        buffer = octets;
        branch = Range.NONE;
        received = Range.NONE;
        maddr = Range.NONE;
        rportGiven = false;
        rportParameter = Range.NONE;
        rport = ABSENT;
        aliasGiven = false;
        port = ABSENT;
        next = -1;
        final int start = Octets.skipLws(octets, from, end);
        int at = sentProtocol(start, end);
        at = at < 0 ? at : sentBy(at, end);
        at = at < 0 ? at : list.read(buffer, at, end);
        if (at < 0) {
            return false;
        }
        int last = at;
        while (SipChars.isLws(octets.getByte(last - 1))) {
            last--;
        }
        element = Range.between(start, last);
        if (at < end) {
            next = at + 1;
        }
        return true;
    }

    /** SIP / 2.0 / transport, white space allowed around the slashes; returns where sent-by starts, or -1. */
    private int sentProtocol(final int from, final int end) {
        int at = literal(from, end, SIP);
        at = at < 0 ? at : slash(at, end);
        at = at < 0 ? at : literal(at, end, VERSION);
        at = at < 0 ? at : slash(at, end);
        if (at < 0) {
            return -1;
        }
        final int tokenEnd = Octets.skipToken(buffer, at, end);
        final int host = Octets.skipLws(buffer, tokenEnd, end);
        if (tokenEnd == at || host == tokenEnd) {
            return -1;
        }
        protocolRange = Range.between(at, tokenEnd);
        protocol = TransportProtocol.of(buffer, protocolRange);
        return host;
    }

    private int literal(final int at, final int end, final byte[] lowerCase) {
        final int tokenEnd = Octets.skipToken(buffer, at, end);
        return Octets.equalIgnoringCase(buffer, Range.between(at, tokenEnd), lowerCase) ? tokenEnd : -1;
    }

    private int slash(final int from, final int end) {
        final int at = Octets.skipLws(buffer, from, end);
        return at < end && buffer.getByte(at) == '/' ? Octets.skipLws(buffer, at + 1, end) : -1;
    }

    private int sentBy(final int from, final int end) {
        final int hostEnd = HostSyntax.skip(buffer, from, end);
        if (hostEnd < 0) {
            return -1;
        }
        host = Range.between(from, hostEnd);
        sentBy = host;
        final int colon = Octets.skipLws(buffer, hostEnd, end);
        if (colon == end || buffer.getByte(colon) != ':') {
            return hostEnd;
        }
        final int digits = Octets.skipLws(buffer, colon + 1, end);
        final int digitsEnd = Octets.skipToken(buffer, digits, end);
        port = HostSyntax.port(buffer, digits, digitsEnd);
        sentBy = Range.between(from, digitsEnd);
        return port < 0 ? -1 : digitsEnd;
    }

    private final class Parameters extends ParameterList {
        @Override
        boolean note(final long name, final long value) {
            if (Octets.equalIgnoringCase(buffer, name, BRANCH)) {
                final boolean first = branch == Range.NONE;
                branch = value;
                return first && value != Range.NONE && HostSyntax.isToken(buffer, value);
            }
            if (Octets.equalIgnoringCase(buffer, name, RPORT)) {
                rportGiven = true;
                rportParameter =
                        Range.between(Range.offset(name), value == Range.NONE ? Range.end(name) : Range.end(value));
                rport = value == Range.NONE ? ABSENT : HostSyntax.port(buffer, Range.offset(value), Range.end(value));
                return value == Range.NONE || rport >= 0;
            }
            if (Octets.equalIgnoringCase(buffer, name, RECEIVED)) {
                received = value;
                return value != Range.NONE;
            }
            if (Octets.equalIgnoringCase(buffer, name, MADDR)) {
                maddr = value;
                return value != Range.NONE;
            }
            aliasGiven |= Octets.equalIgnoringCase(buffer, name, ALIAS);
            return true;
        }

        @Override
        boolean allowsColons(final long name) {
            return Octets.equalIgnoringCase(buffer, name, RECEIVED);
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

    public TransportProtocol protocol() {
        return protocol;
    }

    /** The transport's token as it was written. */
    public long protocolRange() {
        return protocolRange;
    }

    /** Host of sent-by; an IPv6 address with its brackets. */
    public long host() {
        return host;
    }

    /** Host and port of sent-by. */
    public long sentBy() {
        return sentBy;
    }

    /** Port of sent-by, 1..65535, or {@link #ABSENT}. */
    public int port() {
        return port;
    }

    /** The branch parameter, or {@link Range#NONE}. */
    public long branch() {
        return branch;
    }

    /**
     * Whether the branch starts with z9hG4bK, so that it names a transaction by itself (RFC 3261 §8.1.1.7). One that is nothing else
     * (RFC 4475 §3.2.1) does not.
     */
    public boolean hasMagicCookie() {
        return Range.length(branch) > COOKIE.length && Octets.startsIgnoringCase(buffer, branch, COOKIE);
    }

    /** The received parameter, or {@link Range#NONE}. */
    public long received() {
        return received;
    }

    /** The maddr parameter, or {@link Range#NONE}. */
    public long maddr() {
        return maddr;
    }

    /** Whether the sender offers its connection for requests to where sent-by says (RFC 5923). */
    public boolean aliasGiven() {
        return aliasGiven;
    }

    /** Whether the sender asks for RFC 3581, with or without a value. */
    public boolean rportGiven() {
        return rportGiven;
    }

    /** The rport parameter, name and value, or {@link Range#NONE}. */
    public long rportParameter() {
        return rportParameter;
    }

    /** Value of rport, 1..65535, or {@link #ABSENT}. */
    public int rport() {
        return rport;
    }
}
