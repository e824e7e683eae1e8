package io.trunkline.gateway.upstream.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trunkline.smpp.codec.CommandStatus;
import java.io.IOException;
import java.util.Map;
import org.jsmpp.bean.BindType;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.SessionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmppBindTest {
    private final SmppRig rig;

    SmppBindTest() throws Exception {
        rig = new SmppRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void bindsInEveryTypeAndGivesThePlaceBack() throws Exception {
        for (final BindType type : new BindType[] {BindType.BIND_TX, BindType.BIND_RX, BindType.BIND_TRX}) {
            try (JsmppEsme esme = new JsmppEsme(rig.port(), type, "acme", "secret")) {
                assertThat(esme.session.getSessionState().isBound()).isTrue();
                assertThat(rig.onLoop(rig.server::bound)).isEqualTo(1);
            }
            await().until(() -> rig.onLoop(rig.server::bound) == 0);
        }
        await().until(() -> rig.onLoop(rig.server::sessions) == 0);
    }

    @Test
    void answersEveryDoubtAboutIdentityAlike() {
        assertThat(statusOf("acme", "wrong")).isEqualTo(CommandStatus.ESME_RBINDFAIL);
        assertThat(statusOf("nobody", "secret")).isEqualTo(CommandStatus.ESME_RBINDFAIL);
        assertThat(statusOf("far", "secret")).isEqualTo(CommandStatus.ESME_RBINDFAIL);
        assertThat(rig.counters.notAuthenticated).isEqualTo(2);
        assertThat(rig.counters.addressNotAllowed).isEqualTo(1);
    }

    @Test
    void locksOutAGuesserButNotTheListedClientBesideIt() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(statusOf("nobody" + i, "guess")).isEqualTo(CommandStatus.ESME_RBINDFAIL);
        }
        assertThat(statusOf("nobody", "guess")).isEqualTo(CommandStatus.ESME_RTHROTTLED);
        JsmppEsme.transceiver(rig).close();
    }

    @Test
    void anAccountHasOnlySoManyBinds() throws Exception {
        try (JsmppEsme one = JsmppEsme.transceiver(rig);
                JsmppEsme two = JsmppEsme.transceiver(rig);
                JsmppEsme three = JsmppEsme.transceiver(rig)) {
            assertThat(statusOf("acme", "secret")).isEqualTo(CommandStatus.ESME_RALYBND);
            three.unbind();
            await().until(() -> rig.onLoop(rig.server::bound) == 2);
            JsmppEsme.transceiver(rig).close();
            assertThat(one.session.getSessionState()).isEqualTo(SessionState.BOUND_TRX);
            assertThat(two.session.getSessionState()).isEqualTo(SessionState.BOUND_TRX);
        }
    }

    @Test
    void answersEnquireLinkAndAsksItself() throws Exception {
        try (JsmppEsme esme = JsmppEsme.transceiver(rig)) {
            rig.pass(35_000);
            await().until(() -> rig.onLoop(rig.server::bound) == 1);
            assertThat(esme.submit("alive", 0)).isEqualTo("1");
        }
    }

    @Test
    void anAccountThatIsTakenAwayIsUnbound() throws Exception {
        try (JsmppEsme esme = JsmppEsme.transceiver(rig)) {
            rig.runOnLoop(() -> rig.server.accounts(Map.of()));
            await().until(() -> !esme.session.getSessionState().isBound());
        }
        assertThat(statusOf("acme", "secret")).isEqualTo(CommandStatus.ESME_RBINDFAIL);
    }

    private int statusOf(final String systemId, final String password) {
        final int[] status = new int[1];
        assertThatThrownBy(() -> new JsmppEsme(rig.port(), BindType.BIND_TRX, systemId, password))
                .isInstanceOf(IOException.class)
                .satisfies(e -> status[0] = ((NegativeResponseException) e.getCause()).getCommandStatus());
        return status[0];
    }
}
