package io.trunkline.gateway.billing.prepaid;

import static io.trunkline.gateway.billing.BilledTraffic.ACME;
import static io.trunkline.gateway.billing.BilledTraffic.ALPHA;
import static io.trunkline.gateway.billing.BilledTraffic.NEWS;
import static io.trunkline.gateway.billing.BilledTraffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.billing.BilledDirectory;
import io.trunkline.gateway.billing.BilledTraffic;
import io.trunkline.gateway.billing.prepaid.PrepaidStanding.Level;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.config.Tenant.Per;
import io.trunkline.gateway.config.Tenant.Prepaid;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.InMemoryJournal;
import io.trunkline.gateway.journal.SourceTail;
import io.trunkline.routing.rates.Micros;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What prepaid tenants have used, and when they are stopped; a segment costs acme ten. */
final class PrepaidWatchTest {
    private static final String UK = "447700900123";
    private static final long SEGMENT = 10 * Micros.ONE;

    @TempDir
    private Path home;

    private final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private final BilledTraffic traffic = new BilledTraffic(journal);
    private final AtomicReference<int[]> stopped = new AtomicReference<>(new int[0]);
    private BillingConfig billing;

    @BeforeEach
    void start() throws IOException {
        journal.start();
        traffic.named();
        billing = BilledDirectory.write(home.resolve("conf"), BilledDirectory.RATES.replace("0.035", "10"), "");
    }

    private static Prepaid terms(final Per per, final int notifyAt, final int stopAt) {
        return new Prepaid(per, Optional.of(notifyAt), Optional.of(stopAt));
    }

    private PrepaidWatch watch(final Prepaid terms, final Instant now) {
        return watch(terms, now, journal);
    }

