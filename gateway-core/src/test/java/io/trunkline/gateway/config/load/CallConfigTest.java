package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_NAME;
import static io.trunkline.gateway.config.ConfigProblem.Code.IN_VAIN;
import static io.trunkline.gateway.config.ConfigProblem.Code.MISSING_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.OUT_OF_RANGE;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.ConfigProblem.Code;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Sip;
import io.trunkline.gateway.config.SipAccess;
import io.trunkline.gateway.config.SipIdentity;
import io.trunkline.gateway.config.SipTrunk;
import io.trunkline.gateway.engine.CarrierProtocol;
import io.trunkline.gateway.engine.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample with calls loads and means what it says; mistakes in it are found at their place. The mark » is the caret. */
class CallConfigTest {
    private static final Path SAMPLE = SampleConfig.REFERENCE.resolve("samples/calls");
    private static final List<String> FILES =
            List.of("gateway.yaml", "tenants.yaml", "carriers.yaml", "routing.yaml", "routes.csv", "numbers.csv");

    record Mistake(Code code, String file, String what, String by, String says) {
        @Override
        public String toString() {
            return code + " " + says;
        }
    }

    @TempDir
    Path directory;

    @Test
    void theSampleIsATenantsPlatformAndTwoCarriersTrunks() {
        final LoadResult result = new ConfigLoader(SampleConfig.ENVIRONMENT::get).load(SAMPLE);
        assertThat(result.report()).isEmpty();
        final GatewayConfig config = result.config().orElseThrow();

        final Sip sip = config.gateway().sip().orElseThrow();
        assertThat(sip.listeners())
                .extracting(Sip.Listener::transport)
                .containsExactly(Sip.Transport.UDP, Sip.Transport.TCP);
        assertThat(sip.strangers()).isEqualTo(Sip.Strangers.SILENT);
        assertThat(sip.highRisk()).contains("881", "979");
        assertThat(sip.limits().calls()).isEqualTo(20_000);
        assertThat(sip.times().minSessionTimer()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.gateway().drain().calls()).isEqualTo(Duration.ofSeconds(30));

        final SipAccess acme = config.tenant("acme").orElseThrow().sip().orElseThrow();
        assertThat(acme.to().orElseThrow().port()).contains(5060);
        assertThat(acme.numbers().country()).isEqualTo("34");
        assertThat(acme.numbers().international()).containsExactly("+", "00");

        final SipTrunk one = config.carrier("alpha").orElseThrow().trunks().get(0);
        assertThat(one.transport()).contains(Sip.Transport.UDP);
        assertThat(one.failover().on()).contains(503);
        assertThat(one.failover().afterProvisional()).isFalse();
        assertThat(one.numbers().prefix()).isEqualTo("+");
        final SipTrunk main = config.carrier("beta").orElseThrow().trunks().get(0);
        assertThat(main.digest().orElseThrow().weakest()).isEqualTo(SipTrunk.Algorithm.MD5);
        assertThat(main.identity().asserted()).isEqualTo(SipIdentity.Asserted.CALLER);
        assertThat(main.sessionTimer()).isEqualTo(Duration.ofMinutes(30));
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(
                        UNKNOWN_KEY, "carriers.yaml", "        probe:\n", "        »prob:\n", "did you mean `probe`?"),
                new Mistake(UNKNOWN_KEY, "tenants.yaml", "      cps: 200", "      »tps: 200", "did you mean `cps`?"),
                new Mistake(OUT_OF_RANGE, "carriers.yaml", "on: [408,", "on: [»200,", "must be 300..699"),
                new Mistake(MISSING_KEY, "gateway.yaml", "transport: tcp", "transport: »tls", "needs a certificate"),
                new Mistake(
                        MISSING_KEY,
                        "gateway.yaml",
                        "address: 127.0.0.1:5060",
                        "address: »0.0.0.0:5060",
                        "which one peers answer to"),
                new Mistake(
                        DUPLICATE_NAME,
                        "gateway.yaml",
                        "    - address: 127.0.0.1:5060\n      transport: tcp",
                        "    - address: »127.0.0.1:5060\n      transport: udp",
                        "udp 127.0.0.1:5060 already"),
                new Mistake(
                        BAD_VALUE,
                        "gateway.yaml",
                        "    setup: 3m",
                        "    sessionTimer: »1m",
                        "shorter than `minSessionTimer`"),
                new Mistake(
                        DUPLICATE_NAME,
                        "carriers.yaml",
                        "sources: [127.0.0.4]",
                        "sources: [»127.0.0.2]",
                        "the tenant `acme` is known by this already"),
                new Mistake(
                        BAD_VALUE,
                        "carriers.yaml",
                        "          interval: 30s",
                        "          interval: 3s\n          timeout: »4s",
                        "longer than it is to the next probe"),
                new Mistake(
                        BAD_VALUE,
                        "tenants.yaml",
                        "        country: \"34\"",
                        "        national: »\"0\"",
                        "need a country code"),
                new Mistake(
                        BAD_VALUE,
                        "carriers.yaml",
                        "          prefix: \"\"",
                        "          form: »national",
                        "not said which numbers are national"),
                new Mistake(
                        BAD_VALUE,
                        "carriers.yaml",
                        "          asserted: caller",
                        "          redirections: true\n          diverted: »both",
                        "would be there twice"),
                new Mistake(
                        BAD_VALUE,
                        "carriers.yaml",
                        "          asserted: caller",
                        "          headers: [X-Account, »Contact]",
                        "cannot pass"),
                new Mistake(MISSING_KEY, "tenants.yaml", """
                            sip:
                              # Without a fixed address: every call is challenged.
                              digest:
                                user: roamer
                                password: ${env:TRUNKLINE_ROAMER_PASSWORD}
                        """, "    »sip:\n", "no call can come in"),
                new Mistake(
                        BAD_VALUE,
                        "carriers.yaml",
                        "          asserted: caller",
                        "          signature: »sign",
                        "nothing to sign with"),
                new Mistake(
                        BAD_VALUE,
                        "carriers.yaml",
                        "        cps: 100",
                        "        verify: »mark\n        cps: 100",
                        "nobody's signature is believed"),
                new Mistake(
                        BAD_VALUE,
                        "carriers.yaml",
                        "        cps: 100",
                        "        media: »anchor\n        cps: 100",
                        "there is no relay"),
                new Mistake(
                        BAD_VALUE,
                        "gateway.yaml",
                        "  strangers: silent",
                        "  stir: {sign: {key: »numbers.csv, certificate: numbers.csv, url: \"https://a.example/c.pem\"}}",
                        "no PRIVATE KEY of PKCS #8"),
                new Mistake(
                        BAD_VALUE,
                        "gateway.yaml",
                        "  strangers: silent",
                        "  stir: {verify: {authorities: »numbers.csv}}",
                        "nobody would be believed"),
                new Mistake(
                        BAD_VALUE,
                        "routes.csv",
                        "*,call,alpha|beta",
                        "*,call,alpha|beta\n»49,message,beta",
                        "`beta` takes none"),
                new Mistake(
                        DUPLICATE_NAME,
                        "carriers.yaml",
                        "- name: main",
                        "- name: main\n        host: h\n      - name: »main",
                        "a trunk called"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isFoundAtItsPlaceAndNothingElseIs(final Mistake mistake) {
        final SampleConfig config = new SampleConfig(directory, SAMPLE, FILES);
        final String place = config.plant(mistake.file(), mistake.what(), mistake.by());
        final LoadResult result = config.load();
        assertThat(result.problems()).as(result.report()).hasSize(1);
        final ConfigProblem problem = result.problems().get(0);
        assertThat(problem.file() + ":" + problem.line() + ":" + problem.column())
                .isEqualTo(place);
        assertThat(problem.code()).isEqualTo(mistake.code());
        assertThat(problem.message() + " " + problem.remedy()).contains(mistake.says());
    }

    @Test
    void aTrunkWithMessagesOutMakesItsCarrierOneForMessages() {
        final SampleConfig config = new SampleConfig(directory, SAMPLE, FILES);
        config.replace("carriers.yaml", "        cps: 100", "        messagesOut: {ok: accepted}\n        cps: 100");
        config.replace("carriers.yaml", "  - name: alpha\n", """
                  - name: alpha
                    errors: {sipStatus: {403: BLOCKED_BY_CARRIER}}
                    inDoubt:
                      otp: {policy: resend, waitFor: 0s}
                      transactional: {policy: wait-for-receipt, waitFor: 32s}
                      bulk: {policy: fail}
                """);
        config.replace("routes.csv", "*,call,alpha|beta", "*,call,alpha|beta\n49,message,alpha");
        final LoadResult result = config.load();
        assertThat(result.report()).isEmpty();
        final Carrier alpha = result.config().orElseThrow().carrier("alpha").orElseThrow();
        assertThat(alpha.protocol()).isEqualTo(CarrierProtocol.SIP);
        assertThat(alpha.errors().sipStatus()).containsEntry(403, ErrorCode.BLOCKED_BY_CARRIER);
        final SipTrunk.MessagesOut out = alpha.trunks().get(0).messagesOut().orElseThrow();
        assertThat(out.ok()).isEqualTo(SipTrunk.Ok.ACCEPTED);
        assertThat(out.timeout()).isEqualTo(Duration.ofSeconds(32));
        assertThat(out.maxOctets()).isEqualTo(1_300);
    }

    @Test
    void whoWaitsForReceiptsThatSipHasNotIsTold() {
        final SampleConfig config = new SampleConfig(directory, SAMPLE, FILES);
        config.replace("carriers.yaml", "        cps: 100", "        messagesOut: {}\n        cps: 100");
        assertThat(config.load().warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo(IN_VAIN);
            assertThat(warning.message()).contains("`otp`, `transactional`, `bulk`");
        });
        config.replace("carriers.yaml", "  - name: alpha\n", """
                  - name: alpha
                    inDoubt:
                      otp: {policy: resend, waitFor: 33s}
                      transactional: {policy: fail}
                      bulk: {policy: wait-for-receipt, waitFor: 32s}
                """);
        assertThat(config.load().warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.message()).contains("class `otp` waits");
            assertThat(config.text("carriers.yaml").lines().toList().get(warning.line() - 1))
                    .contains("inDoubt");
        });
    }

    @Test
    void messagesGoOverBindsOrOverTrunksAndNotBoth() {
        final SampleConfig config = new SampleConfig(directory, SAMPLE, FILES);
        config.replace("carriers.yaml", "        cps: 100", "        messagesOut: {}\n        cps: 100");
        config.replace("carriers.yaml", "  - name: alpha\n", """
                  - name: alpha
                    binds:
                      - {name: m, host: h, port: 2775, systemId: s, password: "${env:TRUNKLINE_BETA_SIP_PASSWORD}"}
                """);
        assertThat(config.load().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("go over its binds");
            assertThat(problem.code()).isEqualTo(BAD_VALUE);
        });
    }

    @Test
    void accountsNeedARealm() {
        final SampleConfig config = new SampleConfig(directory, SAMPLE, FILES);
        config.replace("gateway.yaml", "  realm: sip.example.com\n", "");
        assertThat(config.load().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("no `realm`"));
    }

    @Test
    void withoutAListenerThereAreNoCalls() {
        final SampleConfig config = new SampleConfig(directory, SAMPLE, FILES);
        final String gateway = config.text("gateway.yaml");
        config.write(
                "gateway.yaml",
                gateway.substring(0, gateway.indexOf("upstream: {}"))
                        + "upstream:\n  smpp: [{address: 127.0.0.1:2775}]\n");
        assertThat(config.load().problems())
                .hasSize(4)
                .allSatisfy(problem -> assertThat(problem.message()).contains("gateway.yaml has no `sip`"));
    }
}
