package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a carrier's 3xx leads a call, through a whole gateway: to that carrier's trunks or nowhere. */
class RedirectTest extends GatewayTest {
    private WirePeer beta;
    private WirePeer gamma;
    /** Nobody that the configuration names. */
    private DatagramSocket victim;

    @BeforeEach
    void start() throws IOException {
        beta = new WirePeer(rig, GatewayRig.BETA);
        gamma = new WirePeer(rig, GatewayRig.GAMMA);
        victim = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.9"), 0));
    }

    @AfterEach
    void close() {
        beta.close();
        gamma.close();
        victim.close();
    }

    /** Calls, and alpha redirects. */
    private void redirected(final String contacts) throws IOException {
        platform.invite(OWNED, NUMBER, "");
        alpha.answer(alpha.heard("INVITE"), "302 Moved Temporarily", contacts);
    }

    private String victimAt() {
        return "127.0.0.9:" + victim.getLocalPort();
    }

    private void theVictimHeardNothing() throws IOException {
        victim.setSoTimeout(1);
        final byte[] octets = new byte[1];
        try {
            victim.receive(new java.net.DatagramPacket(octets, 1));
            assertThat(octets).as("a message").isEmpty();
        } catch (SocketTimeoutException e) {
            // As it should be.
        }
    }

    @Test
    void byDefaultARedirectionIsAFailureOfTheWay() throws IOException {
        rig.start();
        redirected("Contact: <sip:+" + NUMBER + "@" + victimAt() + ">\r\n");

        assertThat(beta.heard("INVITE")).startsWith("INVITE sip:+" + NUMBER + "@" + beta.at());
        theVictimHeardNothing();
    }

    @Test
    void contactsThatAreTheCarriersTrunksAreFollowedAndNoOthers() throws IOException {
        rig.alpha(", redirects: {follow: true}").gamma("").start();
        final String followed = "sip:+" + NUMBER + ";npdi;rn=+4477@" + gamma.at();
        redirected("Contact: <sip:+" + NUMBER + "@" + victimAt() + ">;q=1.0, <sip:+" + NUMBER + "@" + beta.at()
                + ">;q=0.9\r\nContact: <sip:+881612345678@" + gamma.at() + ">;q=0.8, <sip:+" + NUMBER + "@" + gamma.at()
                + ";maddr=127.0.0.9>, <sips:+" + NUMBER + "@" + gamma.at() + ">, *\r\nContact: <" + followed
                + ">;q=0.5\r\n");

        final String invite = gamma.heard("INVITE");
        assertThat(invite).startsWith("INVITE " + followed + " SIP/2.0\r\n");
        gamma.answer(invite, "486 Busy Here", "");
        assertThat(platform.heard()).startsWith("SIP/2.0 486");
        assertThat(beta.heardNothing()).isTrue();
        theVictimHeardNothing();
        rig.awaitFigure("calls.open", "", 0);
        assertThat(rig.figure("trunk.calls.open", "alpha/one")).isZero();
        assertThat(rig.figure("trunk.calls.open", "alpha/two")).isZero();
        assertThat(rig.figure("trunk.failed.with", "alpha/one 302")).isEqualTo(1);
    }

    @Test
    void contactsAreTriedByPreferenceAndNoMoreThanTheLimit() throws IOException {
        rig.alpha(", redirects: {follow: true, most: 2}").gamma("").start();
        final String contact = "<sip:+" + NUMBER + ";n=%d@" + gamma.at() + ">;q=%s";
        redirected("Contact: " + contact.formatted(1, "0.1") + ", " + contact.formatted(2, "0.55") + "\r\nContact: "
                + contact.formatted(3, "0.6") + "\r\n");

        for (final int expected : new int[] {3, 2}) {
            String invite = gamma.heard("INVITE");
            while (!invite.contains(";n=" + expected)) {
                assertThat(invite).as("a copy of the one before").contains(";n=3");
                invite = gamma.heard("INVITE");
            }
            gamma.answer(invite, "503 Service Unavailable", "");
        }
        assertThat(beta.heard("INVITE"))
                .as("then the next carrier, as after any failure")
                .startsWith("INVITE sip:+" + NUMBER + "@" + beta.at());
    }

    @Test
    void aCircleOfRedirectionsEnds() throws IOException {
        rig.alpha(", redirects: {follow: true}")
                .gamma(", redirects: {follow: true}")
                .routes("*,call,alpha\n")
                .start();
        redirected("Contact: <sip:+" + NUMBER + ";a@" + gamma.at() + ">\r\n");
        gamma.answer(
                gamma.heard("INVITE"),
                "301 Moved Permanently",
                "Contact: <sip:+" + NUMBER + ";b@" + alpha.at() + ">, <sip:+" + NUMBER + ";a@" + gamma.at() + ">\r\n");
        String again = alpha.heard("INVITE");
        while (!again.contains(";b@")) {
            again = alpha.heard("INVITE");
        }
        alpha.answer(again, "302 Moved", "Contact: <sip:+" + NUMBER + ";a@" + gamma.at() + ">\r\n");

        assertThat(platform.heard()).startsWith("SIP/2.0 502");
        rig.awaitFigure("calls.open", "", 0);
    }

    /** Nobody listens at alpha's TCP port: the large INVITE comes over UDP after all, and alpha has not failed (RFC 3261 §18.1.1). */
    @Test
    void aLargeInviteThatNobodyTakesOverTcpGoesOverUdp() throws IOException {
        rig.start();
        platform.invite(OWNED, NUMBER, "Subject: " + "x".repeat(1_300) + "\r\n");

        assertThat(alpha.heard("INVITE")).contains("Via: SIP/2.0/UDP ", "x".repeat(1_300));
        assertThat(beta.heardNothing()).isTrue();
        assertThat(rig.figure("trunk.attempts", "alpha/one")).isEqualTo(2);
    }
}
