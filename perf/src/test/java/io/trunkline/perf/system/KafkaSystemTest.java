package io.trunkline.perf.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.journal.codec.ReceiptReceivedDecoder;
import io.trunkline.gateway.journal.codec.SegmentAnsweredDecoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenDecoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.codec.UnitClosedDecoder;
import io.trunkline.gateway.journal.codec.UnitProgressedDecoder;
import io.trunkline.gateway.journal.codec.UnitRejectedDecoder;
import io.trunkline.perf.kafka.KafkaBroker;
import io.trunkline.perf.kafka.TopicJudge;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.JournalFiles;
import io.trunkline.perf.prove.ProveContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.session.SMPPSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon beside a real broker that is not there, refuses, is killed and comes back. */
class KafkaSystemTest {
    private static final String TOPIC = "events";
    private static final Set<Integer> RECORDS = Set.of(
            UnitAcceptedDecoder.TEMPLATE_ID,
            UnitRejectedDecoder.TEMPLATE_ID,
            SegmentWrittenDecoder.TEMPLATE_ID,
            SegmentAnsweredDecoder.TEMPLATE_ID,
            ReceiptReceivedDecoder.TEMPLATE_ID,
            UnitProgressedDecoder.TEMPLATE_ID,
            UnitClosedDecoder.TEMPLATE_ID);

    @TempDir
    Path directory;

    private ProveContext context;
    private DaemonSetup setup;
    private Daemon daemon;
    private SMPPSession esme;

    @BeforeEach
    void open() {
        context = new ProveContext(directory, Map.of(), new PrintWriter(new StringWriter()));
    }

    @AfterEach
    void close() {
        context.close();
    }

    private void send(final int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            JsmppEsme.submit(esme, "BANK", "49151123401" + i % 10, SMSCDeliveryReceipt.DEFAULT, "hello " + i);
        }
    }

    private void awaitAlarm(final String says) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> daemon.command("show", "alarms").contains(says));
    }

    private void awaitNoLag() {
        await().atMost(Duration.ofSeconds(90)).until(() -> daemon.metric("trunkline_export_lag_records") == 0);
    }

    private static void longestMessage(final KafkaBroker broker, final String octets) throws Exception {
        try (Admin admin = broker.admin()) {
            final ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
            final AlterConfigOp op =
                    new AlterConfigOp(new ConfigEntry("max.message.bytes", octets), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(topic, List.of(op))).all().get();
        }
    }

    @Test
    @Timeout(400)
    void everyRecordIsThereOnceWhateverTheBrokerDoes() throws Exception {
        try (KafkaBroker broker = new KafkaBroker(directory.resolve("kafka"), Map.of());
                JsmppCentre alpha = new JsmppCentre()) {
            setup = setUp(broker, alpha);
            daemon = context.ending(new Daemon(setup)).start();
            esme = JsmppEsme.bind(new SMPPSession(), setup, BindType.BIND_TX, "acme");
            send(20);
            awaitAlarm("asking " + broker.bootstrap());
            broker.start();
            awaitAlarm("create it: kafka-topics.sh");
            broker.create(TOPIC, 3, Map.of("max.message.bytes", "300"));
            awaitAlarm("raise max.message.bytes");
            longestMessage(broker, "1000000");
            awaitNoLag();
            broker.kill();
            send(20);
            broker.start();
            awaitNoLag();
            daemon.kill();
            try (KafkaProducer<byte[], byte[]> stranger = stranger(broker)) {
                // What ends behind an open transaction does not count yet, so nobody can tell where to go on.
                stranger.beginTransaction();
                stranger.send(new ProducerRecord<>(TOPIC, 0, null, new byte[1])).get(30, TimeUnit.SECONDS);
                daemon.start();
                awaitAlarm("a transaction of another program is open in [" + TOPIC + "-0]");
                stranger.abortTransaction();
            }
            esme = JsmppEsme.bind(new SMPPSession(), setup, BindType.BIND_TX, "acme");
            send(20);
            awaitNoLag();
            assertThat(daemon.command("show", "exports")).contains("kafka", "up");
            esme.unbindAndClose();
            assertThat(daemon.stop(Duration.ofSeconds(40))).isZero();
            judge(broker);
        }
    }

    private static KafkaProducer<byte[], byte[]> stranger(final KafkaBroker broker) {
        final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrap(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "stranger",
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        300_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private void judge(final KafkaBroker broker) throws IOException {
        final TopicJudge judge = new TopicJudge(RECORDS);
        JournalFiles.read(setup.data(), judge);
        judge.read(broker.bootstrap(), TOPIC, true);
        assertThat(judge.examples()).isEmpty();
        assertThat(judge.missing()).isZero();
        assertThat(judge.repeated()).isZero();
        assertThat(judge.records()).isGreaterThanOrEqualTo(60 * 4);
    }

    private DaemonSetup setUp(final KafkaBroker broker, final JsmppCentre alpha) {
        final DaemonSetup made = new DaemonSetup(directory);
        return made.tenant("acme", "smpp: {systemId: acme, passwords: [\"" + made.secret() + "\"]}")
                .route("*,,,alpha")
                .carrier("alpha", alpha.port(), 1, List.of("tps: 1000", "burst: 100", "window: 10"), List.of())
                .gateway("exports: {kafka: {bootstrap: [\"" + broker.bootstrap() + "\"], topic: " + TOPIC + "}}");
    }
}
