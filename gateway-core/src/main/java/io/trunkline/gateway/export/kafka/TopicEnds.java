package io.trunkline.gateway.export.kafka;

import io.trunkline.gateway.export.ExportException;
import io.trunkline.gateway.export.ExportTarget.Reached;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Finds the last record of ours that counts, over all partitions: transactions are whole runs of the journal, so all before it count
 * too. Behind it in a partition there may be nothing but marks and records of transactions that came to nothing.
 */
final class TopicEnds {
    private static final long FIRST_LOOK_BACK = 64;
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final long GIVE_UP_NS = Duration.ofSeconds(30).toNanos();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String source;

    /**
     * @param consumer reads what was committed, and in no group
     * @param source whose records are expected
     */
    TopicEnds(final KafkaConsumer<byte[], byte[]> consumer, final String source) {
        this.consumer = consumer;
        this.source = source;
    }

    /** The last record; index 0 where there is none. */
    Reached last(final Collection<TopicPartition> partitions, final String identity) throws ExportException {
        final Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        final Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Reached last = new Reached(0, 0, identity);
        for (final TopicPartition partition : partitions) {
            final ConsumerRecord<byte[], byte[]> found = lastOf(partition, begins.get(partition), ends.get(partition));
            if (found != null) {
                final Reached here = read(found, identity);
                last = here.index() > last.index() ? here : last;
            }
        }
        return last;
    }

    private ConsumerRecord<byte[], byte[]> lastOf(final TopicPartition partition, final long begin, final long end) {
        final long deadline = System.nanoTime() + GIVE_UP_NS;
        consumer.assign(List.of(partition));
        long back = FIRST_LOOK_BACK;
        while (true) {
            final long from = Math.max(begin, end - back);
            consumer.seek(partition, from);
            ConsumerRecord<byte[], byte[]> last = null;
            while (consumer.position(partition) < end) {
                for (final ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                    last = record;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new TimeoutException("the end of " + partition + " could not be read in time");
                }
            }
            if (last != null || from == begin) {
                return last;
            }
            back *= FIRST_LOOK_BACK;
        }
    }

    private Reached read(final ConsumerRecord<byte[], byte[]> record, final String identity) throws ExportException {
        final String whose = EventHeaders.read(record.headers(), EventHeaders.SOURCE);
        try {
            if (whose.equals(source)) {
                return new Reached(
                        Long.parseLong(EventHeaders.read(record.headers(), EventHeaders.INDEX)),
                        Long.parseLong(EventHeaders.read(record.headers(), EventHeaders.TIME)),
                        identity);
            }
        } catch (final NumberFormatException e) {
            throw shared(record, "with headers that are no numbers", e);
        }
        throw shared(record, whose.isEmpty() ? "of another program" : "of the gateway " + whose, null);
    }

    private static ExportException shared(
            final ConsumerRecord<byte[], byte[]> record, final String what, final Throwable cause) {
        return new ExportException(
                "topic " + record.topic() + " holds records " + what + " (partition " + record.partition() + ", offset "
                        + record.offset() + ")",
                "give each gateway topics of its own: what is last in them says where to go on",
                cause);
    }
}
