package io.trunkline.gateway.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.LoadResult;
import io.trunkline.gateway.config.load.SampleConfig;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.RouteDecision;
import io.trunkline.gateway.engine.RouteQuestion;
import io.trunkline.gateway.engine.Treatment;
import io.trunkline.gateway.journal.InMemoryJournal;
import io.trunkline.routing.ContentType;
import io.trunkline.routing.networks.MccMnc;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine gets from the routing that a configuration describes. */
final class RoutingTablesTest {
    private static final int OTP = 1;
    private static final int BULK = 3;

    @TempDir
    Path directory;

    private final Names names = new Names();
    private final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private final RouteQuestion question = new RouteQuestion();
    private final RouteDecision decision = new RouteDecision();
    private RoutingTables tables;
    private SampleConfig config;
    private int version;

    @BeforeEach
    void sample() {
        config = new SampleConfig(directory);
        tables = new RoutingTables(new TrafficTables(new Blocks(directory.resolve("data"), Clock.systemUTC())));
        journal.recover(true, record -> {});
        journal.start();
        // Numbers in the journal are older than the config and have an order of their own.
        names.number(Names.Kind.CARRIER, "gone", journal);
        names.number(Names.Kind.CARRIER, "beta", journal);
        names.number(Names.Kind.CARRIER, "alpha", journal);
        names.number(Names.Kind.TENANT, "newsletter", journal);
        names.number(Names.Kind.TENANT, "acme", journal);
    }

    private void publish() {
        final LoadResult loaded = new ConfigLoader(SampleConfig.ENVIRONMENT::get).load(config.directory());
        assertThat(loaded.report()).isEmpty();
        final GatewayConfig applied = loaded.config().orElseThrow().applied(++version);
        final KnownNumbers numbers = new KnownNumbers();
        final Map<Names.Kind, Set<String>> missing = numbers.missing(applied);
        numbers.add(names.numbers(missing, journal));
        missing.getOrDefault(Names.Kind.TREATMENT, Set.of())
                .forEach(text -> tables.treatment(numbers.number(Names.Kind.TREATMENT, text), text));
        assertThat(numbers.missing(applied)).isEmpty();
        tables.publish(RoutingTables.prepare(applied, numbers));
    }

    private RouteDecision route(final String tenant, final int messageClass, final String from, final String to) {
        question.tenant = names.known(Names.Kind.TENANT, tenant);
        question.messageClass = messageClass;
        question.unitId = 7;
        question.nowMs = 1_800_000_000_000L;
        question.from = new UnsafeBuffer(from.getBytes(StandardCharsets.US_ASCII));
        question.fromLength = from.length();
        question.to = new UnsafeBuffer(to.getBytes(StandardCharsets.US_ASCII));
        question.toLength = to.length();
        tables.route(question, decision);
        return decision;
    }

    private String carriers() {
        return String.join(
                " ",
                IntStream.range(0, decision.count)
                        .mapToObj(i -> names.name(Names.Kind.CARRIER, decision.carriers[i]))
                        .toList());
    }

    private String treated(final int treatment, final String digits) {
        final UnsafeBuffer number = new UnsafeBuffer(digits.getBytes(StandardCharsets.US_ASCII));
        final UnsafeBuffer out = new UnsafeBuffer(new byte[40]);
        final int length = tables.treatment(treatment).destination(number, 0, digits.length(), out, 0);
        return out.getStringWithoutLengthAscii(0, length);
    }

    @Test
    void carriersComeByTheJournalsNumbersAndTheDecisionNamesVersionAndRow() {
        publish();
        route("acme", BULK, "INFO", "34600000001");
        assertThat(carriers()).isEqualTo("alpha beta");
        assertThat(decision.refusal).isEqualTo(ErrorCode.NONE);
        assertThat(decision.tableVersion).isEqualTo(1);
        assertThat(tables.inForce().routing().table().row(decision.row).place()).isEqualTo("routes.csv:5");
        route("newsletter", BULK, "INFO", "447700900123");
        assertThat(carriers()).isEqualTo("beta");
        publish();
        assertThat(route("acme", OTP, "INFO", "447700900123").tableVersion).isEqualTo(2);
        assertThat(carriers()).isEqualTo("alpha beta");
    }

    private void priceFor(final String carrier) {
        tables.price(question, MccMnc.of("310-410"), names.known(Names.Kind.CARRIER, carrier), decision);
    }

