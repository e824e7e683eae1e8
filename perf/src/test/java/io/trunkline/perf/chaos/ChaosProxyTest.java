package io.trunkline.perf.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.perf.sim.Faults;
import io.trunkline.perf.sim.McConfig;
import io.trunkline.perf.sim.McSimulator;
import io.trunkline.perf.wire.RawSmpp;
import io.trunkline.perf.wire.RawSmpp.Pdu;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChaosProxyTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private McSimulator carrier;
    private ChaosProxy proxy;

    @BeforeEach
    void start() {
        carrier = McSimulator.start(
                McConfig.named("chaos").withFaults(Faults.none().with("receipts", "none")));
    }

    @AfterEach
    void stop() {
        proxy.close();
        carrier.close();
    }

    @Test
    void keepsBytesAndTheirOrderWhateverItDoesToTheirTimes() throws IOException {
        proxy = new ChaosProxy(carrier.port(), new ChaosPlan(42, 3, 60, 10, 20, 0));
        try (RawSmpp esme = RawSmpp.connect(proxy.port())) {
            assertThat(esme.bind(RawSmpp.BIND_TRANSMITTER, "a", "b").status()).isZero();
            for (int i = 0; i < 300; i++) {
                esme.submit("491511234567", "number " + i);
            }
            for (int sequence = 2; sequence <= 301; sequence++) {
                final Pdu answer = esme.read(SOON).orElseThrow();
                assertThat(answer.command()).isEqualTo(RawSmpp.SUBMIT_SM | RawSmpp.RESPONSE);
                assertThat(answer.sequence()).isEqualTo(sequence);
            }
        }
    }

    @Test
    void breaksConnectionsWhenTold() throws IOException {
        proxy = new ChaosProxy(carrier.port(), ChaosPlan.none(1));
        try (RawSmpp esme = RawSmpp.connect(proxy.port())) {
            assertThat(esme.bind(RawSmpp.BIND_TRANSMITTER, "a", "b").status()).isZero();
            proxy.behave(new ChaosPlan(1, 0, 0, 0, 0, 1000));
            esme.submit("491511234567", "the last one");
            assertThat(esme.closedWithin(SOON)).isTrue();
            assertThat(proxy.drops()).isPositive();
        }
    }

    @Test
    void swallowsEverythingAsABlackHole() throws IOException {
        proxy = new ChaosProxy(carrier.port(), ChaosPlan.none(1));
        try (RawSmpp esme = RawSmpp.connect(proxy.port())) {
            assertThat(esme.bind(RawSmpp.BIND_TRANSMITTER, "a", "b").status()).isZero();
            proxy.blackHole(true);
            esme.submit("491511234567", "into the void");
            assertThat(esme.closedWithin(Duration.ofMillis(300))).isFalse();
        }
    }
}
