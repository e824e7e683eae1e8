package io.trunkline.smpp.codec;

/** Values of interface_version and of the TLV sc_interface_version (SMPP 3.4 §5.2.4, SMPP 5.0 §4.7.13). */
public final class InterfaceVersion {
    public static final int V3_3 = 51;
    public static final int V3_4 = 52;
    public static final int V5_0 = 80;

    private InterfaceVersion() {}
}
