package io.trunkline.gateway.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.Exports.What;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.InMemoryJournal;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.codec.CallEndedEncoder;
import io.trunkline.gateway.journal.codec.CallProgressedEncoder;
import io.trunkline.gateway.journal.codec.InboundReceivedEncoder;
import io.trunkline.gateway.journal.codec.NamedEncoder;
import io.trunkline.gateway.journal.codec.SegmentAnsweredEncoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedEncoder;
import io.trunkline.gateway.journal.codec.UnitClosedEncoder;
import io.trunkline.gateway.journal.codec.UnitRejectedEncoder;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Golden events, as {@code docs/reference/events.md} describes them. */
final class RecordEventsTest {
    private static final int ROOM = 512;
    private static final long UNIT = 379_842_003_148_931_072L;
    private static final Instant TIME = Instant.parse("2026-11-21T12:00:00.123456789Z");

    private final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private final NamesByNumber names = new NamesByNumber();

    @BeforeEach
    void start() {
        journal.start();
        journal.wallTimeNs(TimeUnit.SECONDS.toNanos(TIME.getEpochSecond()) + TIME.getNano());
        name(1, 1, "acme");
        name(2, 1, "alpha");
        name(3, 4, "alpha/b1");
    }

    private void name(final int kind, final int number, final String name) {
        final int offset = journal.begin(NamedEncoder.TEMPLATE_ID, 0, ROOM);
        final NamedEncoder encoder = new NamedEncoder();
        encoder.wrap(journal.buffer(), offset).number(number).kind((short) kind);
        encoder.putName(octets(name), 0, name.length());
        commit(encoder.encodedLength());
    }

    private void commit(final int length) {
        journal.commit(length);
        journal.publish();
    }

