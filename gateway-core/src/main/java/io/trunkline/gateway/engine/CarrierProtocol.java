package io.trunkline.gateway.engine;

/** What a carrier takes messages by. The numbers are those of the journal, and of where units come from. */
public enum CarrierProtocol {
    /** {@code submit_sm} over binds; its codes are command_status. */
    SMPP(2),
    /** MESSAGE (RFC 3428) over trunks; its codes are status codes. */
    SIP(3);

    private final int number;

    CarrierProtocol(final int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The protocol of a record; of one that is older than this field, SMPP. */
    public static CarrierProtocol of(final int number) {
        return number == SIP.number ? SIP : SMPP;
    }
}
