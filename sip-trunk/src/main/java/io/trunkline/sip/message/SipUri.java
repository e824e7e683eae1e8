package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/**
 * A URI read in place: sip and sips in all parts (RFC 3261 §19.1), tel as number and parameters (RFC 3966), any other as
 * scheme and rest.
 */
public final class SipUri {
    /** {@link #port()}: not given. */
    public static final int ABSENT = -1;

    /** What the rest of the URI is read as. */
    public enum Scheme {
        SIP,
        SIPS,
        TEL,
        /** Its parts are not read; a request for it is answered 416 by whoever cannot route it. */
        OTHER
    }

    private static final byte[] SIP = Octets.ascii("sip");
    private static final byte[] SIPS = Octets.ascii("sips");
    private static final byte[] TEL = Octets.ascii("tel");

    private DirectBuffer buffer;
    private Scheme scheme = Scheme.OTHER;
    private long range;
    private long user;
    private long password;
    private long host;
    private int port;
    private long parameters;
    private long headers;

    /**
     * Reads a URI that fills the range.
     *
     * @return whether it is well formed; if not, nothing else here means anything
     */
    public boolean parse(final DirectBuffer octets, final long uri) {
        buffer = octets;
        range = uri;
        user = Range.NONE;
        password = Range.NONE;
        host = Range.NONE;
        port = ABSENT;
        parameters = Range.NONE;
        headers = Range.NONE;
        final int from = Range.offset(uri);
        final int end = Range.end(uri);
        int colon = from;
        while (colon < end && isSchemeChar(octets.getByte(colon))) {
            colon++;
        }
        if (colon == from || colon == end || octets.getByte(colon) != ':' || !SipChars.isAlpha(octets.getByte(from))) {
            return false;
        }
        if (!isUriText(colon + 1, end)) {
            return false;
        }
        final long name = Range.between(from, colon);
        if (Octets.equalIgnoringCase(octets, name, SIP)) {
            scheme = Scheme.SIP;
            return sipParts(colon + 1, end);
        }
        if (Octets.equalIgnoringCase(octets, name, SIPS)) {
            scheme = Scheme.SIPS;
            return sipParts(colon + 1, end);
        }
        if (Octets.equalIgnoringCase(octets, name, TEL)) {
            scheme = Scheme.TEL;
            return telParts(colon + 1, end);
        }
        scheme = Scheme.OTHER;
        return colon + 1 < end;
    }

    private static boolean isSchemeChar(final int octet) {
        return SipChars.isAlpha(octet) || SipChars.isDigit(octet) || octet == '+' || octet == '-' || octet == '.';
    }

    /** Only what a URI may hold, and each % with its two hexadecimal digits. */
    private boolean isUriText(final int from, final int end) {
        for (int i = from; i < end; i++) {
            final int octet = buffer.getByte(i);
            if (!SipChars.isUri(octet)) {
                return false;
            }
            if (octet == '%'
                    && (end - i < 3
                            || !SipChars.isHex(buffer.getByte(i + 1))
                            || !SipChars.isHex(buffer.getByte(i + 2)))) {
                return false;
            }
        }
        return true;
    }

    private int indexOf(final int octet, final int from, final int end) {
        int i = from;
        while (i < end && buffer.getByte(i) != octet) {
            i++;
        }
        return i;
    }

    private boolean sipParts(final int from, final int end) {
        // An @ can stand unescaped only after the user, whose part may hold ; ? and / itself.
        final int at = indexOf('@', from, end);
        int hostStart = from;
        if (at < end) {
            if (at == from || indexOf('@', at + 1, end) < end || !userParts(from, at)) {
                return false;
            }
            hostStart = at + 1;
        }
        int i = HostSyntax.skip(buffer, hostStart, end);
        if (i < 0) {
            return false;
        }
        host = Range.between(hostStart, i);
        if (i < end && buffer.getByte(i) == ':') {
            final int digits = i + 1;
            i = digits;
            while (i < end && SipChars.isDigit(buffer.getByte(i))) {
                i++;
            }
            port = HostSyntax.port(buffer, digits, i);
            if (port < 0) {
                return false;
            }
        }
        if (i < end && buffer.getByte(i) == ';') {
            final int question = indexOf('?', i, end);
            parameters = Range.between(i + 1, question);
            if (!areParameters(i + 1, question)) {
                return false;
            }
            i = question;
        }
        if (i < end && buffer.getByte(i) == '?') {
            headers = Range.between(i + 1, end);
            return areHeaders(i + 1, end);
        }
        return i == end;
    }

