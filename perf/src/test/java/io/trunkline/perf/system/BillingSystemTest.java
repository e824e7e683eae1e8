package io.trunkline.perf.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.perf.billing.CdrRows;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadPlan;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonCommand;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.Faults;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Money as a billing team meets it: commands and files of a real daemon. */
@Tag("one-jvm")
@Timeout(180)
class BillingSystemTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String HEADER = "kind,for,service,prefix,currency,rate,from,to,version\n";
    private static final String COST = "cost,alpha,mt,*,EUR,0.02,2020-01-01,,a1\n";
    private static final String RATES = HEADER + "price,*,mt,*,EUR,0.04,2020-01-01,,p1\n" + COST;

    @TempDir
    Path directory;

    private ProveContext context;
    private DaemonSetup setup;

    @BeforeEach
    void open() {
        context = new ProveContext(directory, Map.of(), new PrintWriter(new StringWriter()));
        setup = new DaemonSetup(directory)
                .carrier(context.carrier("alpha", Faults.none()), 1, List.of("tps: 100000", "window: 500"), List.of())
                .route("*,,,alpha");
    }

    @AfterEach
    void close() {
        context.close();
    }

    /** What a command said, and its exit code. */
    private record Said(int exit, String text) {
        JsonNode json() {
            return JsonMapper.builder().build().readTree(text);
        }
    }

    private static Said trunkline(final String... arguments) throws IOException, InterruptedException {
        final Process child = new ProcessBuilder(DaemonCommand.of(List.of(arguments)))
                .redirectErrorStream(true)
                .start();
        child.getOutputStream().close();
        final String text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(child.waitFor(), text);
    }

    private JsonNode show(final String what) throws IOException, InterruptedException {
        final Said said =
                trunkline("show", what, "--json", "--data", setup.data().toString());
        assertThat(said.exit()).as(said.text()).isZero();
        return said.json();
    }

    private List<String> alarms() throws IOException, InterruptedException {
        final List<String> subjects = new ArrayList<>();
        show("alarms").forEach(alarm -> subjects.add(alarm.path("subject").asString()));
        return subjects;
    }

    private LoadPlan plan() {
        return LoadPlan.to("127.0.0.1", setup.binaryPort(), "acme", DaemonSetup.SECRET);
    }

    private LoadRun settled(final LoadPlan plan) {
        final LoadRun load = context.ending(LoadRun.start(plan));
        await().atMost(SOON).until(() -> load.state() == RoleState.SETTLED);
        return load;
    }

    @Test
    void whereRecordsCannotBeWrittenThereIsAnAlarmAndTrafficGoesOn() throws Exception {
        final Path cdr = directory.resolve("spool");
        // A file stands where the directory should be: nobody can write there, whatever the rights of this user are.
        Files.writeString(cdr, "in the way");
        setup.tenant("acme", "tps: 100000", "burst: 100000")
                .file("rates.csv", RATES)
                .file("billing.yaml", "cdr: {directory: " + cdr + ", period: 1s, maxRecords: 50, retry: 200ms}\n");
        final Daemon daemon = context.ending(new Daemon(setup)).start();
        final LoadRun load = settled(plan().endingAfter(200));
        assertThat(load.counters().get(Counter.DELIVERED)).isEqualTo(200);
        await().atMost(SOON).pollInterval(Duration.ofMillis(500)).until(() -> alarms().contains("cdr"));
        assertThat(show("alarms").toString()).contains("cannot be written to " + cdr);

        Files.delete(cdr);
        await().atMost(SOON).until(() -> rows(cdr) == 200);
        await().atMost(SOON).pollInterval(Duration.ofMillis(500)).until(() -> !alarms().contains("cdr"));
        final Said verified = trunkline("cdr", "verify", "--dir", cdr.toString());
        assertThat(verified.exit()).as(verified.text()).isZero();
        assertThat(daemon.stop(SOON)).isZero();
    }

    private static long rows(final Path cdr) throws IOException {
        final AtomicLong rows = new AtomicLong();
        if (Files.isDirectory(cdr)) {
            new CdrRows(cdr).forEach(row -> rows.incrementAndGet());
        }
        return rows.get();
    }

    @Test
    void trafficIsRatedAgainByOtherDecksWhileTheDaemonRuns() throws Exception {
        setup.tenant("acme", "tps: 100000", "burst: 100000").file("rates.csv", RATES);
        context.ending(new Daemon(setup)).start();
        settled(plan().endingAfter(300));
        final Path conf = directory.resolve("conf");
        final Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(
                other.resolve("rates.csv"),
                RATES.replace("0.04", "0.05") + "price,acme,mt,49,EUR,0.01,2020-01-01,,acme-1\n");
        final Said replayed = trunkline("replay", "--rates", other.toString(), "--conf", conf.toString(), "--json");
        assertThat(replayed.exit()).as(replayed.text()).isZero();
        final JsonNode report = replayed.json();
        assertThat(report.path("units").asLong()).isEqualTo(300);
        assertThat(report.path("lines").size()).isEqualTo(1);
        final JsonNode line = report.path("lines").get(0);
        assertThat(line.path("tenant").asString()).isEqualTo("acme");
        assertThat(line.path("carrier").asString()).isEqualTo("alpha");
        assertThat(line.path("prefix").asString()).isEqualTo("49");
        assertThat(line.path("inForce").path("price").asString()).isEqualTo("12.000000");
        assertThat(line.path("other").path("price").asString()).isEqualTo("3.000000");
        assertThat(line.path("other").path("cost").asString()).isEqualTo("6.000000");
        final Said table = trunkline("replay", "--rates", other.toString(), "--conf", conf.toString());
        assertThat(table.text()).contains("12.000000 EUR", "3.000000 EUR", "-9.000000", "300 units in");
    }

    @Test
    void decksThatContradictThemselvesAreRefusedWithTheirLines() throws Exception {
        setup.tenant("acme", "tps: 100000", "burst: 100000").file("rates.csv", RATES);
        context.ending(new Daemon(setup)).start();
        settled(plan().endingAfter(10));
        final Path conf = directory.resolve("conf");
        final Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(
                other.resolve("rates.csv"),
                HEADER
                        + "price,*,mt,49,EUR,0.04,2020-01-01,2026-06-01,p1\n"
                        + "price,*,mt,49,EUR,0.05,2026-05-01,2026-07-01,p2\n"
                        + "price,*,mt,49,EUR,0.06,2026-08-01,,p3\n"
                        + "price,acme,mt,49,USD,0.06,2026-08-01,,p3\n");
        final Said said = trunkline("replay", "--rates", other.toString(), "--conf", conf.toString());
        assertThat(said.exit()).isNotZero();
        assertThat(said.text())
                .contains("rates.csv:3:1", "line 2 holds for the same units")
                .contains("rates.csv:4:", "no rate holds")
                .contains("rates.csv:5:", "would stand on one bill");
    }

    @Test
    void aPrepaidTenantIsStoppedAndStaysSoThroughAKill() throws Exception {
        setup.tenant("acme", "tps: 100000", "burst: 100000", "prepaid: {per: ever, notifyAt: 4, stopAt: 8}")
                .file("rates.csv", RATES);
        final Daemon daemon = context.ending(new Daemon(setup)).start();
        settled(plan().endingAfter(120));
        await().atMost(SOON).pollInterval(Duration.ofMillis(500)).until(() -> alarms().contains("acme"));
        assertThat(show("usage").get(0).path("state").asString()).isEqualTo("notified");
        assertThat(show("usage").get(0).path("used").asString()).isEqualTo("4.800000");

        final LoadRun load = context.ending(LoadRun.start(
                plan().startingAt(1_000).at(new Schedule.Constant(50)).endingAfter(1_000_000)));
        await().atMost(SOON).until(() -> load.counters().get(Counter.REFUSED) > 20);
        assertThat(load.errors().keySet())
                .singleElement()
                .asString()
                .contains(Integer.toString(ErrorCode.CREDIT_USED_UP.number()));
        final long accepted = 120 + load.counters().get(Counter.ACCEPTED);
        // 8.00 are 200 messages; at 50 a second no more than a few pass before the stop is heard of.
        assertThat(accepted).isBetween(200L, 260L);

        daemon.kill();
        daemon.start();
        final long refused = load.counters().get(Counter.REFUSED);
        await().atMost(SOON).until(() -> load.counters().get(Counter.REFUSED) > refused + 20);
        assertThat(120 + load.counters().get(Counter.ACCEPTED)).isEqualTo(accepted);
        assertThat(show("usage").get(0).path("state").asString()).isEqualTo("stopped");

        final Path tenants = directory.resolve("conf").resolve("tenants.yaml");
        Files.writeString(tenants, Files.readString(tenants).replace("stopAt: 8", "stopAt: 80"));
        assertThat(daemon.command("apply")).contains("version");
        await().atMost(SOON).until(() -> 120 + load.counters().get(Counter.ACCEPTED) > accepted + 20);
    }
}
