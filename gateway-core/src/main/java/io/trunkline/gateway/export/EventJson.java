package io.trunkline.gateway.export;

import io.trunkline.gateway.journal.RecordView;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes one event after the other: a CloudEvent 1.0 in structured mode. Values that are not there are left out. */
final class EventJson {
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final JsonFactory factory = new JsonFactory();
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream(1024);
    private final String source;
    private JsonGenerator json;

    /** @param shard whose journal it is: {@code shard-0} */
    EventJson(final String shard) {
        source = "urn:trunkline:" + shard;
    }

    /** Begins an event of a record; the fields that follow are those of {@code data}. */
    EventJson begin(final String type, final RecordView record) {
        return begin(type, record.sequence(), record.wallTimeNs(), record.unitId());
    }

    EventJson begin(final String type, final long index, final long timeNs, final long unit) {
        octets.reset();
        json = factory.createGenerator(ObjectWriteContext.empty(), octets);
        json.writeStartObject();
        json.writeStringProperty("specversion", "1.0");
        json.writeStringProperty("type", "io.trunkline." + type + ".v1");
        json.writeStringProperty("source", source);
        json.writeStringProperty("id", Long.toString(index));
        json.writeStringProperty("time", time(timeNs).toString());
        if (unit != 0) {
            json.writeStringProperty("subject", Long.toUnsignedString(unit));
        }
        json.writeStringProperty("datacontenttype", "application/json");
        json.writeObjectPropertyStart("data");
        return this;
    }

    static Instant time(final long wallTimeNs) {
        return Instant.ofEpochSecond(
                Math.floorDiv(wallTimeNs, NANOS_PER_SECOND), Math.floorMod(wallTimeNs, NANOS_PER_SECOND));
    }

    EventJson text(final String name, final String value) {
        if (!value.isEmpty()) {
            json.writeStringProperty(name, value);
        }
        return this;
    }

    /** What is no UTF-8 is written as hexadecimal digits under the name with {@code _hex}. */
    EventJson text(final String name, final byte[] value) {
        if (value.length == 0) {
            return this;
        }
        try {
            json.writeStringProperty(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(value))
                            .toString());
        } catch (final CharacterCodingException e) {
            json.writeStringProperty(name + "_hex", HexFormat.of().formatHex(value));
        }
        return this;
    }

    EventJson hex(final String name, final byte[] value) {
        json.writeStringProperty(name, HexFormat.of().formatHex(value));
        return this;
    }

    /** Sixteen octets as hexadecimal digits; all zero is none. */
    EventJson reference(final String name, final long hi, final long lo) {
        if ((hi | lo) != 0) {
            json.writeStringProperty(
                    name, HexFormat.of().toHexDigits(hi) + HexFormat.of().toHexDigits(lo));
        }
        return this;
    }

    EventJson number(final String name, final long value) {
        json.writeNumberProperty(name, value);
        return this;
    }

    /** Left out where it has the value that stands for none. */
    EventJson number(final String name, final long value, final long none) {
        return value == none ? this : number(name, value);
    }

    EventJson flag(final String name, final boolean value) {
        json.writeBooleanProperty(name, value);
        return this;
    }

    /** Milliseconds since the epoch; 0 or less is none. */
    EventJson time(final String name, final long epochMs) {
        if (epochMs > 0) {
            json.writeStringProperty(name, Instant.ofEpochMilli(epochMs).toString());
        }
        return this;
    }

    /** Ends the event. */
    byte[] end() {
        json.writeEndObject();
        json.writeEndObject();
        json.close();
        return octets.toByteArray();
    }
}
