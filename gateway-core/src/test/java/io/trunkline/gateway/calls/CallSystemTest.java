package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls through a whole gateway, with SIPp on both sides. */
class CallSystemTest {
    private static final String NUMBER = "442071838750";
    private static final String CALLER = "34910000001";
    private static final String BUSY = "486 Busy Here";

    @TempDir
    Path directory;

    private GatewayRig rig;
    private final List<Sipp> running = new ArrayList<>();

    @BeforeEach
    void needSipp() {
        assumeTrue(Files.isExecutable(Sipp.BINARY), "SIPp (Debian: sip-tester) is not installed");
        rig = new GatewayRig(directory);
    }

    @AfterEach
    void close() {
        running.forEach(Sipp::close);
        rig.close();
    }

    private Sipp sipp(final String name, final String host, final String scenario, final String... more) {
        final List<String> arguments = new ArrayList<>(List.of("-i", host, "-p", rig.port(host)));
        arguments.addAll(List.of(more));
        final Sipp sipp = Sipp.start(directory, name, scenario, arguments.toArray(new String[0]));
        running.add(sipp);
        return sipp;
    }

    /** A callee who answers every call. */
    private Sipp answering(final String name, final String host) {
        return sipp(name, host, null, "-sn", "uas");
    }

    private Sipp caller(final String host, final String scenario, final String number, final String... more) {
        final List<String> arguments = new ArrayList<>(List.of("-s", number, "-m", "1", rig.us()));
        arguments.addAll(List.of(more));
        return sipp("caller-" + host, host, scenario, arguments.toArray(new String[0]));
    }

    private void allIsGivenBack() {
        rig.awaitFigure("calls.open", "", 0);
        assertThat(rig.figure("trunk.calls.open", "alpha/one")).isZero();
        assertThat(rig.figure("trunk.calls.open", "beta/main")).isZero();
        assertThat(rig.figure("trunk.calls.open", "acme/sip")).isZero();
        assertThat(rig.figure("sip.handler.faults", "")).isZero();
    }

    @Test
    void aTenantsCallsGoToTheCarrierOfTheirRoute() {
        rig.tenant("cps: 0\nmaxCalls: 0\n").start();
        answering("alpha", GatewayRig.ALPHA);
        final Sipp uac = sipp(
                "uac",
                GatewayRig.PLATFORM,
                Scenarios.talking(CALLER, 50, ""),
                "-s",
                NUMBER,
                "-m",
                "100",
                "-r",
                "25",
                rig.us());
        assertThat(uac.await()).as(uac::output).isZero();
        allIsGivenBack();
        assertThat(rig.figure("trunk.answered", "alpha/one")).isEqualTo(100);
        assertThat(rig.figure("trunk.received", "acme/sip")).isEqualTo(100);
        assertThat(rig.figure("calls.answered", "")).isEqualTo(100);
    }

    @Test
    void aRefusalOfTheWayLeadsToTheNextCarrierAndAnyOtherEndsTheCall() {
        rig.start();
        sipp("alpha", GatewayRig.ALPHA, Scenarios.refusing("503 Service Unavailable"));
        answering("beta", GatewayRig.BETA);
        final Sipp uac = caller(GatewayRig.PLATFORM, Scenarios.talking(CALLER, 50, ""), NUMBER);
        assertThat(uac.await()).as(uac::output).isZero();
        allIsGivenBack();
        assertThat(rig.figure("trunk.failed.with", "alpha/one 503")).isEqualTo(1);
        assertThat(rig.figure("trunk.answered", "beta/main")).isEqualTo(1);
    }

    @Test
    void busyIsBusy() {
        rig.start();
        sipp("alpha", GatewayRig.ALPHA, Scenarios.refusing(BUSY));
        final Sipp uac = caller(GatewayRig.PLATFORM, Scenarios.refused(CALLER, 486, ""), NUMBER);
        assertThat(uac.await()).as(uac::output).isZero();
        allIsGivenBack();
        assertThat(rig.figure("trunk.attempts", "beta/main")).isZero();
    }

    @Test
    void aCallIsCancelledWhileItRings() {
        rig.start();
        final Sipp callee = sipp("alpha", GatewayRig.ALPHA, Scenarios.ringing(), "-m", "1");
        final Sipp uac = caller(GatewayRig.PLATFORM, Scenarios.cancelling(), NUMBER);
        assertThat(uac.await()).as(uac::output).isZero();
        assertThat(callee.await()).as(callee::output).isZero();
        allIsGivenBack();
    }

    @Test
    void whatMayNotBeCalledIsRefused() {
        rig.routes("44,call,alpha\n").tenant("numbers: {country: \"34\"}\n").start();
        final String[][] cases = {
            {"+33123456789", "404"}, {"+881612345678", "403"}, {"12", "484"}, {"sales", "484"},
        };
        for (final String[] one : cases) {
            final Sipp uac =
                    caller(GatewayRig.PLATFORM, Scenarios.refused(CALLER, Integer.parseInt(one[1]), ""), one[0]);
            assertThat(uac.await()).as(() -> one[0] + uac.output()).isZero();
        }
        allIsGivenBack();
        assertThat(rig.figure("calls.refused", "")).isEqualTo(4);
    }

