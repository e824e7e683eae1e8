package io.trunkline.gateway.export.kafka;

import io.trunkline.gateway.config.Exports;
import io.trunkline.gateway.export.ExportEvent;
import io.trunkline.gateway.export.ExportException;
import io.trunkline.gateway.export.ExportTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of the producer. Its transactional id shuts out whatever an earlier one left on the way, and ends its transaction; only then
 * are the ends of the topics read:
 *
 * <pre>
 *   topics there? &#9656; initTransactions (earlier ones fenced, theirs ended) &#9656; none open? &#9656; last record that counts &#9656; transaction &#8230;
 * </pre>
 */
final class KafkaSession implements ExportTarget.Session {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSession.class);
    private static final int TOPICS_WITHIN_S = 20;
    private static final Duration MARKS_WITHIN = Duration.ofSeconds(2);
    private static final Duration ABORTED_WITHIN = Duration.ofSeconds(10);
    private static final byte[] NOTHING = {};

    private final Exports.Kafka kafka;
    private final ClientSettings settings;
    private final String source;
    private final AtomicReference<Refused> refused = new AtomicReference<>();
    private volatile KafkaProducer<byte[], byte[]> producer;
    private volatile KafkaConsumer<byte[], byte[]> reader;
    private volatile Admin asking;
    private volatile boolean woken;
    private ExportTarget.Reached reached = new ExportTarget.Reached(0, 0, "");

    /** A record that was not taken, and why. */
    private record Refused(ExportEvent event, Exception why) {}

    KafkaSession(final Exports.Kafka kafka, final ClientSettings settings, final String source) {
        this.kafka = kafka;
        this.settings = settings;
        this.source = source;
    }

    void open() throws ExportException {
        try {
            final Map<String, TopicDescription> topics = topics();
            producer = new KafkaProducer<>(settings.producer());
            goOn();
            producer.initTransactions();
            final Collection<TopicPartition> partitions = partitions(topics);
            endForgotten(partitions);
            reached = lastOf(partitions, identity(topics));
        } catch (final KafkaException e) {
            throw KafkaTrouble.of(e, "opening " + kafka.bootstrap().get(0));
        }
    }

    /** Who was woken before there was anything to be woken from must not wait either. */
    private void goOn() throws ExportException {
        if (woken) {
            throw new ExportException("the export ends", "none is needed");
        }
    }

    /** The topics are asked for by name: a broker that makes topics by itself makes none of ours. */
    private Map<String, TopicDescription> topics() throws ExportException {
        final List<String> names =
                Stream.concat(kafka.topic().stream(), kafka.cdrTopic().stream()).toList();
        return ask(
                "asking " + kafka.bootstrap().get(0) + " for " + String.join(", ", names),
                admin -> new TreeMap<>(
                        admin.describeTopics(names).allTopicNames().get(TOPICS_WITHIN_S, TimeUnit.SECONDS)));
    }

    /** What the brokers are asked, and their answer waited for. */
    private interface Question<T> {
        T ask(Admin admin)
                throws ExportException, ExecutionException, InterruptedException, java.util.concurrent.TimeoutException;
    }

    /** Asks, and can be woken from it. */
    private <T> T ask(final String where, final Question<T> question) throws ExportException {
        try (Admin admin = Admin.create(settings.admin())) {
            asking = admin;
            goOn();
            return question.ask(admin);
        } catch (final ExecutionException e) {
            throw KafkaTrouble.of(e.getCause(), where);
        } catch (final java.util.concurrent.TimeoutException e) {
            throw KafkaTrouble.of(new org.apache.kafka.common.errors.TimeoutException("no answer in time"), where);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExportException("interrupted", "none is needed", e);
        } finally {
            asking = null;
        }
    }

    private static Collection<TopicPartition> partitions(final Map<String, TopicDescription> topics) {
        return topics.entrySet().stream()
                .flatMap(topic -> topic.getValue().partitions().stream()
                        .map(partition -> new TopicPartition(topic.getKey(), partition.partition())))
                .toList();
    }

    private static String identity(final Map<String, TopicDescription> topics) {
        return topics.entrySet().stream()
                .map(topic -> topic.getKey() + "=" + topic.getValue().topicId())
                .collect(Collectors.joining(" "));
    }

    /**
     * Ends what a broker has forgotten to end. One that was killed may take a transaction for complete whose marks it has never written
     * (Kafka 4.4.0): its records would count only together with those of the next one, after the end was read without them, and be
     * there twice. A transaction that writes to the same partitions and is aborted takes them with it; then the end says the truth.
     */
    private void endForgotten(final Collection<TopicPartition> partitions) throws ExportException {
        ask("looking for open transactions at " + kafka.bootstrap().get(0), admin -> {
            final OpenTransactions open = new OpenTransactions(admin, partitions);
            if (!open.endWithin(MARKS_WITHIN)) {
                LOG.warn("a transaction that the broker has not ended in {} is aborted", open.found());
                abortIn(open.found());
                if (!open.endWithin(ABORTED_WITHIN)) {
                    throw new ExportException(
                            "a transaction of another program is open in " + open.found(),
                            "give this gateway topics of its own, or abort it: kafka-transactions.sh abort --help");
                }
            }
            return open;
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What is not taken needs no aborting, and the next look tells.
    private void abortIn(final List<TopicPartition> partitions) {
        producer.beginTransaction();
        partitions.forEach(partition -> producer.send(new ProducerRecord<>(
                partition.topic(),
                partition.partition(),
                source.getBytes(StandardCharsets.UTF_8),
                NOTHING,
                EventHeaders.ofNothing(source))));
        producer.flush();
        producer.abortTransaction();
    }

    private ExportTarget.Reached lastOf(final Collection<TopicPartition> partitions, final String identity)
            throws ExportException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings.consumer())) {
            reader = consumer;
            return new TopicEnds(consumer, source).last(partitions, identity);
        } finally {
            reader = null;
        }
    }

    @Override
    public ExportTarget.Reached reached() {
        return reached;
    }

    @Override
    public void write(final List<ExportEvent> events) throws ExportException {
        refused.set(null);
        try {
            producer.beginTransaction();
            events.forEach(this::send);
            producer.commitTransaction();
        } catch (final KafkaException e) {
            final Refused first = refused.get();
            throw first == null
                    ? KafkaTrouble.of(
                            e,
                            "adding records " + events.get(0).index() + ".."
                                    + events.get(events.size() - 1).index())
                    : KafkaTrouble.of(
                            first.why,
                            "adding record " + first.event.index() + " of the journal (" + first.event.value().length
                                    + " bytes) to " + topic(first.event));
        }
    }

    // The callback hears of failures, and the commit waits for all.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(final ExportEvent event) {
        final ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic(event),
                null,
                TimeUnit.NANOSECONDS.toMillis(event.timeNs()),
                event.key(),
                event.value(),
                EventHeaders.of(event, source));
        producer.send(record, (taken, why) -> {
            if (why != null) {
                refused.compareAndSet(null, new Refused(event, why));
            }
        });
    }

    private String topic(final ExportEvent event) {
        return (event.stream() == ExportEvent.Stream.CDR ? kafka.cdrTopic() : kafka.topic()).orElseThrow();
    }

    void wakeUp() {
        woken = true;
        final Admin asked = asking;
        if (asked != null) {
            asked.close(Duration.ZERO);
        }
        final KafkaConsumer<byte[], byte[]> reading = reader;
        if (reading != null) {
            reading.wakeup();
        }
        close();
    }

    @Override
    public void close() {
        final KafkaProducer<byte[], byte[]> writing = producer;
        if (writing != null) {
            // What is under way is ended by the next session, in either way.
            writing.close(Duration.ZERO);
        }
    }
}
