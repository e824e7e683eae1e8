package io.trunkline.perf.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.calls.CallEndReason;
import io.trunkline.gateway.calls.CallUnitState;
import io.trunkline.perf.peers.Kamailio;
import io.trunkline.perf.prove.CallBook;
import io.trunkline.perf.prove.CallEnds;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.JournalFiles;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.CallBehaviour;
import io.trunkline.perf.sim.CallCounters.Counter;
import io.trunkline.perf.sim.TrunkSimulator;
import io.trunkline.perf.sipp.Sipp;
import io.trunkline.perf.sipp.SippPlan;
import io.trunkline.perf.sipp.SippScenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIP peers that no one here wrote, set up as docs/operating/sip-interop.md says. */
@Timeout(90)
class SipInteropSystemTest {
    private static final String PLATFORM = "127.0.0.5";
    private static final String PROXY = "127.0.0.4";
    private static final String CARRIER = "127.0.0.3";
    private static final String NUMBER = "12025550100";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private ProveContext context;
    private DaemonSetup setup;
    private TrunkSimulator trunk;
    private int platformPort;

    @BeforeEach
    void open() throws IOException {
        context = new ProveContext(directory, Map.of(), new PrintWriter(new StringWriter()));
        platformPort = ProveContext.freePorts(1)[0];
        trunk = context.ending(TrunkSimulator.start(
                "carrier",
                new InetSocketAddress(CARRIER, 0),
                1,
                CallBehaviour.answering().with("answer-delay", "100ms").with("hang-up", "1s")));
        setup = new DaemonSetup(directory)
                .tenant(
                        "acme",
                        "sip: {sources: [\"127.0.0.1/32\", \"" + PROXY + "/32\"], cps: 100, to: {host: " + PLATFORM
                                + ", port: " + platformPort + "}}")
                .trunk("voice", "t1", CARRIER, trunk.address().getPort(), List.of())
                .route("4930,,,voice")
                .number(NUMBER + ",acme")
                .sip();
    }

    @AfterEach
    void close() {
        context.close();
    }

    private Daemon daemon() throws InterruptedException {
        return context.ending(new Daemon(setup)).start();
    }

    private Process started(final List<String> command, final String log) throws IOException {
        final Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(log).toFile())
                .start();
        process.getOutputStream().close();
        context.ending(() -> process.destroyForcibly().waitFor());
        return process;
    }

    private String said(final String log) throws IOException {
        return Files.readString(directory.resolve(log), StandardCharsets.ISO_8859_1);
    }

    /** The records of the stopped daemon. */
    private List<CallEnds.Entry> records(final Daemon daemon) throws InterruptedException {
        assertThat(daemon.stop(SOON)).isZero();
        final CallBook book = new CallBook();
        JournalFiles.read(setup.data(), book);
        return book.all();
    }

    /** One that takes and makes calls without a terminal or a sound card. */
    private Process baresip(final String number, final String... further) throws IOException {
        final Path conf = Files.createDirectories(directory.resolve("baresip"));
        Files.writeString(conf.resolve("config"), """
            poll_method epoll
            sip_listen %s:%d
            net_interface %s
            audio_player aubridge,nobody
            audio_source aubridge,nobody
            audio_alert aubridge,alert
            module_path /usr/lib/baresip/modules
            module g711.so
            module aubridge.so
            module_app account.so
            module_app menu.so
            """.formatted(PLATFORM, platformPort, PLATFORM));
        Files.writeString(
                conf.resolve("accounts"),
                "<sip:+" + number + "@127.0.0.1:" + setup.sipPort() + ";transport=udp>;regint=0;answermode=auto\n");
        final List<String> command = new ArrayList<>(List.of("baresip", "-f", conf.toString(), "-t", "40"));
        command.addAll(List.of(further));
        return started(command, "baresip.log");
    }

    @Test
    void sipsakIsAnswered() throws Exception {
        daemon();
        final Process sipsak =
                started(List.of("sipsak", "-vv", "-s", "sip:ping@127.0.0.1:" + setup.sipPort()), "sipsak.log");
        assertThat(sipsak.waitFor()).as(said("sipsak.log")).isZero();
        assertThat(said("sipsak.log")).contains("SIP/2.0 200 OK").contains("Allow: INVITE");
    }

    @Test
    void baresipCallsTheNetwork() throws Exception {
        final Daemon daemon = daemon();
        baresip(NUMBER, "-e", "/dial sip:4930123456@127.0.0.1:" + setup.sipPort());
        await().atMost(SOON).until(() -> trunk.counters().get(Counter.ENDED_BY_CALLEE) == 1);
        assertThat(said("baresip.log")).contains("SIP Progress: 180 Ringing").contains("Call established");
        assertThat(records(daemon)).singleElement().satisfies(entry -> {
            assertThat(entry.called()).isEqualTo("4930123456");
            assertThat(entry.outcome()).isEqualTo(CallUnitState.COMPLETED);
            assertThat(entry.reason()).isEqualTo(CallEndReason.CALLEE_HUNG_UP);
        });
    }

    @Test
    void theNetworkCallsBaresip() throws Exception {
        // SIPp puts the number of the call behind the prefix.
        final String prefix = NUMBER;
        setup.number(prefix + "1,acme");
        final Daemon daemon = daemon();
        baresip(prefix + "1");
        await().atMost(SOON).until(() -> said("baresip.log").contains("baresip is ready"));
        final Sipp caller = context.ending(Sipp.start(
                SippPlan.caller(
                        "carrier",
                        SippScenario.caller("4930123456", prefix, 500),
                        CARRIER,
                        ProveContext.freePorts(1)[0],
                        "127.0.0.1:" + setup.sipPort(),
                        1,
                        1),
                directory));
        assertThat(caller.awaitEnd(SOON))
                .as(caller.errors() + said("baresip.log"))
                .isZero();
        assertThat(said("baresip.log")).contains("answering call").contains("Call established");
        assertThat(records(daemon)).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo(CallUnitState.COMPLETED);
            assertThat(entry.reason()).isEqualTo(CallEndReason.CALLER_HUNG_UP);
        });
    }

    @Test
    void kamailioIsThePlatformInFront() throws Exception {
        final Daemon daemon = daemon();
        final int port = ProveContext.freePorts(1)[0];
        context.ending(new Kamailio(directory.resolve("kamailio"), PROXY, port, "127.0.0.1:" + setup.sipPort(), 2));
        final Sipp caller = context.ending(Sipp.start(
                SippPlan.caller(
                        "telephones",
                        SippScenario.caller(NUMBER, "49301", 300),
                        "127.0.0.2",
                        ProveContext.freePorts(1)[0],
                        PROXY + ":" + port,
                        5,
                        10),
                directory));
        assertThat(caller.awaitEnd(SOON)).as(caller.errors()).isZero();
        assertThat(records(daemon))
                .hasSize(10)
                .allMatch(entry ->
                        entry.outcome() == CallUnitState.COMPLETED && entry.reason() == CallEndReason.CALLER_HUNG_UP);
    }
}
