package io.trunkline.perf.kafka;

import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.IntPredicate;
import org.agrona.collections.Long2LongHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds what a topic has against the journal: each record of certain types once, none other, and in order per unit. It knows the
 * gateway by nothing but the numbers of record types, and the topic by what a consumer gets.
 */
public final class TopicJudge implements RecordHandler {
    private static final String INDEX = "trunkline-index";
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final int EXAMPLES = 5;
    private static final long NONE = -1;

    private final IntPredicate wanted;
    private final Check check;
    private final JsonMapper json = JsonMapper.builder().build();
    /** Times met in the topic, by the sequence of a record that must be there. */
    private final Long2LongHashMap times = new Long2LongHashMap(NONE);

    private final Map<String, Long> lastOfUnit = new HashMap<>();
    private final List<String> examples = new ArrayList<>();
    private long read;
    private long repeated;
    private long strangers;
    private long disorder;
    private long wrong;
    private long droppedByHeader;

    /** What an event must say besides the record and the unit that its header and key name. */
    @FunctionalInterface
    public interface Check {
        /**
         * Whether it does.
         *
         * @param index sequence of the record
         */
        boolean holds(long index, JsonNode event);
    }

    /** @param wanted template ids of the records that must be there */
    public TopicJudge(final Set<Integer> wanted) {
        this(wanted, (index, event) -> true);
    }

    /** @param wanted template ids of the records that must be there, where they are not {@link #expect expected} one by one */
    public TopicJudge(final Set<Integer> wanted, final Check check) {
        this.wanted = wanted::contains;
        this.check = check;
    }

    @Override
    public void onRecord(final RecordView record) {
        if (wanted.test(record.templateId())) {
            expect(record.sequence());
        }
    }

    /** A record that must be there. */
    public void expect(final long sequence) {
        times.put(sequence, 0);
    }

    /**
     * Reads a topic from its beginning to its end, after all that must be there was heard.
     *
     * @param committedOnly what every reader should set; else records of transactions that came to nothing are read too, and passed
     *     over by the header alone
     */
    public TopicJudge read(final String bootstrap, final String topic, final boolean committedOnly) {
        final Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, committedOnly ? "read_committed" : "read_uncommitted");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            final List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            final Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            for (final TopicPartition partition : partitions) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long last = 0;
                while (consumer.position(partition) < ends.get(partition)) {
                    for (final ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                        final long index = index(record);
                        if (!committedOnly && index <= last) {
                            droppedByHeader++;
                        } else {
                            hear(record, index);
                            last = index;
                        }
                    }
                }
            }
        }
        return this;
    }

    private static long index(final ConsumerRecord<byte[], byte[]> record) {
        final Header header = record.headers().lastHeader(INDEX);
        return header == null ? NONE : Long.parseLong(new String(header.value(), StandardCharsets.UTF_8));
    }

    private void hear(final ConsumerRecord<byte[], byte[]> record, final long index) {
        read++;
        final long before = times.get(index);
        if (before == NONE) {
            strangers++;
            example("is of no such record", record);
            return;
        }
        if (before > 0) {
            repeated++;
            example("is there again", record);
        }
        times.put(index, before + 1);
        final String key = new String(record.key(), StandardCharsets.UTF_8);
        final Long last = lastOfUnit.put(key, index);
        if (last != null && last >= index) {
            disorder++;
            example("comes after " + last, record);
        }
        final JsonNode event = json.readTree(record.value());
        if (!event.path("id").asString("").equals(Long.toString(index))
                || !event.path("subject").asString(key).equals(key)
                || !check.holds(index, event)) {
            wrong++;
            example("says something else", record);
        }
    }

    private void example(final String what, final ConsumerRecord<byte[], byte[]> record) {
        if (examples.size() < EXAMPLES) {
            examples.add(record.topic() + "-" + record.partition() + " offset " + record.offset() + ", record "
                    + index(record) + ": " + what);
        }
    }

    /** Records of the topic that were heard. */
    public long records() {
        return read;
    }

    /** Records of the journal that are not in the topic. */
    public long missing() {
        return times.values().stream().filter(count -> count == 0).count();
    }

    public long repeated() {
        return repeated;
    }

    /** Records of the topic that are of none in the journal. */
    public long strangers() {
        return strangers;
    }

    /** Records that come before one of their unit that was written earlier. */
    public long disorder() {
        return disorder;
    }

    /** Events that say another record or unit than their header and key, or what is not so. */
    public long wrong() {
        return wrong;
    }

    /** Of transactions that came to nothing, and passed over by the header. */
    public long droppedByHeader() {
        return droppedByHeader;
    }

    /** Some of what was wrong. */
    public List<String> examples() {
        return List.copyOf(examples);
    }
}
