package io.trunkline.sip.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.ReasonField;
import io.trunkline.sip.message.SipMessage;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statuses, causes and the small policies. */
class ReleaseCauseTest {
    @Test
    void statusesAndCausesMapAsInRfc3398() {
        assertThat(ReleaseCause.ofStatus(404)).isEqualTo(1);
        assertThat(ReleaseCause.ofStatus(486)).isEqualTo(17);
        assertThat(ReleaseCause.ofStatus(480)).isEqualTo(18);
        assertThat(ReleaseCause.ofStatus(503)).isEqualTo(41);
        assertThat(ReleaseCause.ofStatus(603)).isEqualTo(21);
        assertThat(ReleaseCause.ofStatus(499)).isEqualTo(ReleaseCause.ofStatus(400));
        assertThat(ReleaseCause.ofStatus(302)).isEqualTo(ReleaseCause.UNSPECIFIED);
        assertThat(ReleaseCause.ofStatus(200)).isEqualTo(ReleaseCause.NORMAL);
        assertThat(ReleaseCause.toStatus(1)).isEqualTo(404);
        assertThat(ReleaseCause.toStatus(17)).isEqualTo(486);
        assertThat(ReleaseCause.toStatus(-1)).isEqualTo(500);
        for (int cause = 0; cause < 300; cause++) {
            assertThat(ReleaseCause.toStatus(cause)).isBetween(400, 699);
        }
        for (int status = 300; status < 700; status++) {
            assertThat(ReleaseCause.ofStatus(status)).isBetween(1, 127);
            assertThat(StatusPhrase.of(status)).isNotEmpty();
        }
    }

    @Test
    void theCauseOfOneProtocolIsFoundAmongOthers() {
        assertThat(cause("Q.850;cause=16")).isEqualTo(16);
        assertThat(cause("q.850 ; text=\"a;cause=9, b\" ; cause = 31")).isEqualTo(31);
        assertThat(cause("SIP;cause=200;text=\"Q.850;cause=1\"")).isEqualTo(ReasonField.ABSENT);
        assertThat(cause("SIP;cause=200,Q.850;cause=3")).isEqualTo(3);
        assertThat(cause("SIP;cause=200\nReason: Q.850;cause=4")).isEqualTo(4);
        assertThat(cause("Q.850;cause=9999")).isEqualTo(ReasonField.ABSENT);
        assertThat(cause("Q.850;text=\"open")).isEqualTo(ReasonField.ABSENT);
        assertThat(cause("Q.850")).isEqualTo(ReasonField.ABSENT);
        assertThat(cause("")).isEqualTo(ReasonField.ABSENT);
    }

    private static int cause(final String reason) {
        final SipMessage message =
                Messages.index(Messages.OK.replace("Content-L", "Reason: " + reason + "\nContent-L"));
        return ReasonField.cause(message, ReasonField.Q850);
    }

    @Test
    void setsAndPoliciesAreChecked() {
        final StatusSet set = StatusSet.of(100, 503, 699);
        assertThat(set.contains(503)).isTrue();
        assertThat(set.contains(504)).isFalse();
        assertThat(set.contains(-1)).isFalse();
        assertThat(set.contains(100_000)).isFalse();
        assertThatThrownBy(() -> StatusSet.of(700)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HeaderPolicy(EnumSet.of(HeaderName.VIA), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LegPolicy(HeaderPolicy.DEFAULT, false, 60, 90))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
