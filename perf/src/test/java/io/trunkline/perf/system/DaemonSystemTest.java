package io.trunkline.perf.system;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Claims in small: what `scripts/prove` shows at length. */
class DaemonSystemTest extends SmallClaims {
    @Test
    @Timeout(60)
    void losesNothingByKillMinusNine() throws Exception {
        holds("kill9", Map.of("times", "1", "rate", "300", "settle", "30", "seed", "3"));
    }

    @Test
    @Timeout(60)
    void drainsOnSigterm() throws Exception {
        holds("drain", Map.of("times", "1", "rate", "500", "durability", "disk"));
    }

    /** How long that takes is for a machine of its own to say. */
    @Test
    @Timeout(300)
    void isReadyWithAllOpenUnitsAfterAKill() throws Exception {
        holds(
                "recovery",
                Map.of(
                        "megabytes",
                        "20",
                        "units",
                        "2000",
                        "tail-megabytes",
                        "1",
                        "checkpoint-every",
                        "3s",
                        "times",
                        "1",
                        "most-ready-ms",
                        "120000"));
    }

    @Test
    @Timeout(60)
    void takesAReferenceOnce() throws Exception {
        holds("idempotent", Map.of("units", "200"));
    }

    @Test
    @Timeout(90)
    void losesNothingUnderFaultsThatRollOn() throws Exception {
        holds("soak", Map.of("seconds", "14", "rate", "300", "every", "2", "durability", "process", "seed", "5"));
    }

    @Test
    @Timeout(90)
    void routesEachUnitByOneVersionWhileConfigurationsChange() throws Exception {
        holds(
                "reload",
                Map.of(
                        "reloads",
                        "45",
                        "rate",
                        "300",
                        "warmup",
                        "0",
                        "quiet",
                        "1",
                        "every-ms",
                        "50",
                        "rounds",
                        "1",
                        "most-swap-us",
                        "10000000",
                        "seed",
                        "7"));
    }
}
