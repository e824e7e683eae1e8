package io.trunkline.gateway.replay;

import static io.trunkline.gateway.replay.RecordedTraffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.gateway.replay.ReplayResult.CarrierChange;
import io.trunkline.gateway.replay.ReplayResult.Cost;
import io.trunkline.gateway.replay.ReplayResult.Destination;
import io.trunkline.gateway.replay.ReplayResult.Example;
import io.trunkline.gateway.replay.ReplayResult.Gap;
import io.trunkline.gateway.replay.ReplayResult.Move;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal as the daemon writes it, and a candidate whose answers can be read off the digits. */
final class RouteReplayTest {
    private static final int ALPHA = 7;
    private static final int OMEGA = 8;

    @TempDir
    private Path data;

    /** 44 goes to alpha for 10 a segment, 33 to beta for 20, nothing else goes anywhere. */
    private static final class Digits implements CandidateRoutes {
        private String to = "";

        @Override
        public int tenant(final String name) {
            return name.equals("acme") ? 1 : NO_TENANT;
        }

        @Override
        public List<String> carriers() {
            return List.of("alpha", "beta");
        }

        @Override
        public Verdict route(final RecordedUnit unit) {
            final byte[] digits = new byte[unit.to().capacity()];
            unit.to().getBytes(0, digits);
            to = new String(digits, StandardCharsets.US_ASCII);
            return to.startsWith("44") || to.startsWith("33") ? Verdict.ROUTED : Verdict.NO_ROW;
        }

        @Override
        public int carrier() {
            return row();
        }

        @Override
        public int row() {
            return to.startsWith("44") ? 0 : 1;
        }

        @Override
        public long costMicros() {
            return 10L * (row() + 1);
        }

        @Override
        public String prefix(final int row) {
            return row == 0 ? "44" : "33";
        }

        @Override
        public String place(final int row) {
            return "routes.csv:" + (row + 2);
        }
    }

    private RecordedTraffic traffic() {
        return new RecordedTraffic(data)
                .tenant(3, "acme")
                .tenant(4, "gone")
                .carrier(ALPHA, "alpha")
                .carrier(OMEGA, "omega");
    }

    private RouteReplay replay(final PastRoutes past, final Instant from, final Instant to) {
        final RouteReplay replay = new RouteReplay(new Digits(), past, ns(from), ns(to));
        final JournalFiles shard = JournalFiles.in(data).get(0);
        replay.journal(new NamesByNumber().ahead(shard));
        shard.read(replay);
        return replay;
    }

    private ReplayResult replay() {
        return replay(PastRoutes.NONE, Instant.EPOCH, NOON.plusSeconds(3600)).result(10);
    }

