package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.admin.ShardView;
import io.trunkline.gateway.engine.CarrierProtocol;
import io.trunkline.gateway.engine.Conclusion;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.RecordSchema;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.gateway.journal.codec.SegmentAnsweredDecoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenDecoder;
import io.trunkline.gateway.journal.codec.UnitClosedDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages out over a trunk, through a whole gateway: what the carrier hears, and what the journal has afterwards. */
class MessageOutTest {
    private static final String OWNED = "34910000001";
    private static final String NUMBER = "442071838750";
    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final int SIP = CarrierProtocol.SIP.number();

    @TempDir
    Path directory;

    private GatewayRig rig;
    private WirePeer alpha;
    private WirePeer platform;

    @BeforeEach
    void begin() throws IOException {
        rig = new GatewayRig(directory).tenant("messages: true\n").routes("*,,alpha\n");
        alpha = new WirePeer(rig, GatewayRig.ALPHA);
        platform = new WirePeer(rig, GatewayRig.PLATFORM);
    }

    @AfterEach
    void close() {
        alpha.close();
        platform.close();
        rig.close();
    }

    private void start(final String messagesOut, final String more) {
        rig.alpha(", messagesOut: {" + messagesOut + "}" + more).start();
    }

    private void submit(final String from, final String text) throws IOException {
        platform.message("id" + System.nanoTime(), from, "+" + NUMBER, TEXT, text);
        assertThat(platform.heard()).startsWith("SIP/2.0 202 ");
    }

    private void closed(final UnitState state) {
        rig.awaitFigure("units.closed", state.name().toLowerCase(java.util.Locale.ROOT), 1);
    }

    /** Fields of the records of a kind. */
    private List<String> journal(final int template, final String... fields) {
        final RecordSchema schema = RecordSchema.load();
        final List<String> lines = new ArrayList<>();
        JournalFiles.in(directory.resolve("data"))
                .forEach(files -> files.read(record -> {
                    if (record.templateId() == template) {
                        final Map<String, Object> values = schema.decode(record);
                        lines.add(String.join(
                                " ",
                                Stream.of(fields)
                                        .map(name -> String.valueOf(values.get(name)))
                                        .toList()));
                    }
                }));
        return lines;
    }

    private List<String> written() {
        return journal(SegmentWrittenDecoder.TEMPLATE_ID, "segments", "attempt", "protocol", "smppSequence");
    }

    private List<String> answered() {
        return journal(SegmentAnsweredDecoder.TEMPLATE_ID, "status", "outcome", "protocol", "conclusion", "errorCode");
    }

    private List<String> ends() {
        return journal(UnitClosedDecoder.TEMPLATE_ID, "state", "errorCode", "segments", "rawCode");
    }

