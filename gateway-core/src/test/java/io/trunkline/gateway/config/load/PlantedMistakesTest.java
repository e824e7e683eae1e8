package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_NAME;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_ROW;
import static io.trunkline.gateway.config.ConfigProblem.Code.FILE_MISSING;
import static io.trunkline.gateway.config.ConfigProblem.Code.INLINE_SECRET;
import static io.trunkline.gateway.config.ConfigProblem.Code.MISSING_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.OUT_OF_RANGE;
import static io.trunkline.gateway.config.ConfigProblem.Code.SECRET_MISSING;
import static io.trunkline.gateway.config.ConfigProblem.Code.SYNTAX;
import static io.trunkline.gateway.config.ConfigProblem.Code.TOO_LARGE;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_REFERENCE;
import static io.trunkline.gateway.config.ConfigProblem.Code.WRONG_TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.ConfigProblem.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake is found at its exact place, and nothing else is complained of. The mark » is where the caret must be. */
class PlantedMistakesTest {
    record Mistake(Code code, String file, String what, String by, String says) {
        @Override
        public String toString() {
            return code + " " + says;
        }
    }

    @TempDir
    Path directory;

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(UNKNOWN_KEY, "gateway.yaml", "idle: block", "»idel: block", "did you mean `idle`?"),
                new Mistake(UNKNOWN_KEY, "carriers.yaml", "    retry:\n", "    »rety:\n", "did you mean `retry`?"),
                new Mistake(UNKNOWN_KEY, "tenants.yaml", "    tps: 200\n", "    »speed: 200\n", "keys here:"),
                new Mistake(UNKNOWN_KEY, "routes.csv", "prefix,tenant", "prefix,»tennant", "did you mean `tenant`?"),
                new Mistake(
                        MISSING_KEY,
                        "carriers.yaml",
                        "- name: one\n        host: 127.0.0.1\n",
                        "- »name: one\n",
                        "`host` is missing"),
                new Mistake(MISSING_KEY, "gateway.yaml", "name: trunkline-1\n", "", "`name` is missing"),
                new Mistake(
                        MISSING_KEY,
                        "tenants.yaml",
                        "name: newsletter\n    group: marketing\n    tokens:\n      - ${env:TRUNKLINE_NEWSLETTER_TOKEN}\n",
                        "»name: newsletter\n",
                        "no way to authenticate"),
                new Mistake(MISSING_KEY, "numbers.csv", "number,tenant", "number»", "is missing"),
                new Mistake(WRONG_TYPE, "carriers.yaml", "port: 2776", "port: »\"2776\"", "without quotes"),
                new Mistake(WRONG_TYPE, "carriers.yaml", "tps: 500", "tps: »fast", "must be a number"),
                new Mistake(
                        WRONG_TYPE,
                        "carriers.yaml",
                        "  - name: alpha\n",
                        "  - name: alpha\n    enabled: »yes\n",
                        "write true or false"),
                new Mistake(WRONG_TYPE, "gateway.yaml", "maxDelay: 1ms", "maxDelay: »2", "put it in quotes"),
                new Mistake(WRONG_TYPE, "tenants.yaml", "senders: [\"*\"]", "senders: »\"*\"", "must be a list"),
                new Mistake(
                        WRONG_TYPE,
                        "gateway.yaml",
                        "limits:\n  openUnits: 1000000\n",
                        "limits:\n  openUnits: »1.5\n",
                        "must be a whole number"),
                new Mistake(OUT_OF_RANGE, "carriers.yaml", "port: 2776", "port: »70000", "1..65535"),
                new Mistake(OUT_OF_RANGE, "gateway.yaml", "maxDelay: 1ms", "maxDelay: »2h", "1ms..1s"),
                new Mistake(OUT_OF_RANGE, "gateway.yaml", "maxBytes: 256KiB", "maxBytes: »1B", "4KiB..64MiB"),
                new Mistake(OUT_OF_RANGE, "gateway.yaml", "127.0.0.1:7400", "»127.0.0.1:74000", "0..65535"),
                new Mistake(OUT_OF_RANGE, "gateway.yaml", "failover: 3s", "failover: »2h", "0s..1h"),
                new Mistake(OUT_OF_RANGE, "gateway.yaml", "openUnits: 1000000\n", "eventWindow: »0\n", "1..1000000"),
                new Mistake(OUT_OF_RANGE, "tenants.yaml", "maxSessions: 20", "maxSessions: »0", "1..100000"),
                new Mistake(
                        UNKNOWN_KEY,
                        "tenants.yaml",
                        "maxSessions: 20",
                        "»maxSession: 20",
                        "did you mean `maxSessions`?"),
                new Mistake(OUT_OF_RANGE, "routes.csv", "34,,,alpha|beta", "34,,,alpha=»0|beta", "1..10000"),
                new Mistake(BAD_VALUE, "gateway.yaml", "maxDelay: 1ms", "maxDelay: »2 milliseconds", "200ms, 30s"),
                new Mistake(BAD_VALUE, "carriers.yaml", "type: transceiver", "type: »tranceiver", "`transceiver`?"),
                new Mistake(
                        BAD_VALUE,
                        "carriers.yaml",
                        "timezone: Europe/Madrid",
                        "timezone: »Europe/Madird",
                        "`Europe/Madrid`?"),
                new Mistake(
                        BAD_VALUE, "carriers.yaml", "0x45: CARRIER_QUEUE", "0x45: »CARRIER_QUEU", "`CARRIER_QUEUE`?"),
                new Mistake(BAD_VALUE, "carriers.yaml", "1035: BLOCKED", "»x1035: BLOCKED", "cannot be a key"),
                new Mistake(
                        BAD_VALUE,
                        "carriers.yaml",
                        "attempts: 2\n        delays: [1s]\n        reroute: after-attempts",
                        "attempts: »2\n        delays: [1s]\n        reroute: at-once",
                        "no second attempt"),
                new Mistake(BAD_VALUE, "carriers.yaml", "min: 1s", "min: »2m", "longer than `max`"),
                new Mistake(
                        BAD_VALUE,
                        "carriers.yaml",
                        "type: transmitter\n",
                        "type: transmitter\n        outbind: »{address: \"127.0.0.1:2778\", systemId: mc, password: \"${env:TRUNKLINE_BETA_PASSWORD}\"}\n",
                        "never asked to bind"),
                new Mistake(
                        BAD_VALUE,
                        "carriers.yaml",
                        "type: receiver\n",
                        "type: receiver\n        outbind: {address: »\"127.0.0.1:0\", systemId: mc, password: \"${env:TRUNKLINE_BETA_PASSWORD}\"}\n",
                        "port 0"),
                new Mistake(BAD_VALUE, "tenants.yaml", "127.0.0.0/8", "»127.0.0.0/80", "0..32"),
                new Mistake(BAD_VALUE, "tenants.yaml", "127.0.0.0/8", "»127.0.0.1/8", "beyond the first 8"),
                new Mistake(BAD_VALUE, "tenants.yaml", "validity: 24h", "validity: »100h", "maxValidity"),
                new Mistake(BAD_VALUE, "gateway.yaml", "127.0.0.1:7480", "»0.0.0.0:7480", "without a token"),
                new Mistake(
                        BAD_VALUE,
                        "routing.yaml",
                        "minDigits: 7\n  maxDigits: 15",
                        "minDigits: »15\n  maxDigits: 14",
                        "greater than"),
                new Mistake(BAD_VALUE, "routes.csv", "34,,,alpha", "»3x4,,,alpha", "not a prefix"),
                new Mistake(BAD_VALUE, "routes.csv", "44,,otp,", "44,,»opt,", "did you mean `otp`?"),
                new Mistake(BAD_VALUE, "routes.csv", "34,,,alpha|beta", "34,,,alpha|»alpha", "stands twice"),
                new Mistake(BAD_VALUE, "routes.csv", "34,,,alpha|beta", "34,,,alpha|»", "a carrier is missing"),
                new Mistake(BAD_VALUE, "routes.csv", "34,,,alpha|beta", "34,,»alpha|beta", "has 3 values"),
                new Mistake(BAD_VALUE, "numbers.csv", "447700900123", "»4477009001234567", "not a number"),
                new Mistake(
                        DUPLICATE_KEY,
                        "gateway.yaml",
                        "idle: block",
                        "idle: block\n»idle: spin",
                        "stands here already"),
                new Mistake(
                        DUPLICATE_NAME,
                        "carriers.yaml",
                        "  - name: beta",
                        "  - name: »alpha\n    binds: [{name: x, host: h, port: 1, systemId: s, password: \"${env:TRUNKLINE_BETA_PASSWORD}\"}]\n\n  - name: beta",
                        "line 7 has"),
                new Mistake(DUPLICATE_NAME, "carriers.yaml", "name: rx", "name: »tx", "a bind called `tx`"),
                new Mistake(
                        DUPLICATE_NAME,
                        "tenants.yaml",
                        "  - name: newsletter",
                        "  - name: »acme\n    tokens: [\"${env:TRUNKLINE_ACME_TOKEN}\"]\n\n  - name: newsletter",
                        "a tenant called `acme`"),
                new Mistake(DUPLICATE_NAME, "gateway.yaml", "127.0.0.1:7480", "»127.0.0.1:2775", "a listener on"),
                new Mistake(DUPLICATE_ROW, "routes.csv", "34,,,alpha|beta", "34,,,alpha|beta\n»+34,,,beta", "line 5"),
                new Mistake(DUPLICATE_ROW, "numbers.csv", "34600000001", "»447700900123", "line 3 has this number"),
                new Mistake(UNKNOWN_REFERENCE, "routes.csv", "34,,,alpha|beta", "34,,,alpha|»betta", "`beta`?"),
                new Mistake(UNKNOWN_REFERENCE, "routes.csv", "@premium", "»@premum", "`premium`?"),
                new Mistake(UNKNOWN_REFERENCE, "routes.csv", "44,newsletter", "44,»newsleter", "`newsletter`?"),
                new Mistake(
                        UNKNOWN_REFERENCE,
                        "routing.yaml",
                        "premium: alpha|beta",
                        "premium: alpha|»gamma",
                        "no carrier is called `gamma`"),
                new Mistake(
                        UNKNOWN_REFERENCE,
                        "numbers.csv",
                        "34600000001,newsletter",
                        "34600000001,»nobody",
                        "add it to tenants.yaml"),
                new Mistake(
                        INLINE_SECRET,
                        "carriers.yaml",
                        "password: ${env:TRUNKLINE_ALPHA_PASSWORD}",
                        "password: »hunter2",
                        "${env:NAME}"),
                new Mistake(
                        INLINE_SECRET, "tenants.yaml", "- ${env:TRUNKLINE_ACME_TOKEN}", "- »12345678", "${env:NAME}"),
                new Mistake(
                        SECRET_MISSING,
                        "carriers.yaml",
                        "${env:TRUNKLINE_ALPHA_PASSWORD}",
                        "»${env:NOT_SET}",
                        "NOT_SET is not set"),
                new Mistake(
                        SECRET_MISSING,
                        "carriers.yaml",
                        "${env:TRUNKLINE_ALPHA_PASSWORD}",
                        "»${file:none.txt}",
                        "cannot be read"),
                new Mistake(
                        FILE_MISSING,
                        "carriers.yaml",
                        "        tps: 500\n",
                        "        tps: 500\n        tls:\n          ca: »tls/none.pem\n",
                        "is not there"),
                new Mistake(
                        MISSING_KEY,
                        "carriers.yaml",
                        "        tps: 500\n",
                        "        tps: 500\n        »tls:\n          key: carriers.yaml\n",
                        "add `certificate`"),
                new Mistake(
                        SYNTAX,
                        "routing.yaml",
                        "minDigits: 7\n  maxDigits: 15",
                        "minDigits: {7\n  maxDigits»: 15",
                        "check indentation"),
                new Mistake(SYNTAX, "routing.yaml", "minDigits: 7", "minDigits: »!!int 7", "remove the tag"),
                new Mistake(SYNTAX, "routing.yaml", "minDigits: 7", "minDigits: »*seven", "names no anchor"),
                new Mistake(SYNTAX, "routes.csv", "34,,,alpha", "34,,,»\"alpha", "a quote is not closed"),
                new Mistake(
                        TOO_LARGE,
                        "routing.yaml",
                        "minDigits: 7",
                        "minDigits: " + "[".repeat(YamlReader.MAX_DEPTH - 1) + "»[" + "]".repeat(YamlReader.MAX_DEPTH),
                        "nested more than"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isFoundAtItsPlaceAndAlone(final Mistake mistake) {
        final SampleConfig config = new SampleConfig(directory);
        final String place = mistake.by().contains("»")
                ? config.plant(mistake.file(), mistake.what(), mistake.by())
                : withoutMark(config, mistake);
        final LoadResult result = config.load();
        assertThat(result.problems())
                .as(result.report())
                .extracting(problem -> problem.file() + ":" + problem.line() + ":" + problem.column())
                .containsExactly(place);
        final ConfigProblem problem = result.problems().get(0);
        assertThat(problem.code()).isEqualTo(mistake.code());
        assertThat(problem.message() + " " + problem.remedy()).contains(mistake.says());
        assertThat(problem.remedy()).isNotBlank();
        assertThat(result.config()).isEmpty();
        assertThat(result.report()).contains(place).doesNotContain("hunter2", "12345678");
    }

    /** A key that is gone is missed where its block begins: here, the first key of the file. */
    private static String withoutMark(final SampleConfig config, final Mistake mistake) {
        config.replace(mistake.file(), mistake.what(), mistake.by());
        final String first = config.text(mistake.file())
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .orElseThrow();
        final long line = config.text(mistake.file())
                        .lines()
                        .takeWhile(text -> !text.equals(first))
                        .count()
                + 1;
        return mistake.file() + ":" + line + ":1";
    }

    @Test
    void allAreFoundAtOnceAndInOrder() {
        final SampleConfig config = new SampleConfig(directory);
        final List<String> places = new ArrayList<>();
        places.add(config.plant("carriers.yaml", "port: 2776", "port: »70000"));
        places.add(config.plant("carriers.yaml", "tps: 500", "»tsp: 500"));
        places.add(config.plant("carriers.yaml", "timezone: Europe/Madrid", "timezone: »Mars/Olympus"));
        places.add(config.plant("gateway.yaml", "idle: block", "idle: »doze"));
        places.add(config.plant("gateway.yaml", "maxDelay: 1ms", "maxDelay: »2h"));
        places.add(config.plant("numbers.csv", "447700900123,acme", "447700900123,»acne"));
        places.add(config.plant("routes.csv", "34,,,alpha|beta", "34,,,alpha|»delta"));
        places.add(config.plant("routes.csv", "44,,otp", "»4 4,,otp"));
        places.add(config.plant("routing.yaml", "standard: alpha=70", "standard: »omega=70"));
        places.add(config.plant("tenants.yaml", "name: newsletter", "name: »acme"));
        // The last row of routes.csv speaks of a tenant that is no more.
        config.replace("routes.csv", "44,newsletter", "44,acme");
        config.replace("numbers.csv", "34600000001,newsletter", "34600000001,acme");
        config.replace("blocks.csv", "newsletter", "acme");
        config.replace("limits.yaml", "[newsletter]", "[acme]");
        final LoadResult result = config.load();
        assertThat(result.problems())
                .as(result.report())
                .extracting(problem -> problem.file() + ":" + problem.line() + ":" + problem.column())
                .containsExactlyElementsOf(places);
        assertThat(result.total()).isEqualTo(places.size());
    }

    @Test
    void theReportShowsTheLineACaretAndTheRemedy() {
        final SampleConfig config = new SampleConfig(directory);
        final String place = config.plant("routing.yaml", "minDigits: 7", "»minDigit: 7");
        assertThat(config.load().report())
                .isEqualTo(place + ": unknown-key: `minDigit` is not a key of `numbers`\n"
                        + "     8 |   minDigit: 7\n"
                        + "       |   ^ did you mean `minDigits`?\n");
    }
}
