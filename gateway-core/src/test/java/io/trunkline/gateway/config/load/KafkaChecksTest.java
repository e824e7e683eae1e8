package io.trunkline.gateway.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.Exports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaChecksTest {
    @TempDir
    Path directory;

    private SampleConfig sample;

    @BeforeEach
    void copy() {
        sample = new SampleConfig(directory);
    }

    private LoadResult load(final String kafka) {
        sample.write("gateway.yaml", sample.text("gateway.yaml") + "\nexports:\n  kafka:\n" + kafka.indent(4));
        return sample.load();
    }

    private List<String> mistakes(final String kafka) {
        return load(kafka).problems().stream().map(ConfigProblem::message).toList();
    }

    private void properties(final String text, final String permissions) throws IOException {
        final Path file = directory.resolve("kafka.properties");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        final Exports.Kafka kafka = load("bootstrap: [localhost:9092]\ntopic: events")
                .config()
                .orElseThrow()
                .gateway()
                .exports()
                .kafka()
                .orElseThrow();
        assertThat(kafka.what()).containsExactly(Exports.What.values());
        assertThat(kafka.bodies()).isFalse();
        assertThat(kafka.holdJournal()).hasDays(14);
    }

    @Test
    void withoutATopicThereIsNothingToWriteTo() {
        assertThat(mistakes("bootstrap: [localhost:9092]")).containsExactly("there is no topic to write to");
    }

    @Test
    void oneTopicIsNotForBoth() {
        sample.write("billing.yaml", "zone: UTC\n");
        assertThat(mistakes("bootstrap: [localhost:9092]\ntopic: a\ncdrTopic: a"))
                .singleElement()
                .asString()
                .contains("`cdrTopic` is `topic`");
    }

    @Test
    void callDetailRecordsNeedRates() {
        assertThat(mistakes("bootstrap: [localhost:9092]\ncdrTopic: cdr"))
                .containsExactly("there is nothing to rate call detail records by");
    }

    @Test
    void propertiesMayNotTouchWhatExactnessHangsOn() throws IOException {
        properties("compression.type=lz4\nacks=1\n", "rw-r-----");
        assertThat(mistakes("bootstrap: [localhost:9092]\ntopic: a\nproperties: kafka.properties"))
                .containsExactly("kafka.properties sets `acks`, which the export sets itself");
    }

    @Test
    void propertiesAreClosedToOthers() throws IOException {
        properties("sasl.jaas.config=x\n", "rw-r--r--");
        assertThat(mistakes("bootstrap: [localhost:9092]\ntopic: a\nproperties: kafka.properties"))
                .singleElement()
                .asString()
                .contains("every user of this machine may read");
    }
}
