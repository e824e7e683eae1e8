package io.trunkline.gateway.export.kafka;

import io.trunkline.gateway.config.Endpoint;
import io.trunkline.gateway.config.Exports;
import io.trunkline.gateway.export.ExportException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What Kafka's clients are set to: our defaults, then the operator's file, then what exactness hangs on. */
final class ClientSettings {
    private static final int MIB = 1 << 20;

    private final Properties common = new Properties();
    private final String name;

    /**
     * Reads the operator's file, anew for each session: a mistake in it is mended without a restart.
     *
     * @param name of the only writer: gateway and shard
     */
    ClientSettings(final Exports.Kafka kafka, final String name) throws ExportException {
        this.name = name;
        common.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, "8000");
        common.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        common.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
        // What it would tell the brokers of itself is in our metrics.
        common.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
        common.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, "5000");
        if (kafka.properties().isPresent()) {
            read(kafka.properties().get());
        }
        common.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrap().stream().map(Endpoint::toString).collect(Collectors.joining(",")));
        common.put(CommonClientConfigs.CLIENT_ID_CONFIG, "trunkline-" + name);
    }

    private void read(final Path file) throws ExportException {
        try (Reader in = Files.newBufferedReader(file)) {
            common.load(in);
        } catch (final IOException | IllegalArgumentException e) {
            throw new ExportException(file + " cannot be read: " + e.getMessage(), "write lines of key=value", e);
        }
    }

    /** For asking about topics. */
    Properties admin() {
        return copy();
    }

    /** For the only writer. */
    Properties producer() {
        final Properties settings = copy();
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000");
        settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "20000");
        settings.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "60000");
        settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(MIB / 8));
        settings.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(16 * MIB));
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "trunkline-" + name);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        return settings;
    }

    /** For reading the ends of topics. */
    Properties consumer() {
        final Properties settings = copy();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        return settings;
    }

    private Properties copy() {
        final Properties settings = new Properties();
        settings.putAll(common);
        return settings;
    }
}
