package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/** The transport that a Via names (RFC 3261 §20.42). */
public enum TransportProtocol {
    UDP(false),
    TCP(true),
    TLS(true),
    /** RFC 7118. */
    WS(true),
    /** RFC 7118. */
    WSS(true),
    /** RFC 4168. */
    SCTP(true),
    /** Any other token. */
    OTHER(true);

    private static final TransportProtocol[] ALL = values();

    private final boolean reliable;

    @SuppressWarnings("ImmutableEnumChecker") // Never written after this.
    private final byte[] lower;

    TransportProtocol(final boolean reliable) {
        this.reliable = reliable;
        final byte[] octets = Octets.ascii(name());
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) SipChars.lower(octets[i]);
        }
        lower = octets;
    }

    /** Whether it repeats by itself what was lost, so that transactions need not (RFC 3261 §17). */
    public boolean isReliable() {
        return reliable;
    }

    static TransportProtocol of(final DirectBuffer buffer, final long range) {
        for (final TransportProtocol protocol : ALL) {
            if (Octets.equalIgnoringCase(buffer, range, protocol.lower)) {
                return protocol;
            }
        }
        return OTHER;
    }
}
