package io.trunkline.gateway.config;

/** Which receipts a tenant wants; the numbers are those of the upstream protocol and of the journal. */
public enum ReceiptWish {
    NONE(1),
    FINAL(2),
    ALL(3);

    private final int number;

    ReceiptWish(final int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
