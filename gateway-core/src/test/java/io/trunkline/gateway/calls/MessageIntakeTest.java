package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.journal.RecordSchema;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.gateway.journal.codec.InboundReceivedDecoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MESSAGE requests through a whole gateway: submits of a tenant and messages to one, as the journal has them afterwards. */
class MessageIntakeTest extends GatewayTest {
    private static final String TEXT = "text/plain";

    @BeforeEach
    void toAlpha() {
        rig.alphaBinds().routes("*,,alpha\n");
    }

    /** What the journal has of a kind: from, to and body, and the fields that are asked for. */
    private List<String> journal(final int template, final String... fields) {
        final RecordSchema schema = RecordSchema.load();
        final List<String> lines = new ArrayList<>();
        JournalFiles.in(directory.resolve("data"))
                .forEach(files -> files.read(record -> {
                    if (record.templateId() == template) {
                        final Map<String, Object> values = schema.decode(record);
                        final StringBuilder line = new StringBuilder();
                        for (final String name : List.of("from", "to", "body")) {
                            line.append(new String((byte[]) values.get(name), StandardCharsets.UTF_8))
                                    .append('|');
                        }
                        for (final String name : fields) {
                            line.append(values.get(name)).append('|');
                        }
                        lines.add(line.toString());
                    }
                }));
        return lines;
    }

    @Test
    void aPlatformsMessageIsASubmitOfItsTenantOnceHoweverOftenItIsSent() throws IOException {
        rig.tenant("messages: true\n").start();
        platform.message("one", "+" + OWNED, "+" + NUMBER, TEXT + ";charset=UTF-8", "¿Qué tal?");
        assertThat(platform.heard()).startsWith("SIP/2.0 202 Accepted\r\n").contains(";tag=");
        platform.message("one", "+" + OWNED, "+" + NUMBER, TEXT + ";charset=UTF-8", "¿Qué tal?");
        assertThat(platform.heard()).startsWith("SIP/2.0 202 ");
        assertThat(rig.figure("sip.message.repeated", "")).isEqualTo(1);
        platform.message("two", "Shop", "+" + NUMBER, TEXT, "Hello");
        assertThat(platform.heard()).startsWith("SIP/2.0 202 ");
        rig.close();

        rig.start();
        platform.message("one", "+" + OWNED, "+" + NUMBER, TEXT + ";charset=UTF-8", "¿Qué tal?");
        assertThat(platform.heard()).as("also after a restart").startsWith("SIP/2.0 202 ");
        assertThat(rig.figure("sip.message.repeated", "")).isEqualTo(1);
        rig.close();
        assertThat(journal(UnitAcceptedDecoder.TEMPLATE_ID, "origin", "senderType"))
                .containsExactly(OWNED + "|" + NUMBER + "|¿Qué tal?|3|1|", "Shop|" + NUMBER + "|Hello|3|2|");
    }

    @Test
    void whatCannotBeTakenIsRefusedWithTheReason() throws IOException {
        rig.tenant("messages: true\n").routes("44,,alpha\n").start();
        final String[][] cases = {
            {"+33123456789", TEXT, "x", "404"},
            {"12", TEXT, "x", "484"},
            {"sales", TEXT, "x", "484"},
            {"+" + NUMBER, "application/vnd.3gpp.sms", "x", "415"},
            {"+" + NUMBER, TEXT + ";charset=koi8-r", "x", "415"},
            {"+" + NUMBER, TEXT, "", "400"},
            {"+" + NUMBER, TEXT, "x".repeat(5_000), "413"},
        };
        for (final String[] one : cases) {
            platform.message("c" + System.nanoTime(), "+" + OWNED, one[0], one[1], one[2]);
            assertThat(platform.heard()).as(one[0] + one[1]).startsWith("SIP/2.0 " + one[3]);
        }
        assertThat(rig.figure("sip.message.refused", "")).isEqualTo(cases.length);
        rig.close();
        assertThat(journal(UnitAcceptedDecoder.TEMPLATE_ID)).isEmpty();
    }

    @Test
    void whoMayNotSendMessagesIsToldSo() throws IOException {
        rig.start();
        platform.message("one", "+" + OWNED, "+" + NUMBER, TEXT, "x");
        assertThat(platform.heard()).startsWith("SIP/2.0 405 ");
        alpha.message("one", "+" + NUMBER, "+" + OWNED, TEXT, "x");
        assertThat(alpha.heard()).startsWith("SIP/2.0 405 ");
    }

    @Test
    void aCarriersMessageIsOneToTheOwnerOfTheNumber() throws IOException {
        rig.alpha(", messages: true, numbers: {country: \"34\", national: \"0\"}")
                .start();
        alpha.message("one", "+" + NUMBER, "0910000001", TEXT, "Grüße 🙂");
        assertThat(alpha.heard()).startsWith("SIP/2.0 202 ");
        alpha.message("long", "+" + NUMBER, "+" + OWNED, TEXT, "é".repeat(6_000) + "x".repeat(3_500));
        assertThat(alpha.heard()).startsWith("SIP/2.0 202 ");
        alpha.message("two", "+" + NUMBER, "+34910000009", TEXT, "nobody's");
        assertThat(alpha.heard()).startsWith("SIP/2.0 404 ");
        assertThat(rig.figure("inbound.messages", "")).isEqualTo(2);
        rig.close();
        assertThat(journal(InboundReceivedDecoder.TEMPLATE_ID, "segments", "eventSequence"))
                .containsExactly(
                        NUMBER + "|" + OWNED + "|Grüße 🙂|1|1|",
                        NUMBER + "|" + OWNED + "|" + "é".repeat(6_000) + "x".repeat(3_500) + "|1|2|");
    }
}