    @Test
    void aMessageIsOneRequestAndDeliveredWithIts200() throws IOException {
        start("", ", identity: {asserted: caller}");
        submit("+" + OWNED, "¿Qué tal? " + "x".repeat(200));
        final String request = alpha.heard("MESSAGE ");
        assertThat(request)
                .startsWith("MESSAGE sip:+" + NUMBER + "@127.0.0.3:" + rig.port(GatewayRig.ALPHA) + " SIP/2.0\r\n")
                .contains("\r\nContent-Type: text/plain;charset=UTF-8\r\n", "\r\nExpires: ")
                .doesNotContain("Contact:", GatewayRig.PLATFORM);
        assertThat(WirePeer.line(request, "From")).startsWith("<sip:+" + OWNED + "@127.0.0.1>;tag=");
        assertThat(WirePeer.line(request, "P-Asserted-Identity")).isEqualTo("<sip:+" + OWNED + "@127.0.0.1>");
        assertThat(WirePeer.line(request, "Date")).matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} .* GMT");
        alpha.answer(request, "200 OK", "");
        closed(UnitState.DELIVERED);
        assertThat(rig.figure("trunk.messages.taken", "alpha/one")).isEqualTo(1);
        rig.close();
        assertThat(written()).containsExactly("1 0 " + SIP + " 1");
        assertThat(answered()).containsExactly("200 1 " + SIP + " " + Conclusion.DELIVERED.number() + " 0");
        assertThat(ends()).as("two segments, as they are counted").containsExactly("10 0 2 0");
    }

    @Test
    void whatATrunkOnlyAcceptsEndsWithoutAReceipt() throws IOException {
        start("", "");
        submit("Shop", "Hello");
        final String request = alpha.heard("MESSAGE ");
        assertThat(WirePeer.line(request, "From")).startsWith("<sip:Shop@127.0.0.1>;tag=");
        alpha.answer(request, "202 Accepted", "");
        closed(UnitState.UNKNOWN);
        rig.close();
        assertThat(answered()).containsExactly("202 1 " + SIP + " " + Conclusion.NOTHING_FOLLOWS.number() + " 0");
        assertThat(ends()).containsExactly("15 " + ErrorCode.NO_RECEIPT_GIVEN.number() + " 1 0");
    }

    @Test
    void a200OfATrunkThatAnswersSoForEverythingIsNoMoreThanAccepted() throws IOException {
        start("ok: accepted", "");
        submit("+" + OWNED, "Hello");
        alpha.answer(alpha.heard("MESSAGE "), "200 OK", "");
        closed(UnitState.UNKNOWN);
    }

    @Test
    void aRefusalIsWhatItsStatusMeansOrTheCarriersTableSays() throws IOException {
        start("", "");
        submit("+" + OWNED, "Hello");
        alpha.answer(alpha.heard("MESSAGE "), "404 Not Found", "");
        closed(UnitState.FAILED);
        rig.close();
        assertThat(answered()).containsExactly("404 4 " + SIP + " 0 " + ErrorCode.CARRIER_REFUSED_DESTINATION.number());
        assertThat(ends()).containsExactly("12 " + ErrorCode.CARRIER_REFUSED_DESTINATION.number() + " 1 404");
    }

    @Test
    void aMessageThatIsTooLongForTheTrunkDoesNotLeave() throws IOException {
        start("", ", largeOverTcp: false");
        submit("+" + OWNED, "x".repeat(1_200));
        closed(UnitState.FAILED);
        assertThat(rig.figure("units.not.carried", "")).isEqualTo(1);
        rig.close();
        assertThat(written()).isEmpty();
        assertThat(ends()).containsExactly("12 " + ErrorCode.BODY_NOT_CARRIED.number() + " 8 0");
    }

    @Test
    void whatWasNotAnsweredWhenTheGatewayEndedIsInDoubtAfterwards() throws IOException {
        start("timeout: 30s", "");
        submit("+" + OWNED, "Hello");
        alpha.heard("MESSAGE ");
        rig.close();
        rig.start();
        rig.awaitFigure("segments.in.doubt", "", 1);
        rig.close();
        assertThat(answered()).containsExactly("3 5 " + SIP + " 0 " + ErrorCode.IN_DOUBT_FAILED.number());
    }

    @Test
    void aDrainedTrunkHoldsItsMessagesBack() throws Exception {
        start("", "");
        assertThat(control(ShardView.CarrierAction.DRAIN, "one")).isEqualTo(ShardView.Control.DONE);
        assertThat(control(ShardView.CarrierAction.DRAIN, "two")).isEqualTo(ShardView.Control.NO_SUCH_BIND);
        submit("+" + OWNED, "Hello");
        assertThat(rig.figure("segments.written", "")).isZero();
        assertThat(control(ShardView.CarrierAction.ENABLE, "one")).isEqualTo(ShardView.Control.DONE);
        alpha.answer(alpha.heard("MESSAGE "), "200 OK", "");
        closed(UnitState.DELIVERED);
    }

    @Test
    void aDrainedTrunkStaysSoWhenItsConfigurationChanges() throws Exception {
        try (WirePeer gamma = new WirePeer(rig, GatewayRig.GAMMA)) {
            rig.gamma(", messagesOut: {}");
            start("", "");
            assertThat(control(ShardView.CarrierAction.DRAIN, "one")).isEqualTo(ShardView.Control.DONE);
            rig.alpha(", messagesOut: {window: 7}").reload();
            for (int i = 0; i < 4; i++) {
                submit("+" + OWNED, "Hello");
            }
            final Set<String> heard = new HashSet<>();
            while (heard.size() < 4) {
                // Else they would take turns.
                final String request = gamma.heard("MESSAGE ");
                heard.add(WirePeer.line(request, "Call-ID"));
                gamma.answer(request, "200 OK", "");
            }
            rig.awaitFigure("units.closed", "delivered", 4);
        }
    }

    private ShardView.Control control(final ShardView.CarrierAction action, final String trunk) throws AdminRefusal {
        return rig.daemon().shardView().call(view -> view.control(action, "alpha", Optional.of(trunk)));
    }

    @Test
    void whatIsUnderWayWhenItsTrunkIsTakenAwayIsStillAnswered() throws Exception {
        start("", "");
        submit("+" + OWNED, "Hello");
        final String request = alpha.heard("MESSAGE ");
        rig.withoutAlpha();
        rig.reload();
        alpha.answer(request, "200 OK", "");
        closed(UnitState.DELIVERED);
        rig.close();
        assertThat(answered()).containsExactly("200 1 " + SIP + " " + Conclusion.DELIVERED.number() + " 0");
    }

    @Test
    void whatIsNotAnsweredInTimeIsInDoubtAndALateAnswerEndsTheDoubt() throws IOException {
        start("timeout: 500ms", "");
        submit("+" + OWNED, "Hello");
        final String request = alpha.heard("MESSAGE ");
        rig.awaitFigure("segments.in.doubt", "", 1);
        alpha.answer(request, "200 OK", "");
        closed(UnitState.DELIVERED);
        assertThat(rig.figure("trunk.messages.lost", "alpha/one")).isEqualTo(1);
    }
}