    private static byte[] octets(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void accepted() {
        accepted(0);
    }

    private void accepted(final long bodyKey) {
        final int offset = journal.begin(UnitAcceptedEncoder.TEMPLATE_ID, UNIT, ROOM);
        final UnitAcceptedEncoder encoder = new UnitAcceptedEncoder();
        encoder.wrap(journal.buffer(), offset)
                .referenceHi(0xAL)
                .referenceLo(0xBL)
                .contentHash(1)
                .scheduledAtMs(0)
                .expiresAtMs(TIME.plusSeconds(60).toEpochMilli())
                .tenant(1)
                .tableVersion(3)
                .routeRow(7)
                .carrier(1)
                .messageClass((short) 1)
                .origin((short) 2)
                .encoding((short) 1)
                .segments((short) 1)
                .network(0)
                .routeRule(0)
                .rewrite(0)
                .treatment(0)
                .bodyKey(bodyKey)
                .bodyKeySerial(0)
                .bodyPeriod(0);
        encoder.putFrom(octets("ACME"), 0, 4)
                .putTo(octets("447700900123"), 0, 12)
                .putBody(octets("Your code is 1234"), 0, 17)
                .putCampaign(octets(""), 0, 0)
                .putTags(octets(""), 0, 0);
        commit(encoder.encodedLength());
    }

    private void rejected() {
        final int offset = journal.begin(UnitRejectedEncoder.TEMPLATE_ID, 0, ROOM);
        final UnitRejectedEncoder encoder = new UnitRejectedEncoder();
        encoder.wrap(journal.buffer(), offset)
                .referenceHi(0)
                .referenceLo(0xCL)
                .tenant(1)
                .suppressed(2)
                .errorCode(ErrorCode.REFUSED_BY_RULE.number())
                .origin((short) 1);
        encoder.putTo(octets("447700900124"), 0, 12);
        commit(encoder.encodedLength());
    }

    private void answered() {
        final int offset = journal.begin(SegmentAnsweredEncoder.TEMPLATE_ID, UNIT, ROOM);
        final SegmentAnsweredEncoder encoder = new SegmentAnsweredEncoder();
        encoder.wrap(journal.buffer(), offset)
                .status(0)
                .carrier(1)
                .link(4)
                .errorCode(0)
                .segment((short) 1)
                .attempt((short) 1)
                .outcome((short) 5);
        encoder.putMessageId(octets("m\"7"), 0, 3);
        commit(encoder.encodedLength());
    }

    private void closed() {
        final int offset = journal.begin(UnitClosedEncoder.TEMPLATE_ID, UNIT, ROOM);
        final UnitClosedEncoder encoder = new UnitClosedEncoder();
        encoder.wrap(journal.buffer(), offset)
                .eventSequence(9)
                .referenceHi(0xAL)
                .referenceLo(0xBL)
                .rawCode(11)
                .tenant(1)
                .carrier(1)
                .errorCode(ErrorCode.ABSENT_SUBSCRIBER.number())
                .state((short) UnitState.UNDELIVERED.number())
                .segments((short) 1)
                .segmentsDelivered((short) 0)
                .possibleDuplicate((short) 1)
                .origin((short) 2)
                .receiptWish((short) 0)
                .acceptedAtMs(TIME.toEpochMilli())
                .destination(447_700_900_123L)
                .senderHi(0)
                .senderLo(0);
        commit(encoder.encodedLength());
    }

    private void inbound() {
        final int offset = journal.begin(InboundReceivedEncoder.TEMPLATE_ID, UNIT + 1, ROOM);
        final InboundReceivedEncoder encoder = new InboundReceivedEncoder();
        encoder.wrap(journal.buffer(), offset)
                .eventSequence(10)
                .tenant(1)
                .carrier(1)
                .link(4)
                .segments((short) 1)
                .segmentsMissing((short) 0)
                .encoding((short) 4)
                .dataCoding((short) 4)
                .bodyPeriod(0);
        encoder.putFrom(octets("447700900123"), 0, 12)
                .putTo(octets("34911"), 0, 5)
                .putBody(new byte[] {(byte) 0xFF, 0}, 0, 2);
        commit(encoder.encodedLength());
    }

    private List<ExportEvent> events(final List<What> what, final boolean bodies) {
        final List<ExportEvent> events = new ArrayList<>();
        final RecordEvents records = new RecordEvents(names, what, bodies, PeriodCipher.NONE, "shard-0", events::add);
        journal.newSource().read(1, 100, record -> {
            if (record.sequence() <= 3) {
                names.onNamed(record);
            }
            records.onRecord(record);
        });
        return events;
    }

    private static String data(final ExportEvent event) {
        return new JsonMapper().readTree(event.value()).path("data").toString();
    }

    @Test
    void anEventSaysWhoseRecordItIsOf() {
        answered();
        final ExportEvent event = events(List.of(What.values()), false).get(0);
        assertThat(new String(event.value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"specversion\":\"1.0\",\"type\":\"io.trunkline.segment.answered.v1\","
                        + "\"source\":\"urn:trunkline:shard-0\",\"id\":\"4\","
                        + "\"time\":\"2026-11-21T12:00:00.123456789Z\",\"subject\":\"379842003148931072\","
                        + "\"datacontenttype\":\"application/json\",\"data\":{\"carrier\":\"alpha\","
                        + "\"bind\":\"alpha/b1\",\"segment\":1,\"attempt\":1,\"outcome\":\"in-doubt\",\"protocol\":\"smpp\","
                        + "\"command_status\":0,\"error\":0,\"message_id\":\"m\\\"7\"}}");
        assertThat(event.index()).isEqualTo(4);
        assertThat(event.key()).asString(StandardCharsets.UTF_8).isEqualTo("379842003148931072");
    }

    @Test
    void aBodyGoesAlongWhereItIsAskedForOnly() {
        accepted();
        final String without = data(events(List.of(What.ACCEPTED), false).get(0));
        assertThat(without)
                .isEqualTo("{\"tenant\":\"acme\",\"reference\":\"000000000000000a000000000000000b\",\"class\":\"otp\","
                        + "\"origin\":\"smpp\",\"encoding\":\"gsm7\",\"segments\":1,\"carrier\":\"alpha\","
                        + "\"table_version\":3,\"route_row\":7,\"route_rule\":0,"
                        + "\"expires_at\":\"2026-11-21T12:01:00.123Z\",\"sender\":\"ACME\","
                        + "\"destination\":\"447700900123\",\"body_bytes\":17}");
        assertThat(data(events(List.of(What.ACCEPTED), true).get(0))).contains("\"body\":\"Your code is 1234\"");
    }

    @Test
    void aBodyUnderAKeyStaysThere() {
        accepted(5);
        assertThat(data(events(List.of(What.ACCEPTED), true).get(0)))
                .endsWith("\"body_bytes\":17,\"body_sealed\":true}");
    }

    @Test
    void theEndOfAMessageNamesItsError() {
        closed();
        final JsonNode data = new JsonMapper()
                .readTree(events(List.of(What.STATUSES), false).get(0).value())
                .path("data");
        assertThat(data.path("state").asString()).isEqualTo("undelivered");
        assertThat(data.path("final").asBoolean()).isTrue();
        assertThat(data.path("error_name").asString()).isEqualTo("ABSENT_SUBSCRIBER");
        assertThat(data.path("possible_duplicate").asBoolean()).isTrue();
        assertThat(data.has("sender")).isFalse();
    }

    @Test
    void aRefusedSubmitIsKeyedByItsTenant() {
        rejected();
        final ExportEvent event = events(List.of(What.ACCEPTED), false).get(0);
        assertThat(event.key()).asString(StandardCharsets.UTF_8).isEqualTo("acme");
        assertThat(data(event)).contains("\"error_name\":\"REFUSED_BY_RULE\",\"suppressed\":2");
    }

    @Test
    void binaryTextsAreHexadecimalDigits() {
        inbound();
        assertThat(data(events(List.of(What.INBOUND), true).get(0))).contains("\"body_hex\":\"ff00\"");
    }

    private void callEnded(final int tenant, final long eventSequence, final long talkMs) {
        final int offset = journal.begin(CallEndedEncoder.TEMPLATE_ID, UNIT + 2, ROOM);
        final CallEndedEncoder encoder = new CallEndedEncoder();
        encoder.wrap(journal.buffer(), offset)
                .eventSequence(eventSequence)
                .referenceHi(0)
                .referenceLo(0xDL)
                .startedAtMs(TIME.toEpochMilli() - 9_000)
                .lastSeenAtMs(TIME.toEpochMilli())
                .tenant(tenant)
                .tableVersion(3)
                .routeRow(5)
                .pddMs(800)
                .setupMs(CallEndedEncoder.setupMsNullValue())
                .talkMs(talkMs)
                .lengthMs(9_000)
                .routeRule(0)
                .status(486)
                .cause(17)
                .errorCode(ErrorCode.CALL_BUSY.number())
                .carrier(1)
                .trunk(4)
                .outcome((short) 11)
                .reason((short) 5)
                .attempts((short) 2)
                .direction((short) 1)
                .origin((short) 1)
                .signedAs((short) 'B')
                .verdict((short) 0)
                .attested((short) 0);
        encoder.putFrom(octets("34911"), 0, 5)
                .putTo(octets("447700900123"), 0, 12)
                .putAsserted(octets(""), 0, 0)
                .putCallId(octets(""), 0, 0);
        commit(encoder.encodedLength());
    }

    private void callProgressed(final int kind) {
        final int offset = journal.begin(CallProgressedEncoder.TEMPLATE_ID, UNIT + 2, ROOM);
        final CallProgressedEncoder encoder = new CallProgressedEncoder();
        encoder.wrap(journal.buffer(), offset)
                .eventSequence(0)
                .referenceHi(0)
                .referenceLo(0)
                .tenant(1)
                .afterMs(70)
                .status(503)
                .cause(41)
                .carrier(1)
                .trunk(4)
                .kind((short) kind)
                .attempt((short) 1)
                .direction((short) 2);
        commit(encoder.encodedLength());
    }

    @Test
    void theEndOfACallSaysHowItWentAndWhat() {
        callEnded(1, 12, CallEndedEncoder.talkMsNullValue());
        final ExportEvent event = events(List.of(What.CALLS), false).get(0);
        assertThat(new String(event.value(), StandardCharsets.UTF_8))
                .contains("\"type\":\"io.trunkline.call.ended.v1\"");
        assertThat(data(event))
                .isEqualTo("{\"tenant\":\"acme\",\"reference\":\"0000000000000000000000000000000d\","
                        + "\"direction\":\"out\",\"origin\":\"binary\",\"event_sequence\":12,\"outcome\":\"busy\","
                        + "\"end_reason\":\"target-refused\",\"status\":486,\"cause\":17,\"error\":3030,"
                        + "\"error_name\":\"CALL_BUSY\",\"started_at\":\"2026-11-21T11:59:51.123Z\","
                        + "\"last_seen_at\":\"2026-11-21T12:00:00.123Z\",\"length_ms\":9000,\"pdd_ms\":800,"
                        + "\"attempts\":2,\"table_version\":3,\"route_row\":5,\"route_rule\":0,"
                        + "\"carrier\":\"alpha\",\"trunk\":\"alpha/b1\",\"signed_as\":\"B\",\"sender\":\"34911\","
                        + "\"destination\":\"447700900123\"}");
        assertThat(event.key()).asString(StandardCharsets.UTF_8).isEqualTo(Long.toString(UNIT + 2));
    }

    @Test
    void aCallOfNobodyWeKnowHasNoTenantAndOneThatIsToldBySipNoSequence() {
        callEnded(0, 0, 61_000);
        final String data = data(events(List.of(What.CALLS), false).get(0));
        assertThat(data).doesNotContain("tenant", "event_sequence").contains("\"talk_ms\":61000");
    }

    @Test
    void aTargetThatWasGivenUpIsNoProgress() {
        callProgressed(1);
        callProgressed(2);
        final List<ExportEvent> events = events(List.of(What.CALLS), false);
        assertThat(new String(events.get(0).value(), StandardCharsets.UTF_8))
                .contains("io.trunkline.call.progressed.v1");
        assertThat(new String(events.get(1).value(), StandardCharsets.UTF_8))
                .contains("io.trunkline.call.attempt-failed.v1", "\"direction\":\"in\"", "\"after_ms\":70");
        assertThat(events(List.of(What.STATUSES), false)).isEmpty();
    }

    @Test
    void onlyWhatIsAskedForBecomesAnEvent() {
        accepted();
        answered();
        closed();
        inbound();
        assertThat(events(List.of(What.STATUSES), false)).hasSize(1);
        assertThat(events(List.of(What.SEGMENTS, What.INBOUND), false)).hasSize(2);
        assertThat(events(List.of(), false)).isEmpty();
    }
}
