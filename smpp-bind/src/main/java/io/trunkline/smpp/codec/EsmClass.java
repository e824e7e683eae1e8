package io.trunkline.smpp.codec;

/** Bits of esm_class (SMPP 3.4 §5.2.12): mode in 1-0, message type in 5-2, GSM features in 7-6. */
public final class EsmClass {
    public static final int MODE_MASK = 0x03;
    public static final int MODE_DEFAULT = 0x00;
    public static final int MODE_DATAGRAM = 0x01;
    public static final int MODE_FORWARD = 0x02;
    public static final int MODE_STORE_AND_FORWARD = 0x03;

    public static final int TYPE_MASK = 0x3C;
    public static final int TYPE_DEFAULT = 0x00;
    /** deliver_sm and data_sm from the MC: a delivery receipt. */
    public static final int TYPE_DELIVERY_RECEIPT = 0x04;

    public static final int TYPE_DELIVERY_ACK = 0x08;
    public static final int TYPE_MANUAL_ACK = 0x10;
    public static final int TYPE_CONVERSATION_ABORT = 0x18;
    public static final int TYPE_INTERMEDIATE_NOTIFICATION = 0x20;

    /** The message begins with a user data header. */
    public static final int UDHI = 0x40;

    public static final int REPLY_PATH = 0x80;

    private EsmClass() {}

    /** True where the message begins with a user data header. */
    public static boolean hasUserDataHeader(final int esmClass) {
        return (esmClass & UDHI) != 0;
    }

    /** A delivery receipt or an intermediate notification; mode and GSM bits that carriers add (0x44, 0x07) do not matter. */
    public static boolean isReceipt(final int esmClass) {
        final int type = esmClass & TYPE_MASK;
        return type == TYPE_DELIVERY_RECEIPT || type == TYPE_INTERMEDIATE_NOTIFICATION;
    }
}
