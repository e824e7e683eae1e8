package io.trunkline.smpp.codec;

/**
 * The parameters of a bind (SMPP 3.4 §4.1.1). Two maxima are those of the field rather than of the specification: carriers
 * hand out system ids of 16 characters (15 in 3.4) and passwords longer than 8.
 *
 * @param systemId at most 16 characters
 * @param password at most 64 characters
 * @param systemType at most 12 characters
 * @param interfaceVersion see {@link InterfaceVersion}
 * @param addressTon see {@link Ton}
 * @param addressNpi see {@link Npi}
 * @param addressRange at most 40 characters
 */
public record BindRequest(
        String systemId,
        String password,
        String systemType,
        int interfaceVersion,
        int addressTon,
        int addressNpi,
        String addressRange) {
    public static final int SYSTEM_ID_MAX = 16;
    public static final int PASSWORD_MAX = 64;
    public static final int SYSTEM_TYPE_MAX = 12;
    public static final int ADDRESS_RANGE_MAX = 40;

    public BindRequest {
        PduWriter.check("system_id", systemId, SYSTEM_ID_MAX);
        PduWriter.check("password", password, PASSWORD_MAX);
        PduWriter.check("system_type", systemType, SYSTEM_TYPE_MAX);
        PduWriter.check("address_range", addressRange, ADDRESS_RANGE_MAX);
        PduWriter.checkOctet("interface_version", interfaceVersion);
        PduWriter.checkOctet("addr_ton", addressTon);
        PduWriter.checkOctet("addr_npi", addressNpi);
    }

    /** A bind as 3.4 with empty system_type and address_range, which is what most carriers want. */
    public static BindRequest of(final String systemId, final String password) {
        return new BindRequest(systemId, password, "", InterfaceVersion.V3_4, Ton.UNKNOWN, Npi.UNKNOWN, "");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "BindRequest[systemId=" + systemId + ", systemType=" + systemType + ", interfaceVersion=0x"
                + Integer.toHexString(interfaceVersion) + ", addressRange=" + addressRange + "]";
    }
}
