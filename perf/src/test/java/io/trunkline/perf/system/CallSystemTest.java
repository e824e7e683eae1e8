package io.trunkline.perf.system;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Claims about calls in small: what `scripts/prove` shows at length. */
@Tag("one-jvm")
class CallSystemTest extends SmallClaims {
    @Test
    @Timeout(120)
    void carriesCallsBesideKamailio() throws Exception {
        holds(
                "calls",
                Map.of(
                        "from",
                        "10",
                        "most",
                        "10",
                        "seconds",
                        "2",
                        "rounds",
                        "1",
                        "warmups",
                        "1",
                        "recover-ms",
                        "1000",
                        "least-ratio-percent",
                        "0"));
    }

    @Test
    @Timeout(120)
    void writesOneRecordForEveryEndingOfACall() throws Exception {
        holds(
                "call-records",
                Map.of("calls", "100", "first", "20", "rate", "25", "tolerance-ms", "100", "apart-percent", "100"));
    }

    @Test
    @Timeout(120)
    void carriesCallsAmongHostilePeers() throws Exception {
        holds(
                "sip-hostile",
                Map.of(
                        "seconds",
                        "2",
                        "attacks",
                        "15",
                        "capacity",
                        "100",
                        "quiet",
                        "1",
                        "warmup",
                        "2",
                        "rate",
                        "4",
                        "hold-ms",
                        "500",
                        "forget-ms",
                        "100"));
    }
}
