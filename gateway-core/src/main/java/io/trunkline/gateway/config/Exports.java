package io.trunkline.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code exports} of {@code gateway.yaml}: where else what the journal says is written, as it goes.
 *
 * @param kafka without it there is no export to Kafka
 */
public record Exports(Optional<Kafka> kafka) {
    /** Which records become events. */
    public enum What {
        /** Units accepted, and submits refused. */
        ACCEPTED,
        /** Segments written and answered, receipts. */
        SEGMENTS,
        /** Steps and ends of units. */
        STATUSES,
        /** Messages from handsets. */
        INBOUND,
        /** Steps and ends of calls. */
        CALLS
    }

    /**
     * Records as events in a Kafka.
     *
     * @param bootstrap brokers to ask first
     * @param topic for events
     * @param cdrTopic for call detail records
     * @param what of the records goes to {@code topic}
     * @param bodies whether texts of messages go along
     * @param properties further settings of the clients, such as for security
     * @param holdJournal how far behind the export may be before the journal's retention waits for it no longer
     */
    public record Kafka(
            List<Endpoint> bootstrap,
            Optional<String> topic,
            Optional<String> cdrTopic,
            List<What> what,
            boolean bodies,
            Optional<Path> properties,
            Duration holdJournal) {
        public Kafka {
            bootstrap = List.copyOf(bootstrap);
            what = List.copyOf(what);
        }
    }
}
