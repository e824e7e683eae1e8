package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.FILE_MISSING;
import static io.trunkline.gateway.config.ConfigProblem.Code.MISSING_KEY;

import io.trunkline.gateway.config.Exports;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** What {@code exports.kafka} must agree on with itself, and what the file of properties may not say. */
final class KafkaChecks {
    private static final String BLOCK = "/exports/kafka";
    private static final String PROPERTIES = BLOCK + "/properties";

    /** That each record is in the topic once hangs on these. */
    private static final List<String> OURS = List.of(
            "acks",
            "allow.auto.create.topics",
            "auto.offset.reset",
            "bootstrap.servers",
            "client.id",
            "enable.auto.commit",
            "enable.idempotence",
            "group.id",
            "isolation.level",
            "key.deserializer",
            "key.serializer",
            "max.in.flight.requests.per.connection",
            "retries",
            "transactional.id",
            "value.deserializer",
            "value.serializer");

    private final YamlTree tree;
    private final Problems problems;
    private final boolean billing;

    /** @param billing whether anything says what messages cost */
    KafkaChecks(final YamlTree tree, final Problems problems, final boolean billing) {
        this.tree = tree;
        this.problems = problems;
        this.billing = billing;
    }

    void check(final Exports.Kafka kafka) {
        if (kafka.topic().isEmpty() && kafka.cdrTopic().isEmpty()) {
            problems.add(
                    tree.file(),
                    tree.keyAt(BLOCK),
                    MISSING_KEY,
                    "there is no topic to write to",
                    "add `topic`, `cdrTopic`, or both");
        }
        if (kafka.topic().isPresent() && kafka.topic().equals(kafka.cdrTopic())) {
            problems.add(
                    tree.file(),
                    tree.valueAt(BLOCK + "/cdrTopic"),
                    BAD_VALUE,
                    "`cdrTopic` is `topic`: an event and a call detail record may come of one record",
                    "give each a topic of its own");
        }
        if (kafka.cdrTopic().isPresent() && !billing) {
            problems.add(
                    tree.file(),
                    tree.keyAt(BLOCK + "/cdrTopic"),
                    FILE_MISSING,
                    "there is nothing to rate call detail records by",
                    "add rates.csv, or a billing.yaml, or take `cdrTopic` out");
        }
        kafka.properties().ifPresent(this::properties);
    }

    private void properties(final Path file) {
        final Properties settings = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            SecretSource.refuseIfExposed(file);
            settings.load(in);
        } catch (final SecretSource.Refused e) {
            problems.add(tree.file(), tree.valueAt(PROPERTIES), e.code(), e.getMessage(), e.remedy());
            return;
        } catch (final IOException | IllegalArgumentException e) {
            problem(file.getFileName() + " cannot be read: " + e.getMessage(), "write lines of key=value");
            return;
        }
        OURS.stream()
                .filter(settings::containsKey)
                .findFirst()
                .ifPresent(key -> problem(
                        file.getFileName() + " sets `" + key + "`, which the export sets itself",
                        "take it out; that each record is there once hangs on it"));
    }

    private void problem(final String message, final String remedy) {
        problems.add(tree.file(), tree.valueAt(PROPERTIES), BAD_VALUE, message, remedy);
    }
}