    /** {@code pname} or {@code pname=pvalue}, joined by semicolons. */
    private boolean areParameters(final int from, final int end) {
        int at = from;
        while (at <= end) {
            final int last = indexOf(';', at, end);
            final int equals = indexOf('=', at, last);
            if (equals == at
                    || equals + 1 == last
                    || !isParameterText(at, equals)
                    || !isParameterText(equals + 1, last)) {
                return false;
            }
            at = last + 1;
        }
        return true;
    }

    private boolean isParameterText(final int from, final int end) {
        for (int i = from; i < end; i++) {
            if (!SipChars.isParam(buffer.getByte(i)) && buffer.getByte(i) != '%') {
                return false;
            }
        }
        return true;
    }

    /** {@code hname=hvalue}, joined by ampersands. */
    private boolean areHeaders(final int from, final int end) {
        int at = from;
        while (at <= end) {
            final int last = indexOf('&', at, end);
            final int equals = indexOf('=', at, last);
            if (equals == at || equals == last) {
                return false;
            }
            at = last + 1;
        }
        return true;
    }

    private boolean userParts(final int from, final int end) {
        final int colon = indexOf(':', from, end);
        user = Range.between(from, colon);
        if (colon < end) {
            password = Range.between(colon + 1, end);
        }
        for (int i = from; i < end; i++) {
            final int octet = buffer.getByte(i);
            // Not in the grammar, but a # in the user part is how some carriers write tech prefixes.
            final boolean userOnly = octet == '#' || octet == ';' || octet == '?' || octet == '/';
            if ((!SipChars.isUser(octet) && octet != '%' && octet != '#') || (userOnly && i > colon)) {
                return false;
            }
        }
        return colon > from;
    }

    private boolean telParts(final int from, final int end) {
        final int semicolon = indexOf(';', from, end);
        user = Range.between(from, semicolon);
        if (semicolon < end) {
            parameters = Range.between(semicolon + 1, end);
        }
        return semicolon > from;
    }

    public Scheme scheme() {
        return scheme;
    }

    /** The whole URI. */
    public long range() {
        return range;
    }

    /** The user part, escapes and parameters as written, or the number of a tel URI; {@link Range#NONE} if there is none. */
    public long user() {
        return user;
    }

    /** What follows the user part's colon, or {@link Range#NONE}. */
    public long password() {
        return password;
    }

    /** Host of a sip or sips URI, an IPv6 address with its brackets; else {@link Range#NONE}. */
    public long host() {
        return host;
    }

    /** Whether the host is an address, and this one. */
    public boolean isAt(final PeerAddress address) {
        if (host == Range.NONE) {
            return false;
        }
        final boolean bracketed = buffer.getByte(Range.offset(host)) == '[';
        final long bare = bracketed ? Range.between(Range.offset(host) + 1, Range.end(host) - 1) : host;
        return Octets.equal(buffer, bare, address.host());
    }

    /** 1..65535, or {@link #ABSENT}. */
    public int port() {
        return port;
    }

    /** Parameters without their first semicolon, or {@link Range#NONE}. */
    public long parameters() {
        return parameters;
    }

    /** Headers without their question mark, or {@link Range#NONE}. */
    public long headers() {
        return headers;
    }

    /**
     * Whether there is a parameter of this name, with or without value.
     *
     * @param lowerCaseName name without capitals
     */
    public boolean hasParameter(final byte[] lowerCaseName) {
        return parameter(lowerCaseName) != Range.NONE;
    }

    /**
     * Value of a parameter, of length 0 where it has none, or {@link Range#NONE} where it is not there.
     *
     * @param lowerCaseName name without capitals
     */
    public long parameter(final byte[] lowerCaseName) {
        if (parameters == Range.NONE) {
            return Range.NONE;
        }
        final int end = Range.end(parameters);
        int at = Range.offset(parameters);
        while (at < end) {
            final int last = indexOf(';', at, end);
            final int equals = indexOf('=', at, last);
            if (Octets.equalIgnoringCase(buffer, Range.between(at, equals), lowerCaseName)) {
                return Range.between(Math.min(equals + 1, last), last);
            }
            at = last + 1;
        }
        return Range.NONE;
    }
}