    private static long ns(final Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond());
    }

    @Test
    void unitsStayMoveOrFindNoRoute() {
        try (RecordedTraffic traffic = traffic()) {
            traffic.applied(5, "aa")
                    .unit(101, 3, ALPHA, "447700900123", 1, 0)
                    .unit(102, 3, OMEGA, "447700900124", 2, 0)
                    .at(NOON.plusSeconds(1))
                    .unit(103, 3, OMEGA, "33600000001", 3, 1)
                    .applied(6, "bb")
                    .unit(104, 3, OMEGA, "34600000001", 1, 2)
                    .unit(105, 4, ALPHA, "447700900125", 1, 0);
        }
        final ReplayResult result = replay();

        assertThat(result.units()).isEqualTo(5);
        assertThat(result.segments()).isEqualTo(8);
        assertThat(result.moved()).isEqualTo(2);
        assertThat(result.movedSegments()).isEqualTo(5);
        assertThat(result.unroutable()).isEqualTo(2);
        assertThat(result.verdicts()).containsExactly(Map.entry(Verdict.NO_ROW, 1L), Map.entry(Verdict.NO_TENANT, 1L));
        assertThat(result.versions()).containsExactly(Map.entry(5, 3L), Map.entry(6, 2L));
        assertThat(result.carriers())
                .containsExactly(
                        new CarrierChange("omega", false, 3, 0, 6, 0, 0, 0),
                        new CarrierChange("alpha", true, 2, 2, 2, 3, 0, 30),
                        new CarrierChange("beta", true, 0, 1, 0, 3, 0, 60));
        assertThat(result.moves())
                .containsExactly(
                        new Move("omega", "alpha", 1, 2, Cost.NONE, new Example(102, "44770090xxxx")),
                        new Move("omega", "beta", 1, 3, Cost.NONE, new Example(103, "3360000xxxx")));
        assertThat(result.destinations())
                .containsExactly(
                        new Destination("44", "routes.csv:2", "omega", "alpha", 1, new Example(102, "44770090xxxx")),
                        new Destination("33", "routes.csv:3", "omega", "beta", 1, new Example(103, "3360000xxxx")));
        assertThat(result.gaps())
                .containsExactly(
                        new Gap("346000", 1, 0, new Example(104, "3460000xxxx"), Verdict.NO_ROW),
                        new Gap("447700", 1, 2, new Example(105, "44770090xxxx"), Verdict.NO_TENANT));
        assertThat(result.firstNs()).isEqualTo(ns(NOON));
        assertThat(result.lastNs()).isEqualTo(ns(NOON) + 1_000_000_000L);
        assertThat(replay()).isEqualTo(result);
    }

    @Test
    void onlyTheTimeAskedForCounts() {
        try (RecordedTraffic traffic = traffic()) {
            for (int second = 0; second < 10; second++) {
                traffic.at(NOON.plusSeconds(second)).unit(100 + second, 3, ALPHA, "447700900123", 1, 0);
            }
        }
        final RouteReplay replay = replay(PastRoutes.NONE, NOON.plusSeconds(2), NOON.plusSeconds(5));

        assertThat(replay.result(10).units()).isEqualTo(3);
        assertThat(replay.journalFirstNs()).isEqualTo(ns(NOON));
        assertThat(replay.journalLastNs()).isEqualTo(ns(NOON.plusSeconds(9)));
    }

    @Test
    void costsAreComparedWhereBothAreKnown() {
        try (RecordedTraffic traffic = traffic()) {
            traffic.applied(5, "known")
                    .unit(101, 3, OMEGA, "447700900123", 2, 0)
                    .applied(6, "forgotten")
                    .unit(102, 3, OMEGA, "447700900123", 2, 0);
        }
        final PastRoutes past = new PastRoutes() {
            private int known;

            @Override
            public void inForce(final int version, final String hash) {
                known = hash.equals("known") ? version : known;
            }

            @Override
            public long costMicros(final int version, final int row, final String carrier) {
                assertThat(carrier).isEqualTo("omega");
                return version == known ? 15 : CandidateRoutes.UNPRICED;
            }
        };
        final ReplayResult result =
                replay(past, Instant.EPOCH, NOON.plusSeconds(3600)).result(10);

        assertThat(result.cost()).isEqualTo(new Cost(1, 30, 20));
        assertThat(result.moves().get(0).cost()).isEqualTo(new Cost(1, 30, 20));
    }

    @Test
    void namesThatComeAfterTheUnitsAreTakenFromTheCheckpoint() {
        try (RecordedTraffic traffic = new RecordedTraffic(data)) {
            traffic.unit(101, 3, ALPHA, "447700900123", 1, 0)
                    .checkpoint(() -> traffic.tenant(3, "acme").carrier(ALPHA, "alpha"));
        }
        final ReplayResult result = replay();

        assertThat(result.units()).isEqualTo(1);
        assertThat(result.moved()).isZero();
        assertThat(result.unroutable()).isZero();
    }

    @Test
    void aUnitWhoseNamesAreNowhereIsToldAsSuch() {
        try (RecordedTraffic traffic = new RecordedTraffic(data)) {
            traffic.unit(101, 3, ALPHA, "447700900123", 1, 0);
        }
        final ReplayResult result = replay();

        assertThat(result.verdicts()).containsExactly(Map.entry(Verdict.NO_TENANT, 1L));
        assertThat(result.carriers()).extracting(CarrierChange::carrier).contains("?7");
    }

    @Test
    void rowsBeyondTheListAreCounted() {
        try (RecordedTraffic traffic = traffic()) {
            traffic.unit(101, 3, OMEGA, "447700900123", 1, 0).unit(102, 3, OMEGA, "33600000001", 1, 0);
        }
        final ReplayResult result =
                replay(PastRoutes.NONE, Instant.EPOCH, NOON.plusSeconds(3600)).result(1);

        assertThat(result.destinations()).hasSize(1);
        assertThat(result.moreDestinations()).isEqualTo(1);
    }
}
