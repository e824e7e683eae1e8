package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.admin.ShardView;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a call holds on a trunk whose configuration changes under it. */
class ReloadedTrunkTest extends GatewayTest {
    @Test
    void aCallKeepsItsPlaceWhenItsTrunkIsChanged() throws Exception {
        rig.routes("*,call,alpha\n").alpha(", maxCalls: 1").start();
        platform.invite(OWNED, NUMBER, "");
        final String invite = alpha.heard("INVITE");
        alpha.answer(invite, "180 Ringing", "");
        rig.alpha(", maxCalls: 1, cps: 50").reload();
        platform.invite(OWNED, NUMBER, "");
        assertThat(platform.heard("SIP/2.0 503")).isNotEmpty();
        assertThat(rig.figure("trunk.calls.open", "alpha/one")).isEqualTo(1);

        alpha.answer(invite, "486 Busy Here", "");
        assertThat(platform.heard("SIP/2.0 486")).isNotEmpty();
        rig.awaitFigure("trunk.calls.open", "alpha/one", 0);
        platform.invite(OWNED, NUMBER, "");
        assertThat(alpha.heard("INVITE")).isNotEqualTo(invite);
        assertThat(rig.figure("trunk.attempts", "alpha/one")).isEqualTo(2);
    }

    @Test
    void aConfigurationWithoutSipTakesNoCallsAndLetsThoseThatAreThereGoOn() throws Exception {
        rig.routes("*,call,alpha\n").start();
        platform.invite(OWNED, NUMBER, "");
        alpha.accept(alpha.heard("INVITE"), "v=0\r\n");
        final String accepted = platform.heard("SIP/2.0 200");
        platform.request("ACK", 1, accepted, "");
        rig.withoutSip();
        rig.reload();
        platform.invite(OWNED, NUMBER, "");
        assertThat(platform.heard("SIP/2.0 403")).isNotEmpty();

        platform.request("BYE", 2, accepted, "");
        assertThat(platform.heard("SIP/2.0 200")).contains("BYE");
        alpha.answer(alpha.heard("BYE"), "200 OK", "");
        await().until(() -> rig.daemon().shardView().call(ShardView::trunks).isEmpty());
    }

    @Test
    void whoStopsIsRegisteredNoMore() throws Exception {
        rig.alpha(", register: {user: us, domain: alpha.example, expires: 1h}").start();
        final String register = alpha.heard("REGISTER");
        alpha.answer(register, "200 OK", "Contact: " + WirePeer.line(register, "Contact") + ";expires=3600\r\n");
        await().until(() -> rig.daemon().shardView().call(ShardView::trunks).stream()
                .anyMatch(trunk ->
                        trunk.carrier().equals("alpha") && trunk.state().equals("up")));
        final CompletableFuture<Boolean> drained =
                CompletableFuture.supplyAsync(() -> rig.daemon().drain());
        final String last = alpha.heard("REGISTER");
        assertThat(WirePeer.line(last, "Expires")).isEqualTo("0");
        alpha.answer(last, "200 OK", "");
        assertThat(drained.get()).isTrue();
    }

    @Test
    void aPartyThatHangsUpIsHeardThoughItsTrunkHasMovedOrGone() throws Exception {
        rig.routes("*,call,alpha|beta\n").start();
        for (final boolean gone : new boolean[] {false, true}) {
            platform.invite(OWNED, NUMBER, "");
            final String invite = alpha.heard("INVITE");
            alpha.accept(invite, "v=0\r\n");
            platform.request("ACK", 1, platform.heard("SIP/2.0 200"), "");
            final String ack = alpha.heard("ACK");
            if (gone) {
                rig.withoutAlpha();
                rig.reload();
                // One reload after the other: what has left stays known for its calls alone.
                rig.tenant("maxCalls: 77\n");
            } else {
                rig.alphaAt("host: 127.0.0.9, port: 5060, transport: udp");
            }
            rig.reload();
            alpha.hangUp(ack, 1);
            assertThat(alpha.heard("SIP/2.0 200")).contains("CSeq: 1 BYE");
            platform.answer(platform.heard("BYE"), "200 OK", "");
            rig.awaitFigure("calls.open", "", 0);
            rig.alphaAt("");
            rig.reload();
        }
    }
}
