package io.trunkline.smpp.trace;

/** Describes PDUs. There are two, written by different people, so that each can be held against the other. */
public interface PduDescriber {
    /**
     * Describes one PDU.
     *
     * @param pdu the whole PDU, header and all
     */
    PduReading describe(byte[] pdu, Disclosure disclosure);
}
