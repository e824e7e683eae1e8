package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tenant that asks for more than it may have, and acknowledges nothing: it gets no more for it, and nobody else gets less. */
class GreedyPeerTest extends GatewayTest {
    private static final int FLOOD = 100;

    @BeforeEach
    void toAlpha() {
        rig.routes("*,call,alpha\n");
    }

    @Test
    void callsOverALimitAreRefusedOnceEachAndNothingIsKeptOfThem() throws IOException {
        rig.tenant("maxCalls: 1\n").start();
        platform.invite(OWNED, NUMBER, "");
        alpha.answer(alpha.heard("INVITE"), "180 Ringing", "");
        platform.heard("SIP/2.0 180");
        for (int i = 0; i < FLOOD; i++) {
            platform.invite(OWNED, NUMBER, "");
            final String refusal = platform.heard();
            assertThat(refusal).startsWith("SIP/2.0 503");
            assertThat(WirePeer.line(refusal, "Retry-After")).isEqualTo("1");
        }
        assertThat(rig.figure("sip.transactions.server", ""))
                .as("only that of the call that rings, so that nothing is repeated")
                .isEqualTo(1);
        assertThat(rig.figure("trunk.limited", "acme/sip")).isEqualTo(FLOOD);
        assertThat(rig.figure("trunk.received", "acme/sip")).isEqualTo(FLOOD + 1);
        assertThat(rig.figure("sip.requests.refused.without.transaction", "")).isEqualTo(FLOOD);
        assertThat(rig.figure("calls.offered", "")).isEqualTo(1);
        assertThat(rig.figure("sip.octets.out", ""))
                .as("nothing is amplified")
                .isLessThanOrEqualTo(rig.figure("sip.octets.in", ""));
    }

    @Test
    void aCarrierThatTakesNothingDoesNotKeepCallsToOthersBack() throws IOException {
        rig.alpha(", maxCalls: 1").start();
        platform.invite(OWNED, NUMBER, "");
        final String invite = alpha.heard("INVITE");
        platform.invite(OWNED, NUMBER, "");
        assertThat(WirePeer.line(platform.heard("SIP/2.0 503"), "Retry-After"))
                .as("alpha has no room")
                .isEmpty();
        alpha.answer(invite, "503 Service Unavailable", "Retry-After: 600\r\n");
        String refusal = platform.heard("SIP/2.0 503");
        while (!refusal.contains("Reason: ")) {
            // The first one, which is repeated as nobody acknowledges it.
            refusal = platform.heard("SIP/2.0 503");
        }
        assertThat(WirePeer.line(refusal, "Retry-After")).as("alpha says so").isEmpty();
    }

    @Test
    void aTenantThatAcknowledgesNothingDoesNotTakeTheTableFromItsCarriers() throws IOException {
        rig.sip("limits: {transactions: 100}\n").tenant("cps: 0\n").start();
        for (int i = 0; i < 3 * FLOOD; i++) {
            platform.invite(OWNED, "1", "");
        }
        // Each of them has its 484, whose ACK never comes.
        rig.awaitFigure("trunk.transactions", "acme/sip", 75);
        alpha.invite(NUMBER, OWNED, "");
        platform.answer(platform.heard("INVITE sip:+" + OWNED), "486 Busy Here", "");
        assertThat(alpha.heard("SIP/2.0 4")).startsWith("SIP/2.0 486");
        assertThat(rig.figure("trunk.transactions.refused", "acme/sip")).isPositive();
        assertThat(rig.figure("trunk.transactions.refused", "alpha/one")).isZero();
    }
}
