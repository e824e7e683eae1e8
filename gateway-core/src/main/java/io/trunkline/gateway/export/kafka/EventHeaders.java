package io.trunkline.gateway.export.kafka;

import io.trunkline.gateway.export.ExportEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The headers of our records: all of them text. */
final class EventHeaders {
    /** Sequence of the journal's record: ascending in a partition. */
    static final String INDEX = "trunkline-index";
    /** Wall time of that record, nanoseconds since the epoch. */
    static final String TIME = "trunkline-time";
    /** Whose journal: name of the gateway, slash, shard. */
    static final String SOURCE = "trunkline-source";

    private static final Header STRUCTURED =
            new RecordHeader("content-type", text("application/cloudevents+json; charset=UTF-8"));

    private EventHeaders() {}

    private static byte[] text(final String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    static List<Header> of(final ExportEvent event, final String source) {
        return of(event.index(), event.timeNs(), source);
    }

    /** Of a record that is aborted at once: whoever reads it nevertheless passes over it, as its index is none. */
    static List<Header> ofNothing(final String source) {
        return of(0, 0, source);
    }

    private static List<Header> of(final long index, final long timeNs, final String source) {
        return List.of(
                STRUCTURED,
                new RecordHeader(INDEX, text(Long.toString(index))),
                new RecordHeader(TIME, text(Long.toString(timeNs))),
                new RecordHeader(SOURCE, text(source)));
    }

    /** The value of a header; empty where there is none. */
    static String read(final Headers headers, final String name) {
        final Header header = headers.lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
