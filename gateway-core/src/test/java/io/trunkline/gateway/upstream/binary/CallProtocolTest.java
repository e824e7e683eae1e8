package io.trunkline.gateway.upstream.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.client.CallResult;
import io.trunkline.client.ClientConfig;
import io.trunkline.client.ClientListener;
import io.trunkline.client.ClientReference;
import io.trunkline.client.PlaceCall;
import io.trunkline.client.TrunklineClient;
import io.trunkline.gateway.calls.CallAcceptance;
import io.trunkline.gateway.calls.CallAnswer;
import io.trunkline.gateway.calls.CallControl;
import io.trunkline.gateway.calls.CallDirection;
import io.trunkline.gateway.calls.CallRequest;
import io.trunkline.gateway.calls.CallRig;
import io.trunkline.gateway.calls.CallStart;
import io.trunkline.gateway.calls.TrunkRow;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.sip.call.CallOutcome;
import io.trunkline.sip.call.EndReason;
import io.trunkline.upstream.codec.CallEventDecoder;
import io.trunkline.upstream.codec.CallState;
import io.trunkline.upstream.codec.CancelOutcome;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls over the binary protocol: the Java client against the listener, the ledger and the streams; signalling is the test's. */
@Timeout(60)
class CallProtocolTest {
    private final CallRig calls = new CallRig(Durability.PROCESS);
    private final Signalling signalling = new Signalling();
    private final BinaryRig rig;
    private final Listener listener = new Listener();

