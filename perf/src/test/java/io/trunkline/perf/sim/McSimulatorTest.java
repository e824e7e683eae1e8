package io.trunkline.perf.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trunkline.perf.sim.CarrierLog.Kind;
import io.trunkline.perf.sim.SimCounters.Counter;
import io.trunkline.perf.wire.RawSmpp;
import io.trunkline.perf.wire.RawSmpp.Pdu;
import io.trunkline.perf.wire.Smpp;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McSimulatorTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private McSimulator simulator;

    @AfterEach
    void stop() {
        if (simulator != null) {
            simulator.close();
        }
    }

    private RawSmpp start(final Faults faults) throws IOException {
        simulator = McSimulator.start(
                McConfig.named("test").withLog(directory.resolve("carrier.log")).withFaults(faults));
        return bind();
    }

    private RawSmpp bind() throws IOException {
        final RawSmpp esme = RawSmpp.connect(simulator.port());
        assertThat(esme.bind(RawSmpp.BIND_TRANSCEIVER, "esme", "secret").status())
                .isZero();
        return esme;
    }

    @Test
    void answersASubmitAndSendsItsReceipt() throws IOException {
        try (RawSmpp esme = start(Faults.none())) {
            final int sequence = esme.submit("491511234567", "#00000000042 hello");
            final Pdu answer = esme.readUntil(RawSmpp.SUBMIT_SM | RawSmpp.RESPONSE, SOON);
            assertThat(answer.sequence()).isEqualTo(sequence);
            assertThat(answer.status()).isZero();
            final Pdu receipt = esme.readUntil(RawSmpp.DELIVER_SM, SOON);
            assertThat(receipt.ascii())
                    .contains("id:" + answer.text() + " sub:001")
                    .contains("stat:DELIVRD err:000")
                    .contains("491511234567");
            await().until(() -> simulator.pending() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "decimal, \\d+, %d",
        "hex, [0-9a-f]+, %x",
        "hex-upper, [0-9A-F]+, %X",
        "hex-then-decimal, [0-9a-f]+, %d",
        "decimal-then-hex, \\d+, %x",
        "zeros-in-receipt, \\d+, %020d",
        "upper-in-receipt, [0-9a-f]+, %X"
    })
    void spellsMessageIdsAsTold(final String form, final String answered, final String receipted) throws IOException {
        try (RawSmpp esme = start(Faults.none().with("message-ids", form))) {
            esme.submit("491511234567", "hello");
            final String answer =
                    esme.readUntil(RawSmpp.SUBMIT_SM | RawSmpp.RESPONSE, SOON).text();
            assertThat(answer).matches(answered);
            final int radix = answered.contains("A-F") || answered.contains("a-f") ? 16 : 10;
            assertThat(esme.readUntil(RawSmpp.DELIVER_SM, SOON).ascii())
                    .contains("id:" + String.format(receipted, Long.parseLong(answer, radix)) + " ");
        }
    }

    @Test
    void sendsAReceiptAgainWhenItsConnectionWasLost() throws IOException {
        try (RawSmpp first = start(Faults.none().with("receipt-retry", "20ms"))) {
            first.submit("491511234567", "#00000000007");
            assertThat(first.read(SOON).orElseThrow().command()).isEqualTo(RawSmpp.SUBMIT_SM | RawSmpp.RESPONSE);
            assertThat(first.read(SOON).orElseThrow().command()).isEqualTo(RawSmpp.DELIVER_SM);
        }
        try (RawSmpp second = bind()) {
            assertThat(second.readUntil(RawSmpp.DELIVER_SM, SOON).ascii()).contains("stat:DELIVRD");
            await().until(() -> simulator.pending() == 0);
        }
    }

    @Test
    void sendsAReceiptAgainWhenItWasRefused() throws IOException {
        try (RawSmpp esme = start(Faults.none().with("receipt-retry", "20ms"))) {
            esme.submit("491511234567", "hello");
            esme.read(SOON);
            final Pdu refused = esme.read(SOON).orElseThrow();
            esme.send(RawSmpp.pdu(RawSmpp.DELIVER_SM | RawSmpp.RESPONSE, 0x14, refused.sequence(), new byte[1]));
            assertThat(esme.readUntil(RawSmpp.DELIVER_SM, SOON).ascii()).isEqualTo(refused.ascii());
        }
    }

    @Test
    void answersErrorsAndDelaysAsTold() throws IOException {
        try (RawSmpp esme =
                start(Faults.none().with("answer-errors", "0x0b=100").with("answer-delay", "120ms"))) {
            final long start = System.nanoTime();
            esme.submit("491511234567", "hello");
            assertThat(esme.read(SOON).orElseThrow().status()).isEqualTo(0x0B);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(110));
        }
    }

    @Test
    void throttlesAboveItsRate() throws IOException {
        try (RawSmpp esme = start(Faults.none().with("throttle-tps", "5").with("receipts", "none"))) {
            final List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                esme.submit("491511234567", "hello");
                statuses.add(esme.read(SOON).orElseThrow().status());
            }
            // At most two seconds' worth when the burst straddles a second.
            assertThat(statuses.stream().filter(status -> status == 0).count()).isBetween(5L, 10L);
            assertThat(statuses).containsOnly(0, Smpp.THROTTLED);
        }
    }

    @Test
    void staysSilentWhereAnswersAreMissingAndSaysSoInItsLog() throws IOException {
        try (RawSmpp esme = start(Faults.none().with("answer-missing", "100").with("receipts", "none"))) {
            esme.submit("491511234567", "#00000000009");
            assertThatThrownBy(() -> esme.read(Duration.ofMillis(200))).isInstanceOf(SocketTimeoutException.class);
        }
        simulator.flushLog();
        final List<Long> silent = new ArrayList<>();
        CarrierLogReader.forEach(directory.resolve("carrier.log"), entry -> {
            if (entry.kind() == Kind.SUBMIT && entry.status() == CarrierLog.UNANSWERED) {
                silent.add(entry.marker());
            }
        });
        assertThat(silent).containsExactly(9L);
    }

    @Test
    void findsUnitAndPartInTheLogOfASegmentedUcs2Message() throws IOException {
        try (RawSmpp esme = start(Faults.none().with("receipts", "none"))) {
            final byte[] text = "\u03b1\u03b2#00000000011 \u03b3".getBytes(java.nio.charset.StandardCharsets.UTF_16BE);
            final byte[] withHeader = new byte[6 + text.length];
            System.arraycopy(new byte[] {5, 0, 3, 77, 3, 2}, 0, withHeader, 0, 6);
            System.arraycopy(text, 0, withHeader, 6, text.length);
            final byte[] pdu = RawSmpp.submitPdu(9, "306912345678", withHeader, 8);
            // esm_class: a user data header is there.
            pdu[16 + 1 + 2 + 12 + 2 + 13] = 0x40;
            esme.send(pdu);
            assertThat(esme.read(SOON).orElseThrow().status()).isZero();
        }
        simulator.flushLog();
        final List<String> seen = new ArrayList<>();
        CarrierLogReader.forEach(directory.resolve("carrier.log"), entry -> {
            if (entry.kind() == Kind.SUBMIT) {
                seen.add(entry.marker() + " " + entry.part() + "/" + entry.parts() + " to " + entry.destination());
            }
        });
        assertThat(seen).containsExactly("11 2/3 to 306912345678");
    }

    @Test
    void comesBackOnTheSamePortAfterBeingDown() throws IOException {
        try (RawSmpp esme = start(Faults.none())) {
            simulator.down();
            assertThat(esme.closedWithin(SOON)).isTrue();
            assertThatThrownBy(this::bind).isInstanceOf(IOException.class);
            simulator.up();
            bind().close();
        }
    }

    @Test
    void sendsInboundMessagesInParts() throws IOException {
        try (RawSmpp esme = start(Faults.none())) {
            simulator.inbound(447700900001L, 12025550100L, 2);
            assertThat(esme.readUntil(RawSmpp.DELIVER_SM, SOON).body()[30]).isEqualTo((byte) 0x40);
            esme.readUntil(RawSmpp.DELIVER_SM, SOON);
            await().until(() -> simulator.counters().get(Counter.INBOUND_ANSWERED) == 2);
        }
    }

    @Test
    void refusesAWrongPasswordAndAGarbledLength() throws IOException {
        simulator = McSimulator.start(new McConfig(
                "auth", "127.0.0.1", 0, Map.of("acme", "right"), java.util.Optional.empty(), 1, 1000, Faults.none()));
        try (RawSmpp esme = RawSmpp.connect(simulator.port())) {
            assertThat(esme.bind(RawSmpp.BIND_TRANSMITTER, "acme", "wrong").status())
                    .isEqualTo(Smpp.INVALID_PASSWORD);
        }
        try (RawSmpp esme = RawSmpp.connect(simulator.port())) {
            esme.send(new byte[] {0x7F, -1, -1, -1, 0, 0, 0, 9});
            assertThat(esme.read(SOON).orElseThrow().command()).isEqualTo(RawSmpp.GENERIC_NACK);
            assertThat(esme.closedWithin(SOON)).isTrue();
        }
    }

    @Test
    void refusesASettingThatIsNotThere() {
        assertThatThrownBy(() -> Faults.none().with("receipt-dely", "1s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("receipt-delay");
        assertThatThrownBy(() -> Faults.none().with("receipt-delay", "1 parsec"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("receipt-delay");
    }
}