    @Test
    void overALimitTheTenantIsToldWhenToTryAgain() {
        rig.tenant("maxCalls: 1\n").start();
        answering("alpha", GatewayRig.ALPHA);
        final Sipp first = sipp(
                "first", GatewayRig.PLATFORM, Scenarios.talking(CALLER, 2_000, ""), "-s", NUMBER, "-m", "1", rig.us());
        rig.awaitFigure("calls.answered", "", 1);
        final Sipp second = Sipp.start(
                directory,
                "second",
                Scenarios.refused(CALLER, 503, "Retry-After"),
                "-i",
                GatewayRig.PLATFORM,
                "-s",
                NUMBER,
                "-m",
                "1",
                rig.us());
        running.add(second);
        assertThat(second.await()).as(second::output).isZero();
        assertThat(first.await()).as(first::output).isZero();
        allIsGivenBack();
        assertThat(rig.figure("trunk.limited", "acme/sip")).isEqualTo(1);
    }

    @Test
    void strangersHearNothing() throws IOException {
        rig.start();
        assertThat(options("127.0.0.9", 1_000)).isEmpty();
        assertThat(options(GatewayRig.ALPHA, 15_000)).startsWith("SIP/2.0 200");
        assertThat(rig.figure("sip.strangers.requests", "")).isEqualTo(1);
    }

    @Test
    void orTheyAreRefusedIfThatIsThePolicy() throws IOException {
        rig.sip("strangers: refuse\n").start();
        assertThat(options("127.0.0.9", 15_000)).startsWith("SIP/2.0 403");
    }

    private String options(final String from, final int waitMs) throws IOException {
        final String[] us = rig.us().split(":", -1);
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(from), 0))) {
            final byte[] request = ("OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP " + from + ":"
                            + socket.getLocalPort() + ";branch=z9hG4bK1\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\n"
                            + "Call-ID: 1@x\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            final byte[] answer = new byte[4096];
            socket.setSoTimeout(waitMs);
            socket.send(
                    new DatagramPacket(request, request.length, InetAddress.getByName(us[0]), Integer.parseInt(us[1])));
            final DatagramPacket packet = new DatagramPacket(answer, answer.length);
            socket.receive(packet);
            return new String(answer, 0, packet.getLength(), StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
            return "";
        }
    }

    @Test
    void aCarriersCallGoesToTheTenantWhoOwnsTheNumber() {
        rig.start();
        answering("platform", GatewayRig.PLATFORM);
        final Sipp uac = caller(GatewayRig.BETA, Scenarios.talking("442071838750", 50, ""), CALLER);
        assertThat(uac.await()).as(uac::output).isZero();
        final Sipp nobodys = caller(GatewayRig.BETA, Scenarios.refused("442071838750", 404, ""), "34910000009");
        assertThat(nobodys.await()).as(nobodys::output).isZero();
        allIsGivenBack();
        assertThat(rig.figure("trunk.answered", "acme/sip")).isEqualTo(1);
        assertThat(rig.figure("trunk.received", "beta/main")).isEqualTo(2);
    }

    @Test
    void aCallSurvivesAReloadThatTakesItsTrunkAway() throws Exception {
        rig.start();
        answering("alpha", GatewayRig.ALPHA);
        final Sipp uac = caller(GatewayRig.PLATFORM, Scenarios.talking(CALLER, 3_000, ""), NUMBER);
        rig.awaitFigure("calls.answered", "", 1);
        rig.withoutAlpha();
        rig.reload();
        assertThat(rig.figure("trunk.calls.open", "alpha/one")).isEqualTo(1);
        assertThat(uac.await()).as(uac::output).isZero();
        await().atMost(Duration.ofSeconds(5)).until(() -> rig.figure("trunk.answered", "alpha/one") == 0);
        answering("beta", GatewayRig.BETA);
        final Sipp next = caller(GatewayRig.PLATFORM, Scenarios.talking(CALLER, 50, ""), NUMBER);
        assertThat(next.await()).as(next::output).isZero();
        assertThat(rig.figure("trunk.answered", "beta/main")).isEqualTo(1);
        allIsGivenBack();
    }

    @Test
    void whoStopsHangsUpOnCallsThatLastTooLong() {
        rig.drainCalls("500ms").start();
        answering("alpha", GatewayRig.ALPHA);
        final Sipp uac = caller(GatewayRig.PLATFORM, Scenarios.hungUpOn(CALLER), NUMBER);
        rig.awaitFigure("calls.answered", "", 1);
        assertThat(rig.daemon().drain()).isFalse();
        assertThat(uac.await()).as(uac::output).isZero();
    }
}
