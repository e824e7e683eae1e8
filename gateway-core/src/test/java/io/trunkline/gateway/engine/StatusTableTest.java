package io.trunkline.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What carriers' statuses mean, by either protocol. */
class StatusTableTest {
    @Test
    void aStatusMeansWhatItsProtocolSays() {
        final StatusTable smpp = StatusTable.smpp(Map.of());
        final StatusTable sip = StatusTable.sip(Map.of());
        assertThat(smpp.code(0x58)).isEqualTo(ErrorCode.CARRIER_THROTTLED);
        assertThat(sip.code(503)).isEqualTo(ErrorCode.CARRIER_THROTTLED);
        assertThat(sip.code(404)).isEqualTo(ErrorCode.CARRIER_REFUSED_DESTINATION);
        assertThat(sip.code(604)).as("nowhere else either").isEqualTo(ErrorCode.UNKNOWN_SUBSCRIBER);
        assertThat(sip.maps(0x58)).isFalse();
        assertThat(smpp.maps(404)).isFalse();
    }

    @Test
    void whatNoTableMapsIsARefusal() {
        final StatusTable sip = StatusTable.sip(Map.of());
        assertThat(sip.maps(302)).isFalse();
        assertThat(sip.code(302)).isEqualTo(ErrorCode.CARRIER_REFUSED);
    }

    @Test
    void aCarriersOwnLineComesFirst() {
        final StatusTable sip =
                StatusTable.sip(Map.of(403, ErrorCode.BLOCKED_BY_CARRIER, 302, ErrorCode.CARRIER_SYSTEM_ERROR));
        assertThat(sip.code(403)).isEqualTo(ErrorCode.BLOCKED_BY_CARRIER);
        assertThat(sip.code(302)).isEqualTo(ErrorCode.CARRIER_SYSTEM_ERROR);
        assertThat(sip.code(404)).isEqualTo(ErrorCode.CARRIER_REFUSED_DESTINATION);
    }
}
