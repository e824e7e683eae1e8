package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.client.CallResult;
import io.trunkline.client.ClientConfig;
import io.trunkline.client.ClientListener;
import io.trunkline.client.ClientReference;
import io.trunkline.client.PlaceCall;
import io.trunkline.client.TrunklineClient;
import io.trunkline.upstream.codec.CallEventDecoder;
import io.trunkline.upstream.codec.CallState;
import io.trunkline.upstream.codec.CancelOutcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon in a process of its own, an API tier that places calls, and a SIPp callee on either side. */
@Timeout(120)
class PlacedCallSystemTest {
    private static final String NUMBER = "442071838750";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private GatewayRig rig;
    private int port;
    private Process daemon;
    private TrunklineClient client;
    private final List<Sipp> running = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();

    private final ClientListener listener = new ClientListener() {
        @Override
        public void onCall(final CallEventDecoder call) {
            final boolean answered = call.setupMs() != CallEventDecoder.setupMsNullValue();
            final boolean talked = call.talkMs() != CallEventDecoder.talkMsNullValue();
            events.add(call.unitId() + " " + call.state() + (answered ? " answered" : "") + (talked ? " talked" : ""));
        }
    };

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Files.isExecutable(Sipp.BINARY), "SIPp (Debian: sip-tester) is not installed");
        rig = new GatewayRig(directory);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        rig.binary(port).write();
        callee("platform", GatewayRig.PLATFORM);
        callee("alpha", GatewayRig.ALPHA);
        run();
        client = TrunklineClient.connect(
                ClientConfig.to("127.0.0.1", port)
                        .tenant("acme", GatewayRig.TOKEN)
                        .clientName("tier-1")
                        .backoffMs(50, 200)
                        .build(),
                listener);
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (daemon != null) {
            daemon.destroyForcibly().onExit().join();
        }
        running.forEach(Sipp::close);
        rig.close();
    }

    private void callee(final String name, final String host) {
        running.add(Sipp.start(directory, name, null, "-i", host, "-p", rig.port(host), "-sn", "uas"));
    }

    private void run() throws IOException {
        daemon = child("run", "--conf", directory.resolve("conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("daemon.log").toFile()))
                .start();
    }

    private static ProcessBuilder child(final String... arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-Dchronicle"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.trunkline.gateway.cli.Trunkline"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private String trunkline(final String... arguments) throws IOException, InterruptedException {
        final Process process = child(arguments).start();
        final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(() -> String.join(" ", arguments) + "\n" + out)
                .isZero();
        return out;
    }

    private long place(final long reference) throws Exception {
        final PlaceCall call = PlaceCall.of(new ClientReference(3, reference))
                .from("34910000001")
                .to(NUMBER)
                .build();
        client.connected().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        final CallResult result = client.placeCall(call, PATIENCE).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(result).isInstanceOf(CallResult.Accepted.class);
        return ((CallResult.Accepted) result).unitId();
    }

    private void awaitEvent(final String event) {
        await().atMost(PATIENCE).until(() -> events.contains(event));
    }

    private List<String> ends() throws Exception {
        return trunkline("journal", "dump", "--data", directory.resolve("data").toString(), "--type", "CallEnded")
                .lines()
                .toList();
    }

    @Test
    void placesACallBetweenTwoPartiesEndsItAndFindsItsEventsAndItsRecord() throws Exception {
        final long unit = place(1);
        awaitEvent(unit + " ANSWERED answered");
        assertThat(client.endCall(unit).get(10, TimeUnit.SECONDS)).isEqualTo(CancelOutcome.CANCELLED);
        awaitEvent(unit + " COMPLETED answered talked");
        assertThat(events.peek()).isEqualTo(unit + " PLACED");
        daemon.destroy();
        assertThat(daemon.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ends()).hasSize(1).first().asString().contains(Long.toString(unit));
        final Path cdr = directory.resolve("cdr.csv");
        trunkline(
                "cdr",
                "export",
                "--data",
                directory.resolve("data").toString(),
                "--conf",
                directory.resolve("conf").toString(),
                "--out",
                cdr.toString());
        final List<String> records = Files.readAllLines(cdr);
        assertThat(records).hasSize(2);
        assertThat(records.get(1))
                .contains("," + unit + ",call,acme,")
                .contains(",completed,0,200,")
                .contains("," + NUMBER + ",")
                .contains(",alpha,");
    }

    @Test
    void aCallThatTheDaemonIsKilledOnHasOneRecordThatSaysSo() throws Exception {
        final long unit = place(2);
        awaitEvent(unit + " ANSWERED answered");
        daemon.destroyForcibly().waitFor();
        run();
        awaitEvent(unit + " UNKNOWN answered talked");
        final CallResult again = client.placeCall(
                        PlaceCall.of(new ClientReference(3, 2))
                                .from("34910000001")
                                .to(NUMBER)
                                .build(),
                        PATIENCE)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(again).isInstanceOfSatisfying(CallResult.Accepted.class, accepted -> {
            assertThat(accepted.duplicate()).isTrue();
            assertThat(accepted.unitId()).isEqualTo(unit);
            assertThat(accepted.state()).isEqualTo(CallState.UNKNOWN);
        });
        daemon.destroyForcibly().waitFor();
        run();
        // It has begun again, and found nothing to end.
        assertThat(place(3)).isNotEqualTo(unit);
        daemon.destroyForcibly().waitFor();
        assertThat(ends())
                .filteredOn(line -> line.contains(Long.toString(unit)))
                .hasSize(1);
        assertThat(events.stream().filter(event -> event.startsWith(unit + " UNKNOWN")))
                .isNotEmpty();
    }
}
