package io.trunkline.smpp.trace;

import java.util.List;
import java.util.Map;

/** What a {@link PduDescriber} made of some octets. */
public sealed interface PduReading {
    /**
     * A PDU of the specification.
     *
     * @param command its name, {@code submit_sm}
     * @param fields the mandatory fields by the names of the specification, in the order of the wire; text has octets that
     *     are not printable ASCII as {@code \xNN}, messages are in hexadecimal
     * @param tlvs in the order of the wire
     */
    record Described(String command, int status, int sequence, Map<String, String> fields, List<Tlv> tlvs)
            implements PduReading {}

    /**
     * Octets that are no PDU of the specification.
     *
     * @param why for people
     */
    record Refused(String why) implements PduReading {}

    /**
     * A TLV.
     *
     * @param tag 0..65535
     * @param value in hexadecimal
     */
    record Tlv(int tag, String value) {}
}