    @Test
    void theDecisionIsTakenOnTheBuyRateAndFeeOfItsVersionAndTime() {
        config.write("rates.csv", """
                kind,for,service,prefix,network,sender,currency,rate,from,to,version,connect,free,steps
                cost,*,mt,44,,,EUR,0.030,2020-01-01,,all,,,
                cost,alpha,mt,44,,,EUR,0.021,2020-01-01,2026-12-01,alpha-11,,,
                cost,alpha,mt,44,,,EUR,0.024,2026-12-01,,alpha-12,,,
                fee,*,mt,*,310-410,alphanumeric,EUR,0.003,2020-01-01,,fees,,,
                cost,alpha,mt,33,,,EUR,0.010,2020-01-01,,alpha-11,,,
                """);
        publish();
        route("acme", OTP, "INFO", "447700900123");
        // 2027-01-15: the second deck of alpha's.
        priceFor("alpha");
        assertThat(decision.buyRateMicros).isEqualTo(24_000);
        assertThat(decision.buyRateLine).isEqualTo(4);
        assertThat(decision.feeMicros).isEqualTo(3_000);
        assertThat(decision.feeLine).isEqualTo(5);
        route("acme", OTP, "4479", "447700900123");
        priceFor("beta");
        assertThat(decision.buyRateMicros).isEqualTo(30_000);
        assertThat(decision.buyRateLine).isEqualTo(2);
        assertThat(decision.feeMicros).isEqualTo(RouteDecision.UNKNOWN);
        assertThat(decision.feeLine).isZero();
        route("acme", OTP, "INFO", "33600000001");
        priceFor("beta");
        assertThat(decision.buyRateMicros).isEqualTo(RouteDecision.UNKNOWN);
        config.write("rates.csv", config.text("rates.csv").lines().findFirst().orElseThrow() + "\n");
        publish();
        route("acme", OTP, "INFO", "447700900123");
        priceFor("alpha");
        assertThat(decision.buyRateMicros).isEqualTo(RouteDecision.UNKNOWN);
    }

