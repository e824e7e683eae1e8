package io.trunkline.smpp.codec;

/**
 * An address with its types, for the PDUs that are rare enough to be given objects.
 *
 * @param ton see {@link Ton}
 * @param npi see {@link Npi}
 * @param address at most {@link OutboundSm#DATA_ADDRESS_MAX} characters, and where the PDU says so fewer
 */
public record SmeAddress(int ton, int npi, String address) implements MultiDestination {
    public SmeAddress {
        PduWriter.checkOctet("ton", ton);
        PduWriter.checkOctet("npi", npi);
        PduWriter.check("address", address, OutboundSm.DATA_ADDRESS_MAX);
    }
}
