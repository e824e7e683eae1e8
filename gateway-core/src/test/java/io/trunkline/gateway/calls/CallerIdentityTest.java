package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.cli.Trunkline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What peers are told of callers, and what they are believed, through a whole gateway, octet by octet. */
class CallerIdentityTest extends GatewayTest {
    private static final String SPANISH = "34930000002";
    private static final String FROM = "\"Alice\" <sip:+34910000001@platform.example>";
    private static final String ANONYMOUS = "\"Anonymous\" <sip:anonymous@anonymous.invalid>";

    private static String lines(final String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    @Test
    void numbersAreWrittenAsTheCarrierWantsThemInEveryHeader() throws IOException {
        rig.alpha(", numbers: {prefix: \"00\", country: \"34\", national: \"0\", form: national},"
                        + " identity: {asserted: caller, remoteParty: caller, diverted: both}")
                .start();
        platform.call(
                "+" + NUMBER, FROM, "Diversion: <sip:+34930000002@platform.example>;reason=User-Busy;x=\"a;b\"\r\n");
        final String invite = alpha.heard();

        assertThat(invite).startsWith("INVITE sip:00" + NUMBER + "@" + alpha.at() + " SIP/2.0\r\n");
        assertThat(WirePeer.line(invite, "From")).startsWith("\"Alice\" <sip:0910000001@127.0.0.1>;tag=");
        assertThat(WirePeer.line(invite, "P-Asserted-Identity")).isEqualTo("<sip:0910000001@127.0.0.1>");
        assertThat(WirePeer.line(invite, "Remote-Party-ID"))
                .isEqualTo("<sip:0910000001@127.0.0.1>;party=calling;screen=yes;privacy=off");
        assertThat(WirePeer.line(invite, "Diversion"))
                .isEqualTo("<sip:0930000002@127.0.0.1>;reason=user-busy;counter=1");
        assertThat(WirePeer.line(invite, "History-Info"))
                .isEqualTo("<sip:0930000002@127.0.0.1>;index=1, <sip:00" + NUMBER + "@127.0.0.1>;index=1.1;mp=1");
        assertThat(invite).as("nothing of the caller's network").doesNotContain("platform.example");
    }

    @Test
    void nationalNumbersOfACarrierAreCompletedAndOthersAreNot() throws IOException {
        rig.alpha(", numbers: {country: \"34\", national: \"0\"}").start();
        alpha.call("0910000001", "<sip:0930000002@carrier.example>", "");
        final String invite = platform.heard();

        assertThat(invite).startsWith("INVITE sip:+" + OWNED + "@");
        assertThat(WirePeer.line(invite, "From")).startsWith("<sip:+" + SPANISH + "@127.0.0.1>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "user", "header;critical", "session;id", "none, id"})
    void whoAsksForPrivacyIsHidden(final String privacy) throws IOException {
        rig.alpha(", identity: {redirections: true}").start();
        platform.call("+" + NUMBER, FROM, "Privacy: " + privacy + "\r\n");
        final String invite = alpha.heard();

        assertThat(WirePeer.line(invite, "From")).startsWith(ANONYMOUS);
        assertThat(invite).doesNotContain(OWNED).doesNotContain("Alice");
    }

    @Test
    void anAnonymousFromIsAWishForPrivacyThatACarrierWhoLearnsTheNumberIsTold() throws IOException {
        rig.alpha(", identity: {asserted: caller, remoteParty: caller}").start();
        platform.call("+" + NUMBER, ANONYMOUS, "P-Asserted-Identity: <sip:alice@x>, <tel:+34910000001>\r\n");
        final String invite = alpha.heard();

        assertThat(WirePeer.line(invite, "From")).startsWith(ANONYMOUS);
        assertThat(WirePeer.line(invite, "P-Asserted-Identity")).isEqualTo("<sip:+34910000001@127.0.0.1>");
        assertThat(WirePeer.line(invite, "Privacy")).isEqualTo("id");
        assertThat(WirePeer.line(invite, "Remote-Party-ID")).endsWith(";screen=yes;privacy=full");
    }

    @Test
    void orLearnsNothingOfIt() throws IOException {
        rig.start();
        platform.call("+" + NUMBER, ANONYMOUS, "P-Asserted-Identity: <tel:+34910000001>\r\n");

        assertThat(alpha.heard()).contains(ANONYMOUS).doesNotContain(OWNED);
    }

    @Test
    void remotePartyIdOfACarrierThatIsBelievedGoesBeforeFrom() throws IOException {
        rig.tenant("identity: {asserted: caller, remoteParty: caller, diverted: diversion}\n")
                .start();
        alpha.call(
                "+" + OWNED,
                "<sip:+442070000000@x>",
                lines(
                        "Remote-Party-ID: <sip:+34999999999@x>;party=called, <sip:+442071838750@x>;party=calling",
                        "History-Info: <sip:+34930000002@x>;index=1, <sip:+34910000001@x>;index=1.1"));
        final String invite = platform.heard();

        assertThat(WirePeer.line(invite, "From")).startsWith("<sip:+" + NUMBER + "@");
        assertThat(WirePeer.line(invite, "P-Asserted-Identity")).isEqualTo("<sip:+" + NUMBER + "@127.0.0.1>");
        assertThat(WirePeer.line(invite, "Remote-Party-ID")).contains(";screen=yes;");
        assertThat(WirePeer.line(invite, "Diversion"))
                .isEqualTo("<sip:+34930000002@127.0.0.1>;reason=unknown;counter=1");
    }

    @Test
    void whatACarrierThatIsNotBelievedAssertsIsNotTakenUpButItsWishForPrivacyIs() throws IOException {
        rig.alpha(", identity: {believed: false}")
                .tenant("identity: {remoteParty: caller, diverted: both}\n")
                .start();
        alpha.call(
                "+" + OWNED,
                "<sip:+442070000000@x>",
                lines(
                        "Remote-Party-ID: <sip:+442071838750@x>;privacy=full",
                        "P-Asserted-Identity: <tel:+442071838750>",
                        "Diversion: <sip:+34930000002@x>"));
        final String invite = platform.heard();

        assertThat(invite).doesNotContain(NUMBER).doesNotContain(SPANISH);
        assertThat(WirePeer.line(invite, "From")).startsWith(ANONYMOUS);
        assertThat(WirePeer.line(invite, "Remote-Party-ID"))
                .isEqualTo("<sip:+442070000000@127.0.0.1>;party=calling;screen=no;privacy=full");
    }

    @Test
    void remotePartyIdPassesAsItCameOnlyWhereItIsToPass() throws IOException {
        final String line = "Remote-Party-ID: \"A\" <sip:+34910000001@platform.example>;screen=no\r\n";
        rig.alpha(", identity: {remoteParty: pass}").start();
        platform.call("+" + NUMBER, FROM, line);

        assertThat(alpha.heard()).contains(line);
    }

    @ParameterizedTest
    @CsvSource({
        "Shop & <Co>, Shop%20&%20%3CCo%3E",
        "\"a@b;c\", %22a%40b%3Bc%22",
        "2500, 2500",
        "+34930000002, 00930000002",
        "442071838750, 00442071838750",
    })
    void aSenderThatAWayOrARulePutsInPlaceIsWrittenAsTheCarrierWantsItAndNeverEndsItsHeader(
            final String sender, final String written) throws IOException {
        rig.alpha(", numbers: {prefix: \"00\", country: \"34\", national: \"00\", form: national},"
                        + " identity: {asserted: caller}")
                .routing("ways: {shown: {carrier: alpha, sender: '" + sender + "'}}\n")
                .routes("*,call,shown\n")
                .start();
        platform.call("+" + NUMBER, FROM, "");
        final String invite = alpha.heard();

        assertThat(WirePeer.line(invite, "From")).startsWith("\"Alice\" <sip:" + written + "@127.0.0.1>;tag=");
        assertThat(WirePeer.line(invite, "P-Asserted-Identity")).isEqualTo("<sip:" + written + "@127.0.0.1>");
    }

    @Test
    void theSenderOfARuleHoldsForCallsToo() throws IOException {
        rig.routing("rules: [{kind: call, rewrite: {sender: \"+34930000002\"}}]\n")
                .start();
        platform.call("+" + NUMBER, FROM, "");

        assertThat(WirePeer.line(alpha.heard(), "From")).startsWith("\"Alice\" <sip:+" + SPANISH + "@127.0.0.1>;tag=");
    }

    @Test
    void theRecordSaysWhetherTheNumberWasAsserted() throws IOException {
        rig.routes("*,call,alpha\n").start();
        for (final String more : new String[] {"", "P-Asserted-Identity: <tel:+34930000002>\r\n"}) {
            platform.call("+" + NUMBER, FROM, more);
            alpha.answer(alpha.heard("INVITE"), "486 Busy Here", "");
            assertThat(platform.heard("SIP/2.0 486")).isNotEmpty();
            rig.awaitFigure("calls.open", "", 0);
        }
        rig.close();
        final Path cdr = directory.resolve("cdr.csv");
        final int exit = Trunkline.commandLine()
                .execute(
                        "cdr",
                        "export",
                        "--data",
                        directory.resolve("data").toString(),
                        "--conf",
                        directory.resolve("conf").toString(),
                        "--out",
                        cdr.toString());
        assertThat(exit).isZero();
        final List<String> lines = Files.readAllLines(cdr);
        final int asserted = List.of(lines.get(0).split(",", -1)).indexOf("asserted");
        assertThat(lines.stream().skip(1).map(line -> line.split(",", -1)[asserted]))
                .containsExactly("", SPANISH);
    }

    @Test
    void ofWhoIsNotBelievedNothingPassesAsItCame() throws IOException {
        rig.alpha(", identity: {asserted: pass, remoteParty: pass, redirections: true}")
                .tenant("identity: {believed: false}\n")
                .start();
        platform.call(
                "+" + NUMBER,
                FROM,
                lines(
                        "P-Asserted-Identity: <tel:+34930000002>",
                        "Remote-Party-ID: <sip:+34930000002@x>;party=calling",
                        "Diversion: <sip:+34930000002@x>",
                        "History-Info: <sip:+34930000002@x>;index=1"));
        final String invite = alpha.heard();

        assertThat(WirePeer.line(invite, "From")).startsWith("\"Alice\" <sip:+34910000001@");
        assertThat(invite).doesNotContain(SPANISH);
    }
}
