package io.trunkline.smpp.codec;

/** Numbering plan indicator (SMPP 3.4 §5.2.6). */
public final class Npi {
    public static final int UNKNOWN = 0;
    /** E.163/E.164. */
    public static final int ISDN = 1;
    /** X.121. */
    public static final int DATA = 3;
    /** F.69. */
    public static final int TELEX = 4;
    /** E.212. */
    public static final int LAND_MOBILE = 6;

    public static final int NATIONAL = 8;
    public static final int PRIVATE = 9;
    public static final int ERMES = 10;
    /** IP. */
    public static final int INTERNET = 14;

    public static final int WAP = 18;

    private Npi() {}
}