    private PrepaidWatch watch(final Prepaid terms, final Instant now, final InMemoryJournal read) {
        return PrepaidWatch.start(
                new PrepaidWatch.Settings(
                        home.resolve("prepaid.json"), billing, Map.of("acme", terms), () -> SourceTail.of(read)),
                stopped::set,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    /** As it stands when all that is in the journal has been read. */
    private PrepaidStanding standing(final Prepaid terms, final Instant now) {
        stopped.set(new int[0]);
        try (PrepaidWatch watch = watch(terms, now)) {
            return watch.standings().get(0);
        }
    }

    @Test
    void anAlarmComesFirstAndThenTheStop() {
        final Prepaid terms = terms(Per.EVER, 25, 45);
        traffic.delivered(ACME, ALPHA, UK, 2);
        traffic.delivered(NEWS, ALPHA, UK, 9);
        assertThat(standing(terms, NOON).used()).isEqualTo(2 * SEGMENT);
        assertThat(standing(terms, NOON).level()).isEqualTo(Level.BELOW);
        traffic.delivered(ACME, ALPHA, UK, 1);
        assertThat(standing(terms, NOON).level()).isEqualTo(Level.NOTIFIED);
        assertThat(stopped.get()).isEmpty();
        traffic.delivered(ACME, ALPHA, UK, 2);
        assertThat(standing(terms, NOON).text()).contains("acme has used 50.000000 EUR", "`stopAt` 45");
        assertThat(stopped.get()).containsExactly(ACME);
    }

    @Test
    void openMessagesCountUntilTheyEndOtherwise() {
        final Prepaid terms = terms(Per.EVER, 1, 25);
        final long unit = traffic.accept(ACME, "ACME", UK, 3);
        final PrepaidStanding open = standing(terms, NOON);
        assertThat(open.used()).isZero();
        assertThat(open.open()).isEqualTo(3 * SEGMENT);
        assertThat(stopped.get()).containsExactly(ACME);
        traffic.close(unit, ACME, ALPHA, UnitState.FAILED, ErrorCode.CARRIER_REFUSED.number(), 3, 0);
        final PrepaidStanding failed = standing(terms, NOON);
        assertThat(failed.used() + failed.open()).isZero();
        assertThat(stopped.get()).isEmpty();
    }

    @Test
    void aRestartComesToTheSameWhateverWasKept() throws IOException {
        final Prepaid terms = terms(Per.MONTH, 1000, 2000);
        final long across = traffic.accept(ACME, "ACME", UK, 1);
        traffic.delivered(ACME, ALPHA, UK, 2);
        assertThat(standing(terms, NOON).used()).isEqualTo(2 * SEGMENT);
        final byte[] early = Files.readAllBytes(home.resolve("prepaid.json"));
        traffic.write(across, ALPHA, 0, 0).taken(across, ALPHA, 0, 0);
        traffic.close(across, ACME, ALPHA, UnitState.DELIVERED, 0, 1, 1);
        final long open = traffic.accept(ACME, "ACME", UK, 4);
        assertThat(open).isPositive();
        for (int restart = 0; restart < 3; restart++) {
            final PrepaidStanding standing = standing(terms, NOON);
            assertThat(standing.used()).as("restart %d", restart).isEqualTo(3 * SEGMENT);
            assertThat(standing.open()).as("restart %d", restart).isEqualTo(4 * SEGMENT);
        }
        // Killed before the second file was written; and the file lost altogether.
        Files.write(home.resolve("prepaid.json"), early);
        assertThat(standing(terms, NOON).used()).isEqualTo(3 * SEGMENT);
        Files.delete(home.resolve("prepaid.json"));
        assertThat(standing(terms, NOON).used()).isEqualTo(3 * SEGMENT);
    }

    @Test
    void whoWasStoppedIsStoppedBeforeAnythingElseIsHeardOfIt() {
        final Prepaid terms = terms(Per.EVER, 5, 15);
        traffic.delivered(ACME, ALPHA, UK, 2);
        for (int restart = 0; restart < 2; restart++) {
            assertThat(standing(terms, NOON).level()).as("restart %d", restart).isEqualTo(Level.STOPPED);
            assertThat(stopped.get()).as("restart %d", restart).containsExactly(ACME);
        }
    }

    @Test
    void whatWasUsedBeforeTheNameIsMetCountsToo() {
        final InMemoryJournal beheaded = new InMemoryJournal(Durability.PROCESS);
        beheaded.start();
        BilledTraffic.beheaded(beheaded, 2);
        try (PrepaidWatch watch = watch(terms(Per.EVER, 5, 15), NOON, beheaded)) {
            assertThat(watch.standings().get(0).used()).isEqualTo(2 * SEGMENT);
        }
        assertThat(stopped.get()).containsExactly(ACME);
    }

    @Test
    void aNewMonthBeginsAtZero() {
        final Prepaid terms = terms(Per.MONTH, 5, 15);
        traffic.delivered(ACME, ALPHA, UK, 2);
        assertThat(standing(terms, NOON).level()).isEqualTo(Level.STOPPED);
        final Instant december = Instant.parse("2026-12-01T00:00:00Z");
        assertThat(standing(terms, december.minusMillis(1)).level()).isEqualTo(Level.STOPPED);
        final PrepaidStanding fresh = standing(terms, december);
        assertThat(fresh.level()).isEqualTo(Level.BELOW);
        assertThat(fresh.sinceMs()).isEqualTo(december.toEpochMilli());
        traffic.at(december.plusSeconds(1)).delivered(ACME, ALPHA, UK, 1);
        assertThat(standing(terms, december.plusSeconds(2)).used()).isEqualTo(SEGMENT);
    }

    @Test
    void aTenantThatBecomesPrepaidIsCountedFromTheOldestRecord() {
        traffic.delivered(ACME, ALPHA, UK, 2);
        assertThat(standing(terms(Per.MONTH, 5, 15), NOON).used()).isEqualTo(2 * SEGMENT);
        // Other periods make another account.
        assertThat(standing(terms(Per.EVER, 5, 15), NOON).used()).isEqualTo(2 * SEGMENT);
    }

    @Test
    void aStateThatIsDamagedIsTold() throws IOException {
        Files.writeString(home.resolve("prepaid.json"), "{\"lastRecord\": 7");
        try (PrepaidWatch watch = watch(terms(Per.MONTH, 5, 15), NOON)) {
            assertThat(watch.trouble()).contains("prepaid.json is damaged");
        }
    }

    @Test
    void whatNobodyThoughtOfIsToldAndKeepsNoGatewayFromStarting() {
        final PrepaidWatch.Settings settings = new PrepaidWatch.Settings(
                home.resolve("prepaid.json"), billing, Map.of("acme", terms(Per.MONTH, 5, 15)), () -> {
                    throw new IllegalStateException("nobody thought of this");
                });
        try (PrepaidWatch watch = PrepaidWatch.start(settings, stopped::set, Clock.systemUTC())) {
            assertThat(watch.trouble()).contains("nobody thought of this");
            assertThat(watch.standings()).isEmpty();
        }
    }
}
