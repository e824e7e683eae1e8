package io.trunkline.gateway.export.kafka;

import io.trunkline.gateway.config.Exports;
import io.trunkline.gateway.export.ExportException;
import io.trunkline.gateway.export.ExportTarget;
import java.util.stream.Stream;

/** Topics of a Kafka, written by one transactional producer. */
public final class KafkaTarget implements ExportTarget {
    private final Exports.Kafka kafka;
    private final String gateway;
    private final String shard;
    private volatile KafkaSession current;
    private volatile boolean closing;

    /**
     * @param gateway name of this gateway: no two that write to one Kafka may have the same
     * @param shard whose journal it is: {@code shard-0}
     */
    public KafkaTarget(final Exports.Kafka kafka, final String gateway, final String shard) {
        this.kafka = kafka;
        this.gateway = gateway;
        this.shard = shard;
    }

    @Override
    public String describe() {
        final String topics = String.join(
                ", ",
                Stream.concat(kafka.topic().stream(), kafka.cdrTopic().stream()).toList());
        return "Kafka " + kafka.bootstrap().get(0) + ", " + topics;
    }

    @Override
    public Session open() throws ExportException {
        final KafkaSession session =
                new KafkaSession(kafka, new ClientSettings(kafka, gateway + "-" + shard), gateway + "/" + shard);
        current = session;
        try {
            if (closing) {
                throw new ExportException("the export ends", "none is needed");
            }
            session.open();
            return session;
        } catch (final ExportException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public void wakeUp() {
        closing = true;
        final KafkaSession session = current;
        if (session != null) {
            session.wakeUp();
        }
    }
}
