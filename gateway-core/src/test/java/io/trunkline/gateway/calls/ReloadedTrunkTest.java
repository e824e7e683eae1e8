package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

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
}
