package io.trunkline.smpp.codec;

/** Values of data_coding (SMPP 3.4 §5.2.19) that Trunkline produces; any other is passed on as it is. */
public final class DataCoding {
    /** The MC's default alphabet: mostly GSM 03.38 unpacked, but see the carrier. */
    public static final int DEFAULT = 0;

    public static final int IA5 = 1;
    public static final int OCTETS_2 = 2;
    public static final int LATIN1 = 3;
    /** 8-bit binary. */
    public static final int OCTETS = 4;

    public static final int JIS = 5;
    /** ISO-8859-5. */
    public static final int CYRILLIC = 6;
    /** ISO-8859-8. */
    public static final int HEBREW = 7;
    /** UCS-2 or UTF-16, big-endian. */
    public static final int UCS2 = 8;

    public static final int PICTOGRAM = 9;
    public static final int ISO_2022_JP = 10;
    public static final int KANJI_X0212 = 13;
    public static final int KS_C_5601 = 14;

    private DataCoding() {}
}