    CallProtocolTest() throws Exception {
        rig = new BinaryRig(
                new CallAcceptance(() -> signalling, calls.engine.references(), calls.journal), calls.streams);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Places calls and ends them at once. */
    private final class Signalling implements CallControl {
        private final List<String> placed = new ArrayList<>();
        private ErrorCode refusal = ErrorCode.NONE;

        @Override
        public ErrorCode place(final CallRequest request, final CallAnswer answer) {
            if (refusal != ErrorCode.NONE) {
                answer.retryAfterMs = 500;
                return refusal;
            }
            final CallStart start = CallRig.start(request.tenant, CallDirection.OUT, 1);
            start.referenceHi = request.referenceHi;
            start.referenceLo = request.referenceLo;
            start.contentHash = request.contentHash;
            start.from = text(request, request.fromOffset, request.fromLength);
            start.to = text(request, request.toOffset, request.toLength);
            placed.add(start.from + " " + start.to + " " + text(request, request.firstOffset, request.firstLength) + " "
                    + request.setupTimeoutMs + " " + request.maxDurationSec);
            answer.unitId = calls.ledger.started(start, calls.clockMs);
            return ErrorCode.NONE;
        }

        private static String text(final CallRequest request, final int offset, final int length) {
            return request.buffer.getStringWithoutLengthUtf8(offset, length);
        }

        @Override
        public boolean end(final int tenant, final long unitId, final int cause) {
            final boolean open =
                    calls.ledger.view().stream().anyMatch(call -> call.unit() == unitId && call.tenant() == tenant);
            if (open) {
                calls.ledger.ended(unitId, calls.end(EndReason.OWNER_ENDED, CallOutcome.CANCELLED, 487, cause));
            }
            return open;
        }

        @Override
        public List<TrunkRow> trunks() {
            return List.of();
        }
    }

    private static final class Listener implements ClientListener {
        private final ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();

        @Override
        public void onCall(final CallEventDecoder call) {
            final String state = call.state() + " " + call.direction() + " " + call.code() + " " + call.status() + " "
                    + call.cause() + " " + ms(call.pddMs()) + " " + ms(call.setupMs()) + " " + ms(call.talkMs());
            final String media = call.media();
            events.add(state + " [" + media + "] " + call.from() + " " + call.to());
        }

        private static long ms(final long time) {
            return time == CallEventDecoder.setupMsNullValue() ? -1 : time;
        }
    }

    private ClientConfig config() {
        return ClientConfig.to("127.0.0.1", ((InetSocketAddress) rig.address()).getPort())
                .tenant(BinaryRig.TENANT, BinaryRig.TOKEN)
                .clientName("tier-1")
                .backoffMs(10, 100)
                .build();
    }

    private static PlaceCall.Builder call(final long reference) {
        return PlaceCall.of(new ClientReference(7, reference))
                .from("+4915112345")
                .to("306912345678");
    }

    private static CallResult.Accepted accepted(final CompletableFuture<CallResult> result) throws Exception {
        return (CallResult.Accepted) result.get(10, TimeUnit.SECONDS);
    }

    private static int refused(final CompletableFuture<CallResult> result) throws Exception {
        return ((CallResult.Refused) result.get(10, TimeUnit.SECONDS)).refusal().code();
    }

    @Test
    void placesACallOnceAndHearsOfEveryStep() throws Exception {
        try (TrunklineClient client = TrunklineClient.connect(config(), listener)) {
            client.connected().get(10, TimeUnit.SECONDS);
            final PlaceCall call = call(1).media("sip:ivr@media.example;transport=tcp")
                    .ringTimeout(Duration.ofSeconds(30))
                    .maxDuration(Duration.ofMillis(60_500))
                    .build();
            final CallResult.Accepted first = accepted(client.placeCall(call));
            assertThat(first.state()).isEqualTo(CallState.PLACED);
            assertThat(first.duplicate()).isFalse();
            rig.runOnLoop(() -> {
                calls.pass(850);
                calls.ledger.progressed(first.unitId(), 180, calls.clockMs);
                calls.pass(1_150);
                calls.ledger.answered(first.unitId(), calls.clockMs);
            });
            final CallResult.Accepted again = accepted(client.placeCall(call));
            assertThat(again.unitId()).isEqualTo(first.unitId());
            assertThat(again.duplicate()).isTrue();
            assertThat(again.state()).isEqualTo(CallState.ANSWERED);
            rig.runOnLoop(() -> {
                calls.pass(4_000);
                calls.ledger.ended(first.unitId(), calls.hungUp());
            });
            await().until(() -> listener.events.size() == 4);
            assertThat(listener.events)
                    .containsExactly(
                            "PLACED OUT 0 0 0 -1 -1 -1 [] +4915112345 306912345678",
                            "RINGING OUT 0 180 0 850 -1 -1 []  ",
                            "ANSWERED OUT 0 200 0 850 2000 -1 []  ",
                            "COMPLETED OUT 0 200 16 850 2000 4000 [] +4915112345 306912345678");
            assertThat(accepted(client.placeCall(call)).state()).isEqualTo(CallState.COMPLETED);
        }
        assertThat(signalling.placed)
                .containsExactly("+4915112345 306912345678 sip:ivr@media.example;transport=tcp 30000 61");
    }

    @Test
    void refusesAReferenceThatStandsForAnotherCallAndWhatIsNoCall() throws Exception {
        try (TrunklineClient client = TrunklineClient.connect(config(), listener)) {
            client.connected().get(10, TimeUnit.SECONDS);
            accepted(client.placeCall(call(1).build()));
            assertThat(refused(client.placeCall(call(1).to("306900000000").build())))
                    .isEqualTo(1017);
            assertThat(refused(client.placeCall(call(2).to("").build()))).isEqualTo(1010);
            assertThat(refused(client.placeCall(call(3).from("").build()))).isEqualTo(1011);
            for (final String media : List.of(
                    "v=0",
                    "tel:+4915112345",
                    "sip:a@b\r\nRoute: <sip:c>",
                    "sip:a b@c",
                    "sip:a@b?Route=%3Csip:c%3E",
                    "<sip:a@b>",
                    "sip:" + "a".repeat(252))) {
                assertThat(refused(client.placeCall(call(4).media(media).build())))
                        .as(media)
                        .isEqualTo(1016);
            }
            rig.runOnLoop(() -> signalling.refusal = ErrorCode.NO_CARRIER);
            final CallResult.Refused busy =
                    (CallResult.Refused) client.placeCall(call(5).build()).get(10, TimeUnit.SECONDS);
            assertThat(busy.refusal().code()).isEqualTo(ErrorCode.NO_CARRIER.number());
            assertThat(busy.refusal().retryAfterMs()).isEqualTo(500);
            rig.runOnLoop(() -> {
                signalling.refusal = ErrorCode.NONE;
                calls.journal.storageLow(true);
            });
            assertThat(refused(client.placeCall(call(6).build()))).isEqualTo(ErrorCode.STORAGE_LOW.number());
        }
        assertThat(signalling.placed).hasSize(1);
    }

    @Test
    void endsACallOfItsOwnAndNoOther() throws Exception {
        try (TrunklineClient client = TrunklineClient.connect(config(), listener)) {
            client.connected().get(10, TimeUnit.SECONDS);
            final long unit = accepted(client.placeCall(call(1).build())).unitId();
            final long[] others = new long[1];
            rig.runOnLoop(() -> others[0] =
                    calls.ledger.started(CallRig.start(BinaryRig.TENANT_ID + 1, CallDirection.OUT, 99), calls.clockMs));
            assertThat(client.endCall(others[0]).get(10, TimeUnit.SECONDS)).isEqualTo(CancelOutcome.NOT_FOUND);
            assertThat(client.endCall(unit).get(10, TimeUnit.SECONDS)).isEqualTo(CancelOutcome.CANCELLED);
            assertThat(client.endCall(unit).get(10, TimeUnit.SECONDS)).isEqualTo(CancelOutcome.NOT_FOUND);
            await().until(() -> listener.events.size() == 2);
            assertThat(listener.events.toArray()[1])
                    .isEqualTo("CANCELLED OUT 2020 487 16 -1 -1 -1 [] +4915112345 306912345678");
        }
    }

    @Test
    void hearsOfACallFromTheNetworkAlsoWhereItWasNotThere() throws Exception {
        rig.runOnLoop(() -> {
            final long unit =
                    calls.ledger.started(CallRig.start(BinaryRig.TENANT_ID, CallDirection.IN, 0), calls.clockMs);
            calls.pass(9_000);
            calls.ledger.ended(unit, calls.end(EndReason.RING_TIMEOUT, CallOutcome.NO_ANSWER, 480, 19));
            calls.force();
        });
        try (TrunklineClient client = TrunklineClient.connect(config(), listener)) {
            client.connected().get(10, TimeUnit.SECONDS);
            await().until(() -> {
                rig.runOnLoop(calls::cycle);
                return listener.events.size() == 2;
            });
            assertThat(listener.events)
                    .containsExactly(
                            "PLACED IN 0 0 0 -1 -1 -1 [] +4915112345 306912345678",
                            "NO_ANSWER IN 3031 480 19 -1 -1 -1 [] +4915112345 306912345678");
        }
    }
}
