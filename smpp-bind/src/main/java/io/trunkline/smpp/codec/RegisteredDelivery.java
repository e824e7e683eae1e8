package io.trunkline.smpp.codec;

/** Bits of registered_delivery (SMPP 3.4 §5.2.17). */
public final class RegisteredDelivery {
    public static final int RECEIPT_MASK = 0x03;
    public static final int NONE = 0x00;
    /** Receipt on success and on failure. */
    public static final int ALWAYS = 0x01;

    public static final int ON_FAILURE = 0x02;
    /** SMPP 5.0 §4.7.21. */
    public static final int ON_SUCCESS = 0x03;

    public static final int SME_DELIVERY_ACK = 0x04;
    public static final int SME_MANUAL_ACK = 0x08;
    /** Intermediate notifications wanted. */
    public static final int INTERMEDIATE = 0x10;

    private RegisteredDelivery() {}
}
