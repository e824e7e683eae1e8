package io.trunkline.gateway.upstream.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trunkline.client.ClientConfig;
import io.trunkline.client.ClientListener;
import io.trunkline.client.ClientReference;
import io.trunkline.client.Refusal;
import io.trunkline.client.Submit;
import io.trunkline.client.SubmitResult;
import io.trunkline.client.TrunklineClient;
import io.trunkline.client.Welcome;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.upstream.FakeStreams.Event;
import io.trunkline.gateway.upstream.ListenerTls;
import io.trunkline.gateway.upstream.TestCertificates;
import io.trunkline.upstream.codec.CancelOutcome;
import io.trunkline.upstream.codec.InboundMessageDecoder;
import io.trunkline.upstream.codec.MessageStatusDecoder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's side of the protocol against the Java client. */
@Timeout(60)
class ClientLibraryTest {
    @TempDir
    private Path directory;

    private final BinaryRig rig;
    private final Listener listener = new Listener();

    ClientLibraryTest() throws Exception {
        rig = new BinaryRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static final class Listener implements ClientListener {
        final ConcurrentLinkedQueue<Long> events = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Integer> refusals = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<String> ends = new ConcurrentLinkedQueue<>();

        @Override
        public void onStatus(final MessageStatusDecoder status) {
            events.add(status.sequence());
        }

        @Override
        public void onInbound(final InboundMessageDecoder inbound) {
            events.add(inbound.sequence());
        }

        @Override
        public void onDisconnected(final Refusal refusal, final String text, final boolean reconnecting) {
            ends.add(text);
            refusals.add(refusal == null ? 0 : refusal.code());
        }
    }

    private ClientConfig.Builder config() {
        return ClientConfig.to("127.0.0.1", ((InetSocketAddress) rig.address()).getPort())
                .tenant(BinaryRig.TENANT, BinaryRig.TOKEN)
                .clientName("tier-1")
                .backoffMs(10, 100);
    }

    private static Submit submit(final long reference) {
        return Submit.of(new ClientReference(1, reference))
                .from("4915700000")
                .to("491701234567")
                .text("hello")
                .build();
    }

    @Test
    void submitsCancelsAndGetsItsEvents() throws Exception {
        try (TrunklineClient client = TrunklineClient.connect(config().build(), listener)) {
            final Welcome welcome = client.connected().get(10, TimeUnit.SECONDS);
            assertThat(welcome.credit()).isEqualTo(100);
            final List<CompletableFuture<SubmitResult>> results = new ArrayList<>();
            for (int i = 1; i <= 50; i++) {
                results.add(client.submit(submit(i)));
            }
            for (int i = 1; i <= 50; i++) {
                assertThat(results.get(i - 1).get(10, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                SubmitResult.Accepted.class,
                                accepted -> assertThat(accepted.unitId()).isPositive());
            }
            assertThat(client.cancel(1).get(10, TimeUnit.SECONDS)).isEqualTo(CancelOutcome.CANCELLED);
            assertThat(client.converted(2, 5).get(10, TimeUnit.SECONDS)).isTrue();
            rig.runOnLoop(() -> {
                for (int i = 1; i <= 300; i++) {
                    rig.streams.publish(i % 10 == 0 ? Event.inbound(i, 1, "1", "2", "mo") : Event.delivered(i));
                }
            });
            await().until(() -> listener.events.size() == 300);
            await().until(() -> rig.streams.acknowledged == 300);
            assertThat(client.eventLoop().submit(client::eventGaps).get()).isZero();
            assertThat(client.eventLoop().submit(client::unexpectedAnswers).get())
                    .isZero();
        }
        await().until(() -> rig.onLoop(rig.server::sessions) == 0);
        assertThat(rig.counters.malformed + rig.counters.wrongState).isZero();
    }

    @Test
    void aRefusalArrivesWithItsCodeAndAdvice() throws Exception {
        rig.desk.refusal = ErrorCode.TENANT_QUEUE_FULL;
        rig.desk.retryAfterMs = 70;
        try (TrunklineClient client = TrunklineClient.connect(config().build(), listener)) {
            assertThat(client.submit(submit(1), java.time.Duration.ofSeconds(10))
                            .get(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            SubmitResult.Refused.class,
                            refused -> assertThat(refused.refusal())
                                    .isEqualTo(new Refusal(1022, true, 70, ErrorCode.TENANT_QUEUE_FULL.text())));
        }
    }

    @Test
    void reconnectsAfterADropAndResumesItsEvents() throws Exception {
        try (TrunklineClient client = TrunklineClient.connect(config().build(), listener)) {
            client.connected().get(10, TimeUnit.SECONDS);
            rig.runOnLoop(() -> rig.streams.publish(Event.delivered(1)));
            await().until(() -> rig.streams.acknowledged == 1);
            rig.desk.failure = new IllegalStateException("expected by this test");
            final CompletableFuture<SubmitResult> result = client.submit(submit(1));
            await().until(() -> listener.refusals.contains(ErrorCode.INTERNAL.number()));
            rig.desk.failure = null;
            assertThat(result.get(10, TimeUnit.SECONDS)).isInstanceOf(SubmitResult.Accepted.class);
            rig.runOnLoop(() -> rig.streams.publish(Event.delivered(2)));
            await().until(() -> listener.events.size() == 2);
            assertThat(listener.events).containsExactly(1L, 2L);
        }
    }

    @Test
    void aWrongTokenIsFinal() throws Exception {
        try (TrunklineClient client = TrunklineClient.connect(
                config().tenant(BinaryRig.TENANT, "wrong").build(), listener)) {
            await().until(() -> rig.onLoop(() -> rig.counters.notAuthenticated) == 1L);
            rig.pass(500);
            assertThatThrownBy(() -> client.connected().get(10, TimeUnit.SECONDS))
                    .rootCause()
                    .hasMessageContaining("Unknown tenant or wrong token");
        }
        assertThat(rig.counters.notAuthenticated).isEqualTo(1);
    }

    @Test
    void speaksTlsAndAsksTheClientForItsCertificate() throws Exception {
        final TestCertificates certificates =
                new TestCertificates(directory).make("gateway").make("tier").make("other");
        final var tls = ListenerTls.context(certificates.serverTls("gateway", "tier"));
        final int port = ((InetSocketAddress) rig.listen(tls)).getPort();
        final ClientConfig.Builder base = ClientConfig.to("127.0.0.1", port)
                .tenant(BinaryRig.TENANT, BinaryRig.TOKEN)
                .clientName("tier-1")
                .backoffMs(10, 50);
        try (TrunklineClient client = TrunklineClient.connect(
                base.tls(
                                certificates.certificate("gateway"),
                                certificates.certificate("tier"),
                                certificates.key("tier"))
                        .build(),
                listener)) {
            client.connected().get(20, TimeUnit.SECONDS);
            for (int i = 1; i <= 150; i++) {
                assertThat(client.submit(submit(i)).get(10, TimeUnit.SECONDS))
                        .isInstanceOf(SubmitResult.Accepted.class);
            }
            rig.runOnLoop(() -> rig.streams.publish(Event.delivered(1)));
            await().until(() -> listener.events.size() == 1);
        }
        try (TrunklineClient client = TrunklineClient.connect(
                base.tls(
                                certificates.certificate("gateway"),
                                certificates.certificate("other"),
                                certificates.key("other"))
                        .build(),
                listener)) {
            await().until(() -> rig.onLoop(() -> rig.counters.tlsFailures) > 0L);
            assertThat(client.connected()).isNotDone();
        }
        assertThat(rig.counters.authenticated).isEqualTo(1);
    }

    @Test
    void saysGoodbyeToAClientWhenItDrains() throws Exception {
        try (TrunklineClient client = TrunklineClient.connect(config().build(), listener)) {
            client.connected().get(10, TimeUnit.SECONDS);
            rig.runOnLoop(rig.server::close);
            await().until(() -> listener.refusals.contains(ErrorCode.DRAINING.number()));
        }
    }
}
