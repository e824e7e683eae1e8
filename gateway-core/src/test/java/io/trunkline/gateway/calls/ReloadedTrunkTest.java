package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a call holds on a trunk whose configuration changes under it. */
class ReloadedTrunkTest {
    private static final String CALLER = "34910000001";
    private static final String NUMBER = "442071838750";

    @TempDir
    Path directory;

    @Test
    void aCallKeepsItsPlaceWhenItsTrunkIsChanged() throws Exception {
        try (GatewayRig rig = new GatewayRig(directory);
                WirePeer platform = new WirePeer(rig, GatewayRig.PLATFORM);
                WirePeer alpha = new WirePeer(rig, GatewayRig.ALPHA)) {
            rig.routes("*,call,alpha\n").alpha(", maxCalls: 1").start();
            platform.invite(CALLER, NUMBER, "");
            final String invite = alpha.heard("INVITE");
            alpha.answer(invite, "180 Ringing", "");
            rig.alpha(", maxCalls: 1, cps: 50").reload();
            platform.invite(CALLER, NUMBER, "");
            assertThat(platform.heard("SIP/2.0 503")).isNotEmpty();
            assertThat(rig.figure("trunk.calls.open", "alpha/one")).isEqualTo(1);

            alpha.answer(invite, "486 Busy Here", "");
            assertThat(platform.heard("SIP/2.0 486")).isNotEmpty();
            rig.awaitFigure("trunk.calls.open", "alpha/one", 0);
            platform.invite(CALLER, NUMBER, "");
            assertThat(alpha.heard("INVITE")).isNotEqualTo(invite);
            assertThat(rig.figure("trunk.attempts", "alpha/one")).isEqualTo(2);
        }
    }
}
