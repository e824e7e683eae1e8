package io.trunkline.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.stack.HeaderReading.Element;
import io.trunkline.sip.stack.HeaderReading.Read;
import io.trunkline.sip.stack.HeaderReading.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Headers as a decision sees them, and the parser's defects kept away from whoever calls. */
class HeaderGrammarTest {
    private static List<Element> elements(final HeaderReading reading) {
        assertThat(reading).isInstanceOf(Read.class);
        return ((Read) reading).elements();
    }

    @Test
    void headersAreValueAndParameters() {
        assertThat(elements(HeaderGrammar.read("Session-Expires", "1800;refresher=uac")))
                .containsExactly(new Element("1800", Map.of("refresher", "uac")));
        assertThat(elements(HeaderGrammar.read("x", "90"))).containsExactly(new Element("90", Map.of()));
        assertThat(elements(HeaderGrammar.read("Reason", "Q.850;cause=16;text=\"Normal call clearing\"")))
                .containsExactly(new Element("Q.850", Map.of("cause", "16", "text", "Normal call clearing")));
        assertThat(elements(HeaderGrammar.read("Retry-After", "120")).get(0).value())
                .isEqualTo("120");
    }

    @Test
    void challengesAreSchemeAndParameters() {
        final Element challenge = elements(HeaderGrammar.read(
                        "WWW-Authenticate",
                        "Digest realm=\"example.com\", nonce=\"a,b\", qop=\"auth\", algorithm=SHA-256"))
                .get(0);
        assertThat(challenge.value()).isEqualTo("Digest");
        assertThat(challenge.parameters())
                .containsEntry("realm", "example.com")
                .containsEntry("nonce", "a,b")
                .containsEntry("algorithm", "SHA-256");
    }

    @Test
    void listsGiveTheirElementsInOrder() {
        final List<Element> contacts =
                elements(HeaderGrammar.read("m", "<sip:a@b>;q=0.5;expires=60,\r\n  \"C\" <sip:c@d>"));
        assertThat(contacts).hasSize(2);
        assertThat(contacts.get(0)).isEqualTo(new Element("<sip:a@b>", Map.of("q", "0.5", "expires", "60")));
        assertThat(contacts.get(1).value()).isEqualTo("\"C\" <sip:c@d>");
    }

    @Test
    void aFoldIsOneSpaceHoweverManyBlanksAreAroundIt() {
        final String blanks = " \t".repeat(1_900);
        for (final String fold : List.of("\r\n ", blanks + "\r\n\t", "\r\n" + blanks, blanks + "\r\n" + blanks)) {
            assertThat(elements(HeaderGrammar.read("Reason", "Q.850;cause=16;text=\"Call" + fold + "clearing\"")))
                    .containsExactly(new Element("Q.850", Map.of("cause", "16", "text", "Call clearing")));
        }
        assertThat(elements(HeaderGrammar.read("Reason", "Q.850;text=\"a" + blanks + "b\"")))
                .as("without a fold blanks are the text's own")
                .containsExactly(new Element("Q.850", Map.of("text", "a" + blanks + "b")));
    }

    @Test
    void aLineOfAMessageIsReadWhenSomebodyNeedsIt() {
        final SipMessage message = Messages.index(Messages.INVITE);
        assertThat(elements(HeaderGrammar.read(message, message.first(HeaderName.ROUTE))))
                .extracting(Element::value)
                .containsExactly("<sip:proxy1.example.com;lr>", "<sip:proxy2.example.com;lr>");
    }

    @Test
    void badValuesAreRefusedAndNeverThrown() {
        for (final String bad :
                new String[] {"", ";", "\"", "<", "<<<<", "a b c <", "-1", "99999999999999999999", "\0", "=;,"}) {
            for (final HeaderName name : HeaderName.values()) {
                if (name != HeaderName.OTHER) {
                    assertThat(HeaderGrammar.read(name.text(), bad)).isNotNull();
                }
            }
        }
        assertThat(HeaderGrammar.read("CSeq", "INVITE")).isInstanceOf(Refused.class);
    }

    @Test
    void whatIsTooLongIsNotGivenToTheParser() {
        final SipMessage message =
                Messages.index(Messages.INVITE.replace("shop", "s".repeat(HeaderGrammar.MAX_LENGTH + 1)));
        assertThat(HeaderGrammar.read(message, message.find("x-tenant".getBytes(StandardCharsets.US_ASCII), -1)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void deepNestingIsNoStackOverflow() {
        final String deep = "(".repeat(4_000);
        assertThat(HeaderGrammar.read("User-Agent", deep)).isNotNull();
        assertThat(HeaderGrammar.read("Via", "SIP/2.0/UDP a " + deep)).isNotNull();
    }
}
