package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/** Methods that Trunkline tells apart. Names are case-sensitive (RFC 3261 §7.1). */
public enum SipMethod {
    /** A method without a name here; its octets are in the message. */
    OTHER(""),
    INVITE("INVITE"),
    ACK("ACK"),
    BYE("BYE"),
    CANCEL("CANCEL"),
    OPTIONS("OPTIONS"),
    REGISTER("REGISTER"),
    /** RFC 3262. */
    PRACK("PRACK"),
    /** RFC 3311. */
    UPDATE("UPDATE"),
    /** RFC 6086. */
    INFO("INFO"),
    /** RFC 3428. */
    MESSAGE("MESSAGE"),
    /** RFC 3515. */
    REFER("REFER"),
    /** RFC 6665. */
    SUBSCRIBE("SUBSCRIBE"),
    /** RFC 6665. */
    NOTIFY("NOTIFY"),
    /** RFC 3903. */
    PUBLISH("PUBLISH");

    private static final SipMethod[] ALL = values();

    @SuppressWarnings("ImmutableEnumChecker") // Never written after this.
    private final byte[] octets;

    SipMethod(final String name) {
        octets = Octets.ascii(name);
    }

    /** The method of this name, or {@link #OTHER}. */
    public static SipMethod of(final DirectBuffer buffer, final long range) {
        if (Range.length(range) > 0) {
            for (final SipMethod method : ALL) {
                if (Octets.equal(buffer, range, method.octets)) {
                    return method;
                }
            }
        }
        return OTHER;
    }

    /** The name on the wire; not to be changed. */
    byte[] octets() {
        return octets;
    }
}
