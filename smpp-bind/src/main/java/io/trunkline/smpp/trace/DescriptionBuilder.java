package io.trunkline.smpp.trace;

import io.trunkline.smpp.codec.TlvTag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the fields of one PDU and hides what may not be shown. */
public final class DescriptionBuilder {
    private final Disclosure disclosure;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<PduReading.Tlv> tlvs = new ArrayList<>();

    public DescriptionBuilder(final Disclosure disclosure) {
        this.disclosure = disclosure;
    }

    /** A C-octet string, a character for each octet; null stands for empty. */
    public DescriptionBuilder text(final String field, final String value) {
        fields.put(field, escaped(value));
        return this;
    }

    /** A password. */
    public DescriptionBuilder secret(final String field, final String value) {
        fields.put(field, disclosure == Disclosure.SECRETS ? escaped(value) : "hidden");
        return this;
    }

    public DescriptionBuilder number(final String field, final int value) {
        fields.put(field, Integer.toString(value));
        return this;
    }

    /** TON, NPI and address under their three names in the specification. */
    public DescriptionBuilder address(
            final String field, final String typeField, final int ton, final int npi, final String value) {
        return number(typeField + "_ton", ton & 0xFF)
                .number(typeField + "_npi", npi & 0xFF)
                .text(field, value);
    }

    /** What people write to each other; null stands for empty. */
    public DescriptionBuilder message(final String field, final byte[] octets) {
        fields.put(field, content(octets == null ? new byte[0] : octets));
        return this;
    }

    public DescriptionBuilder tlv(final int tag, final byte[] value) {
        tlvs.add(new PduReading.Tlv(
                tag,
                tag == TlvTag.MESSAGE_PAYLOAD ? content(value) : HexFormat.of().formatHex(value)));
        return this;
    }

    public PduReading build(final String command, final int status, final int sequence) {
        return new PduReading.Described(
                command, status, sequence, Collections.unmodifiableMap(new LinkedHashMap<>(fields)), List.copyOf(tlvs));
    }

    private String content(final byte[] octets) {
        return disclosure == Disclosure.FIELDS
                ? octets.length + " octets"
                : HexFormat.of().formatHex(octets);
    }

    /** Nothing that a peer sends may break the line of a log. */
    private static String escaped(final String value) {
        if (value == null) {
            return "";
        }
        final StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c >= ' ' && c < 0x7F && c != '\\') {
                text.append(c);
            } else {
                text.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
            }
        }
        return text.toString();
    }
}
