package io.trunkline.gateway.admin;

import static io.trunkline.gateway.admin.RecordedStory.FIRST_UNIT;
import static io.trunkline.gateway.admin.RecordedStory.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.gateway.journal.seal.PeriodCipher;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JournalTraceTest {
    private final RecordedStory journal = new RecordedStory();
    private final JournalTrace trace = new JournalTrace(
            new FakeShard(),
            () -> journal,
            () -> PeriodCipher.NONE,
            Clock.fixed(START.plusSeconds(3600), ZoneOffset.UTC));

    private JsonNode ask(final ObjectNode arguments) throws AdminRefusal {
        return trace.handle(arguments);
    }

    private static ObjectNode unit(final long id) {
        return JsonNodeFactory.instance.objectNode().put("unit", Long.toUnsignedString(id));
    }

    private static ObjectNode number(final String number) {
        return JsonNodeFactory.instance.objectNode().put("number", number);
    }

    private static List<String> said(final JsonNode story) {
        return story.path("steps")
                .valueStream()
                .map(step ->
                        step.path("what").asString() + ": " + step.path("says").asString())
                .toList();
    }

    @Test
    void tellsTheWholeStoryOfAUnitInOrder() throws Exception {
        journal.delivered(FIRST_UNIT, "447700900123");
        journal.delivered(FIRST_UNIT + 1, "34600000001");
        final JsonNode stories = ask(unit(FIRST_UNIT)).path("stories");
        assertThat(stories).hasSize(1);
        assertThat(stories.get(0).path("unit").asString()).isEqualTo(Long.toString(FIRST_UNIT));
        assertThat(said(stories.get(0)))
                .containsExactly(
                        "accepted: from tenant acme over binary protocol, class otp: ACME to 447700900123,"
                                + " 1 segment in GSM 7 bit, to alpha by row 5 of table 4,"
                                + " buy rate 0.012300 (rates.csv:17)",
                        "written: segment 1 of 1 to alpha/one, attempt 1, sequence_number 77",
                        "answered: segment 1 by alpha/one: taken, command_status 0x00000000, message id A1B2",
                        "receipt: from alpha/one for message id A1B2: stat DELIVRD, err 000 (matched)",
                        "closed: delivered, 1 of 1 segments delivered, told to the tenant as event 41");
        assertThat(stories.get(0).path("steps").get(1).path("time").asString()).isEqualTo("2026-11-21T08:00:01Z");
    }

    @Test
    void findsTheUnitsToANumberAndTheInboundMessagesFromIt() throws Exception {
        journal.delivered(FIRST_UNIT, "447700900123");
        journal.delivered(FIRST_UNIT + 1, "34600000001");
        journal.inbound("447700900123", "12345");
        final JsonNode stories = ask(number("447700900123")).path("stories");
        assertThat(stories).hasSize(2);
        assertThat(said(stories.get(0))).hasSize(5);
        assertThat(said(stories.get(1)))
                .containsExactly(
                        "inbound: 447700900123 to 12345 over alpha/one, 1 segments, told to tenant acme as event 42");
    }

    @Test
    void keepsTheLastUnitsWhereThereAreMoreThanAskedFor() throws Exception {
        for (int i = 0; i < 5; i++) {
            journal.delivered(FIRST_UNIT + i, "447700900123");
        }
        final JsonNode stories = ask(number("447700900123").put("limit", 2)).path("stories");
        assertThat(stories.valueStream().map(story -> story.path("unit").asString()))
                .containsExactly(Long.toString(FIRST_UNIT + 3), Long.toString(FIRST_UNIT + 4));
    }

    @Test
    void looksBackOnlyAsFarAsAskedFor() throws Exception {
        for (int i = 0; i < 4; i++) {
            journal.delivered(FIRST_UNIT + i, "447700900123");
        }
        // The clock stands an hour after the first record; the records are a second apart, five to a unit.
        final ObjectNode arguments = number("447700900123").put("sinceMs", 3_600_000 - 10_000);
        final JsonNode result = ask(arguments);
        assertThat(result.path("recordsRead").asInt()).isEqualTo(10);
        assertThat(result.path("stories")).hasSize(2);
    }

    @Test
    void looksForAUnitFromWhenItsIdWasGivenOutHoweverLongAgoThatIs() throws Exception {
        for (int i = 0; i < 40; i++) {
            journal.delivered(RecordedStory.unitAt(START.plusSeconds(5L * i)), "447700900123");
        }
        // Five records to a unit, a second apart: the last unit is accepted after 195 seconds, looked for a minute
        // before.
        final JsonNode result =
                ask(unit(RecordedStory.unitAt(START.plusSeconds(195))).put("sinceMs", 1));
        assertThat(result.path("recordsRead").asInt()).isEqualTo(65);
        assertThat(said(result.path("stories").get(0))).hasSize(5);
    }

    @Test
    void tellsABodyOnlyWhenAskedTo() throws Exception {
        journal.delivered(FIRST_UNIT, "447700900123");
        assertThat(ask(unit(FIRST_UNIT)).toString()).doesNotContain("1234\"").contains("\"bodyBytes\":9");
        assertThat(ask(unit(FIRST_UNIT).put("bodies", true)).toString()).contains("\"body\":\"code 1234\"");
    }

    @Test
    void refusesAQuestionThatIsNone() {
        assertThatThrownBy(() -> ask(JsonNodeFactory.instance.objectNode())).isInstanceOf(AdminRefusal.class);
        assertThatThrownBy(() -> ask(JsonNodeFactory.instance.objectNode().put("unit", "x1")))
                .hasMessageContaining("not a unit id");
        assertThatThrownBy(() -> ask(unit(0))).hasMessageContaining("not a unit id");
    }
}