    @Test
    void aRuleRefusesWithTheErrorThatItNames() {
        config.write(
                "routing.yaml",
                config.text("routing.yaml")
                        + "\nrules:\n  - {tenant: acme, to: [\"3461\"], reject: BLOCKED_BY_CARRIER}\n"
                        + "  - {fromType: alphanumeric, to: [\"3462\"], reject: REFUSED_BY_RULE}\n");
        publish();
        assertThat(route("acme", BULK, "1234", "34610000001").refusal).isEqualTo(ErrorCode.BLOCKED_BY_CARRIER);
        assertThat(decision.count).isZero();
        assertThat(decision.rule).isEqualTo(1);
        assertThat(decision.row).isEqualTo(-1);
        assertThat(route("newsletter", BULK, "1234", "34610000001").refusal).isEqualTo(ErrorCode.NONE);
        assertThat(route("acme", BULK, "INFO", "34620000001").refusal).isEqualTo(ErrorCode.REFUSED_BY_RULE);
        assertThat(route("acme", BULK, "1234", "34620000001").refusal).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void aWayAndARewriteGetNumbersThatTheyKeep() {
        config.write(
                "routing.yaml",
                config.text("routing.yaml")
                        + "\nways:\n  alpha-national: {carrier: alpha, strip: 2, prepend: \"0\", sender: INFO, senderWhen: always}\n"
                        + "rules:\n  - {to: [\"99\"], rewrite: {strip: 2, prepend: \"34\", ton: 2}}\n");
        config.replace("routes.csv", "34,,,alpha|beta", "34,,,alpha-national|beta");
        publish();
        route("acme", BULK, "BANK", "99600000001");
        assertThat(carriers()).isEqualTo("alpha beta");
        assertThat(treated(decision.rewrite, "99600000001")).isEqualTo("34600000001");
        assertThat(tables.treatment(decision.rewrite).ton()).isEqualTo(2);
        assertThat(treated(decision.treatments[0], "34600000001")).isEqualTo("0600000001");
        assertThat(decision.treatments[1]).isEqualTo(Treatment.NONE);
        final Treatment way = tables.treatment(decision.treatments[0]);
        assertThat(way.replacesSender(true)).isTrue();
        assertThat(way.sender().getStringWithoutLengthAscii(0, 4)).isEqualTo("INFO");
        final int number = decision.treatments[0];
        publish();
        assertThat(route("acme", BULK, "BANK", "34600000001").treatments[0]).isEqualTo(number);
        assertThat(decision.rewrite).isEqualTo(Treatment.NONE);
    }

    @Test
    void aRewriteThatMakesNoNumberIsRefused() {
        config.write(
                "routing.yaml",
                config.text("routing.yaml") + "\nrules:\n  - {to: [\"99\"], rewrite: {prepend: \"123456\"}}\n");
        publish();
        assertThat(route("acme", BULK, "1", "9960000000").refusal).isEqualTo(ErrorCode.INVALID_DESTINATION);
    }

    @Test
    void guardsOfMoneyRefuseWithTheirOwnErrors() {
        config.write(
                "routing.yaml",
                config.text("routing.yaml")
                        + "\npolicies:\n  - {group: marketing, mode: least-cost, price: 0.01, margin: 20}\n");
        config.write("routes.csv", """
                prefix,carriers,cost
                *,@standard,0.009
                34,alpha|beta,0.005
                44,@premium,0.005
                """);
        publish();
        assertThat(route("newsletter", BULK, "1", "33600000001").refusal).isEqualTo(ErrorCode.BELOW_MARGIN);
        assertThat(route("acme", BULK, "1", "33600000001").refusal).isEqualTo(ErrorCode.NONE);
        assertThat(route("newsletter", BULK, "1", "34600000001").refusal).isEqualTo(ErrorCode.NONE);
        question.priceCap = 4_000;
        assertThat(route("acme", BULK, "1", "34600000001").refusal).isEqualTo(ErrorCode.OVER_PRICE_CAP);
    }

    @Test
    void theBetterMeasuredCarrierGoesFirstUntilTheOtherOneRecovers() {
        config.write("routing.yaml", config.text("routing.yaml") + """

                        policies:
                          - {mode: quality}
                        quality:
                          window: 10s
                          bucket: 1s
                          leastSamples: 10
                          hold: 5s
                          grades:
                            - {indicator: delivery-rate, grade: poor, enter: 70, leave: 80}
                        """);
        publish();
        final int alpha = names.known(Names.Kind.CARRIER, "alpha");
        long now = 1_000_000;
        tables.time(now);
        route("acme", BULK, "1", "34600000001");
        assertThat(carriers()).isEqualTo("alpha beta");
        for (int i = 0; i < 20; i++) {
            tables.ended(alpha, i % 2 == 0, 100, now);
        }
        tables.time(now + 1_000);
        route("acme", BULK, "1", "34600000001");
        assertThat(carriers()).isEqualTo("beta alpha");
        publish();
        route("acme", BULK, "1", "34600000001");
        assertThat(carriers()).as("after a reload").isEqualTo("beta alpha");
        now += 60_000;
        tables.time(now);
        route("acme", BULK, "1", "34600000001");
        assertThat(carriers()).isEqualTo("alpha beta");
    }

    @Test
    void rulesByContentAreAskedOnlyWhereThereAreSome() {
        publish();
        assertThat(tables.asksContent()).isFalse();
        config.write(
                "routing.yaml", config.text("routing.yaml") + "\nrules:\n  - {content: [unicode-text], route: beta}\n");
        publish();
        assertThat(tables.asksContent()).isTrue();
        question.content = ContentType.UNICODE_TEXT;
        route("acme", BULK, "1", "34600000001");
        assertThat(carriers()).isEqualTo("beta");
    }

    @Test
    void routingAllocatesNothing() {
        config.write("routing.yaml", config.text("routing.yaml") + """

                        ways:
                          alpha-national: {carrier: alpha, strip: 2, prepend: "0"}
                        policies:
                          - {mode: quality}
                        rules:
                          - {tenant: acme, from: "NO*", to: ["3461"], reject: REFUSED_BY_RULE}
                          - {to: ["99"], rewrite: {strip: 2, prepend: "34"}}
                        """);
        config.replace("routes.csv", "34,,,alpha|beta", "34,,,alpha-national|beta");
        publish();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        route("acme", BULK, "BANK", "99600000001");
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 20; run++) {
            final long before = threads.getThreadAllocatedBytes(thread);
            for (int unit = 0; unit < 10_000; unit++) {
                question.unitId = unit;
                tables.route(question, decision);
                tables.treatment(decision.treatments[0]);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(decision.count).isEqualTo(2);
        // One object a unit would be 16 octets times 10,000.
        assertThat(least).isLessThan(10_000);
    }
}
