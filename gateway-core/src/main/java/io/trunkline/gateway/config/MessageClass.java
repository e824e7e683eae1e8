package io.trunkline.gateway.config;

/** Priority class of a message; the numbers are those of the upstream protocol and of the journal. */
public enum MessageClass {
    OTP(1),
    TRANSACTIONAL(2),
    BULK(3);

    private final int number;

    MessageClass(final int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
