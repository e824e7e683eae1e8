package io.trunkline.perf.kafka;

import io.trunkline.perf.prove.FetchedJars;
import io.trunkline.perf.prove.ProveContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/**
 * A broker and its controller in one process (KRaft), on ports of the loopback interface that stay the same over its starts. What it
 * prints goes to {@code broker.log} in its directory.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final String CLUSTER = "AAAAAAAAAAAAAAAAAAAAAQ";
    private static final String FORMAT = "kafka.tools.StorageTool";
    private static final String BROKER = "kafka.Kafka";

    private final Path directory;
    private final Path jars;
    private final Path settings;
    private final int port;
    private Process process;

    /**
     * A broker that is not started.
     *
     * @param directory for its data, its settings and its log
     * @param more settings besides
     * @throws IOException where it cannot be fetched
     */
    public KafkaBroker(final Path directory, final Map<String, String> more) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        jars = FetchedJars.of("kafka");
        final int[] ports = ProveContext.freePorts(2);
        port = ports[0];
        settings = directory.resolve("server.properties");
        final List<String> lines = new ArrayList<>(lines(ports[1]));
        more.forEach((key, value) -> lines.add(key + "=" + value));
        Files.write(settings, lines);
        if (run(FORMAT, "format", "--config", settings.toString(), "--cluster-id", CLUSTER)
                        .waitFor()
                != 0) {
            throw new IOException("the broker's storage could not be made; see " + log());
        }
    }

    private List<String> lines(final int controllerPort) {
        return List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs=" + directory.resolve("data"),
                "auto.create.topics.enable=false",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "transaction.state.log.num.partitions=1",
                "group.initial.rebalance.delay.ms=0",
                "num.network.threads=1",
                "num.io.threads=2",
                "log.cleaner.enable=false");
    }

    private Process run(final String program, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
                "-cp",
                jars + "/*",
                program));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path log() {
        return directory.resolve("broker.log");
    }

    /** {@code host:port} for clients. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Starts it and waits until it answers. */
    public KafkaBroker start() throws IOException, InterruptedException {
        process = run(BROKER, settings.toString());
        final long end = System.nanoTime() + READY_WITHIN.toNanos();
        try (Admin admin = admin()) {
            while (!answers(admin)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IOException("the broker is not there; see " + log());
                }
            }
        }
        return this;
    }

    private static boolean answers(final Admin admin) throws InterruptedException {
        try {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        } catch (final ExecutionException | java.util.concurrent.TimeoutException | KafkaException e) {
            return false;
        }
    }

    /** Asks it for things; the caller closes it. */
    public Admin admin() {
        final Properties properties = new Properties();
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap());
        properties.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "200");
        return Admin.create(properties);
    }

    /** Makes a topic. */
    public void create(final String topic, final int partitions, final Map<String, String> settingsOfTopic)
            throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settingsOfTopic)))
                    .all()
                    .get();
        }
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** In good order. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    @Override
    public String toString() {
        return "broker " + (process == null ? "not started" : Long.toString(process.pid()));
    }
}
