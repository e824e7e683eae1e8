package io.trunkline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.sip.locate.Target;
import io.trunkline.sip.message.TransportProtocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIPp's own client scenario, INVITE to BYE, against transport, door and transactions. */
class SippTest {
    private static final Path SIPP = Path.of("/usr/bin/sipp");
    private static final int CALLS = 500;

    @TempDir
    private Path directory;

    private final LiveRig rig = new LiveRig(DoorSettings.closed());

    @AfterEach
    void close() {
        rig.close();
    }

    private void call(final TransportProtocol protocol, final String mode) throws IOException {
        assumeTrue(Files.isExecutable(SIPP), "SIPp (Debian: sip-tester) is not installed");
        final InetSocketAddress ours = rig.listen(protocol);
        rig.trunks.add(TrunkSettings.of("sipp", new Target(false, "127.0.0.1", 9, null)));
        final Path output = directory.resolve("sipp.txt");
        final Process sipp = new ProcessBuilder(List.of(
                        SIPP.toString(),
                        "-sn",
                        "uac",
                        "-t",
                        mode,
                        "-i",
                        "127.0.0.1",
                        "-r",
                        "250",
                        "-d",
                        "10",
                        "-m",
                        Integer.toString(CALLS),
                        "-timeout",
                        "30s",
                        "-nostdin",
                        "-max_socket",
                        "1000",
                        "127.0.0.1:" + ours.getPort()))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            rig.loop.turnUntil(() -> !sipp.isAlive());
            assertThat(sipp.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            stop(sipp);
        }
        final List<String> invites = new ArrayList<>(rig.heard);
        invites.removeIf(one -> !one.equals("INVITE sipp"));
        assertThat(invites).hasSize(CALLS);
        assertThat(rig.heard.stream().filter("BYE sipp"::equals)).hasSize(CALLS);
        assertThat(rig.layer.counters().faultyRequests()).isZero();
    }

    private static void stop(final Process sipp) {
        sipp.destroy();
        try {
            sipp.waitFor(5, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void callsOverUdpAllSucceed() throws IOException {
        call(TransportProtocol.UDP, "u1");
    }

    @Test
    void callsOverOneTcpConnectionAllSucceed() throws IOException {
        call(TransportProtocol.TCP, "t1");
        assertThat(rig.transport.counters().accepted()).isEqualTo(1);
    }

    @Test
    void callsOverAConnectionEachAllSucceed() throws IOException {
        call(TransportProtocol.TCP, "tn");
    }
}
