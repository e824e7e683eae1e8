package io.trunkline.gateway.upstream.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.upstream.ConnectionCaps;
import io.trunkline.upstream.codec.Durability;
import io.trunkline.upstream.codec.HelloEncoder;
import io.trunkline.upstream.codec.RejectDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private final BinaryRig rig;

    HandshakeTest() throws Exception {
        rig = new BinaryRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void welcomesATenantAndNamesWhatHolds() throws Exception {
        try (RawClient client = rig.connect().send(Frames.hello(BinaryRig.TENANT, BinaryRig.TOKEN))) {
            final var welcome = client.read().welcome();
            assertThat(welcome.protocolVersion()).isEqualTo(1);
            assertThat(welcome.durability()).isEqualTo(Durability.DISK);
            assertThat(welcome.credit()).isEqualTo(100);
            assertThat(welcome.maxFrameLength()).isEqualTo(rig.server.settings().maxFrameLength());
            assertThat(welcome.idleTimeoutMs()).isEqualTo(45_000);
            assertThat(welcome.eventWindow()).isZero();
            assertThat(welcome.serverTimeMs()).isEqualTo(1_700_000_000_000L);
            assertThat(welcome.server()).isEqualTo("gw-test");
        }
        await().until(() -> rig.onLoop(rig.server::sessions) == 0);
    }

    @Test
    void refusesAWrongTokenAndAnUnknownTenantWithTheSameBytesAfterTheSameTime() throws Exception {
        final List<byte[]> answers = new ArrayList<>();
        for (final byte[] hello : List.of(
                Frames.hello(BinaryRig.TENANT, "wrong"),
                Frames.hello("nobody", BinaryRig.TOKEN),
                Frames.hello("elsewhere", "wrong"))) {
            try (RawClient client = rig.connect().send(hello)) {
                await().until(() -> rig.onLoop(() -> rig.counters.notAuthenticated) == answers.size() + 1L);
                rig.pass(499);
                rig.onLoop(() -> null);
                client.socket.setSoTimeout(3 * BinaryServer.TICK_MS);
                assertThat(readsNothing(client)).as("before the delay is over").isTrue();
                client.socket.setSoTimeout(10_000);
                rig.pass(1);
                final RawClient.Frame frame = client.read();
                assertThat(frame.reject().code()).isEqualTo(ErrorCode.NOT_AUTHENTICATED.number());
                assertThat(frame.reject().flags().retryable()).isFalse();
                answers.add(frame.buffer().byteArray());
                assertThat(client.read()).isEqualTo(RawClient.Frame.END);
            }
        }
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
        assertThat(answers.get(2)).isEqualTo(answers.get(0));
    }

    private static boolean readsNothing(final RawClient client) throws Exception {
        try {
            client.read();
            return false;
        } catch (final java.net.SocketTimeoutException e) {
            return true;
        }
    }

    @Test
    void tellsWhoeverHasTheTokenThatTheAddressIsNotAllowed() throws Exception {
        assertThat(refusalOf(Frames.hello("elsewhere", BinaryRig.TOKEN))).isEqualTo(ErrorCode.ADDRESS_NOT_ALLOWED);
    }

    @Test
    void locksOutAfterFailuresAndSaysForHowLongButNotTheListedTenant() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(refusalOf(Frames.hello("nobody" + i, "x"))).isEqualTo(ErrorCode.NOT_AUTHENTICATED);
        }
        try (RawClient client = rig.connect().send(Frames.hello("nobody", "x"))) {
            await().until(() -> rig.onLoop(() -> rig.counters.lockedOut) == 1L);
            rig.pass(500);
            final RejectDecoder reject = client.read().reject();
            assertThat(reject.code()).isEqualTo(ErrorCode.LOCKED_OUT.number());
            assertThat(reject.retryAfterMs()).isBetween(1L, 1_000L);
            assertThat(reject.flags().retryable()).isTrue();
        }
        rig.open().close();
    }

    @Test
    void refusesWhatAHelloMayNotHold() throws Exception {
        final long none = HelloEncoder.resumeAfterNullValue();
        assertRejected(Frames.hello(2, "acme", "t", "c", false, 0, none), ErrorCode.VERSION_NOT_SUPPORTED);
        assertRejected(Frames.hello(1, "", "t", "c", false, 0, none), ErrorCode.INVALID_FIELD);
        assertRejected(Frames.hello(1, "x".repeat(65), "t", "c", false, 0, none), ErrorCode.INVALID_FIELD);
        assertRejected(Frames.hello(1, "acme", "t", "", true, 0, none), ErrorCode.INVALID_FIELD);
        assertRejected(Frames.hello(1, "acme", "t", "smpp:acme", true, 0, none), ErrorCode.INVALID_FIELD);
        assertRejected(Frames.hello(1, "acme", "t", "n".repeat(65), true, 0, none), ErrorCode.INVALID_FIELD);
        assertRejected(Frames.hello(1, "acme", "t", "c", true, 0, -2), ErrorCode.INVALID_FIELD);
    }

    private void assertRejected(final byte[] hello, final ErrorCode code) throws Exception {
        try (RawClient client = rig.connect().send(hello)) {
            assertThat(client.read().reject().code()).isEqualTo(code.number());
            assertThat(client.read()).isEqualTo(RawClient.Frame.END);
        }
    }

    @Test
    void endsWhoNeverSaysHello() throws Exception {
        try (RawClient client = rig.connect()) {
            await().until(() -> rig.onLoop(rig.server::sessions) == 1);
            rig.pass(5_000);
            assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.TIMED_OUT.number());
            assertThat(client.read()).isEqualTo(RawClient.Frame.END);
        }
        assertThat(rig.counters.helloTimeouts).isEqualTo(1);
    }

    @Test
    void aHelloThatDripsInDoesNotProlongItsTime() throws Exception {
        final byte[] hello = Frames.hello(BinaryRig.TENANT, BinaryRig.TOKEN);
        try (RawClient client = rig.connect()) {
            await().until(() -> rig.onLoop(rig.server::sessions) == 1);
            for (int i = 0; i < 5; i++) {
                client.send(new byte[] {hello[i]});
                rig.pass(1_000);
            }
            assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.TIMED_OUT.number());
        }
    }

    @Test
    void takesNothingButAHelloFirstAndNoSecondOne() throws Exception {
        try (RawClient client = rig.connect().send(Frames.submit(1))) {
            assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.WRONG_STATE.number());
            assertThat(client.read()).isEqualTo(RawClient.Frame.END);
        }
        try (RawClient client = rig.open().send(Frames.hello(BinaryRig.TENANT, BinaryRig.TOKEN))) {
            assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.WRONG_STATE.number());
            assertThat(client.read()).isEqualTo(RawClient.Frame.END);
        }
        assertThat(rig.desk.taken).isEmpty();
    }

    @Test
    void aTenantHasOnlySoManySessionsAndGetsAPlaceBack() throws Exception {
        final List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(rig.open());
        }
        assertThat(rejectOf(rig.connect().send(Frames.hello(BinaryRig.TENANT, BinaryRig.TOKEN))))
                .isEqualTo(ErrorCode.TOO_MANY_SESSIONS);
        clients.get(0).close();
        await().until(() -> rig.onLoop(rig.server::sessions) == 2);
        clients.add(rig.open());
        for (final RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void connectionsThatSaidNothingAreFewAndTheRestIsToldSo() throws Exception {
        final List<RawClient> silent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            silent.add(rig.connect());
        }
        await().until(() -> rig.onLoop(rig.server::sessions) == 4);
        assertThat(rejectOf(rig.connect())).isEqualTo(ErrorCode.TOO_MANY_SESSIONS);
        assertThat(rig.counters.connectionsOverCap).isEqualTo(1);
        for (final RawClient client : silent) {
            client.close();
        }
        await().until(() -> rig.onLoop(() -> rig.server.caps().total()) == 0);
        rig.open().close();
    }

    @Test
    void anAccountThatIsTakenAwayEndsItsSessionsAndANewCreditIsTold() throws Exception {
        try (RawClient client = rig.open()) {
            rig.runOnLoop(() -> rig.server.accounts(BinaryRig.accounts(7)));
            final RawClient.Frame frame = client.read();
            assertThat(new io.trunkline.upstream.codec.CreditDecoder()
                            .wrap(
                                    frame.expect(io.trunkline.upstream.codec.CreditDecoder.TEMPLATE_ID),
                                    8,
                                    frame.blockLength(),
                                    frame.version())
                            .credit())
                    .isEqualTo(7);
            rig.runOnLoop(() -> rig.server.accounts(Map.of()));
            assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.NOT_AUTHENTICATED.number());
        }
    }

    @Test
    void capsAreGivenBackByEveryWayToEnd() throws Exception {
        final ConnectionCaps caps = rig.server.caps();
        rig.open().close();
        refusalOf(Frames.hello("nobody", "x"));
        try (RawClient client = rig.connect().send(new byte[] {1, 2, 3, (byte) 0xFF})) {
            client.read().goodbye();
        }
        rig.open().send(Frames.goodbye()).close();
        await().until(() -> rig.onLoop(caps::total) == 0);
        assertThat(rig.onLoop(caps::unauthenticated)).isZero();
        assertThat(rig.onLoop(() -> caps.of(BinaryRig.TENANT))).isZero();
        assertThat(rig.onLoop(() -> rig.counters.connectionsClosed)).isEqualTo(rig.counters.connectionsAccepted);
    }

    private ErrorCode refusalOf(final byte[] hello) throws Exception {
        final long before = rig.onLoop(this::refusals);
        try (RawClient client = rig.connect().send(hello)) {
            await().until(() -> rig.onLoop(this::refusals) == before + 1);
            rig.pass(500);
            return ErrorCode.of(client.read().reject().code());
        }
    }

    private long refusals() {
        return rig.counters.notAuthenticated + rig.counters.addressNotAllowed + rig.counters.lockedOut;
    }

    private static ErrorCode rejectOf(final RawClient client) throws Exception {
        try (client) {
            final ErrorCode code = ErrorCode.of(client.read().reject().code());
            assertThat(client.read()).isEqualTo(RawClient.Frame.END);
            return code;
        }
    }
}
