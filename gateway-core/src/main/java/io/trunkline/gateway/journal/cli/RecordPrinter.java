package io.trunkline.gateway.journal.cli;

import io.trunkline.gateway.journal.RecordSchema;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.InboundReceivedDecoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import io.trunkline.gateway.journal.seal.PeriodKeys;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A record as JSON. Bodies only where asked for: they are the tenants'. */
final class RecordPrinter {
    private static final Set<String> BODIES = Set.of("body");
    private static final Set<String> HEX =
            Set.of("referenceHi", "referenceLo", "contentHash", "hash", "messageKeyHi", "messageKeyLo", "undecodable");
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RecordSchema schema;
    private final boolean bodies;
    private final PeriodKeys periods;
    private final PeriodCipher cipher;

    /** @param periods keys of bodies that are enciphered */
    RecordPrinter(final RecordSchema schema, final boolean bodies, final PeriodKeys periods) {
        this.schema = schema;
        this.periods = periods;
        cipher = periods.cipher();
        this.bodies = bodies;
    }

    void print(final RecordView record, final Map<String, Object> fields, final ObjectNode node) {
        node.put("sequence", record.sequence())
                .put("time", time(record.wallTimeNs()).toString())
                .put("type", schema.name(record.templateId()));
        if (record.unitId() != 0) {
            node.put("unit", Long.toString(record.unitId()));
        }
        print(fields, node, deciphered(record, fields, node));
    }

    /** Deciphers the body of a record where its key is at hand; false where it is not, which is said. */
    private boolean deciphered(final RecordView record, final Map<String, Object> fields, final ObjectNode node) {
        if (!(fields.get("bodyPeriod") instanceof Long recorded) || !(fields.get("body") instanceof byte[] body)) {
            return true;
        }
        final int period = PeriodCipher.period(recorded);
        final PeriodCipher.Use use = switch (record.templateId()) {
            case UnitAcceptedDecoder.TEMPLATE_ID -> PeriodCipher.Use.ACCEPTED;
            case InboundReceivedDecoder.TEMPLATE_ID -> PeriodCipher.Use.INBOUND;
            default -> PeriodCipher.Use.INBOUND_PART;
        };
        final long number = fields.get("bodyNonce") instanceof Long nonce ? nonce : record.unitId();
        if (cipher.apply(period, use, number, new UnsafeBuffer(body), 0, body.length)) {
            return true;
        }
        node.put(periods.locked(period) ? "bodyEncrypted" : "bodyRedacted", true);
        return false;
    }

    static Instant time(final long wallTimeNs) {
        return Instant.ofEpochSecond(
                Math.floorDiv(wallTimeNs, NANOS_PER_SECOND), Math.floorMod(wallTimeNs, NANOS_PER_SECOND));
    }

    private void print(final Map<String, Object> fields, final ObjectNode node, final boolean deciphered) {
        final boolean readable = bodies && deciphered && !sealed(fields);
        fields.forEach((name, value) -> {
            if (value instanceof byte[] bytes) {
                printData(name, bytes, readable, node);
            } else if (value instanceof List<?> entries) {
                printGroup(entries, node.putArray(name));
            } else if (HEX.contains(name)) {
                node.put(name, HexFormat.of().toHexDigits((Long) value));
            } else {
                node.put(name, (Long) value);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private void printGroup(final List<?> entries, final ArrayNode array) {
        entries.forEach(entry -> print((Map<String, Object>) entry, array.addObject(), true));
    }

    /** Its body cannot be read here, and after its end nowhere. */
    private static boolean sealed(final Map<String, Object> fields) {
        final Object key = fields.get("bodyKey");
        return key != null && (Long) key != 0 && (Long) key != UnitAcceptedDecoder.bodyKeyNullValue();
    }

    private void printData(final String name, final byte[] bytes, final boolean readable, final ObjectNode node) {
        if (BODIES.contains(name) && !readable) {
            node.put(name + "Bytes", bytes.length);
        } else if (HEX.contains(name)) {
            node.put(name, HexFormat.of().formatHex(bytes));
        } else {
            printText(name, bytes, node);
        }
    }

    /** What is no text is printed as hexadecimal digits under the name with {@code Hex}. */
    private static void printText(final String name, final byte[] bytes, final ObjectNode node) {
        try {
            node.put(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (final CharacterCodingException e) {
            node.put(name + "Hex", HexFormat.of().formatHex(bytes));
        }
    }
}
