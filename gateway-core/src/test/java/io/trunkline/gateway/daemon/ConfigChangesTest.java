package io.trunkline.gateway.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.admin.ConfigDesk.Outcome;
import io.trunkline.gateway.admin.ConfigDesk.Wishes;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.history.ConfigDiff;
import io.trunkline.gateway.config.history.ConfigHistory;
import io.trunkline.gateway.config.history.ConfigVersion;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.SampleConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes as an operator makes them, on real files; only the shard is missing. */
final class ConfigChangesTest {
    private static final Clock NOW = Clock.systemUTC();
    private static final Clock TOMORROW = Clock.offset(NOW, Duration.ofDays(1));

    @TempDir
    Path directory;

    private final ConfigLoader loader = new ConfigLoader(SampleConfig.ENVIRONMENT::get);
    private final List<GatewayConfig> inForce = new CopyOnWriteArrayList<>();
    private SampleConfig home;
    private SampleConfig candidate;
    private ConfigHistory history;
    private ConfigChanges changes;

    @BeforeEach
    void startDaemon() throws IOException {
        home = new SampleConfig(Files.createDirectory(directory.resolve("home")));
        candidate = new SampleConfig(Files.createDirectory(directory.resolve("candidate")));
        history = new ConfigHistory(directory.resolve("data"));
        start();
    }

    @AfterEach
    void stopDaemon() {
        changes.close();
    }

    private void start() {
        final int version = inForce.size() + 1;
        final GatewayConfig started =
                loader.load(home.directory()).config().orElseThrow().applied(version);
        inForce.add(started);
        changes = new ConfigChanges(home.directory(), history, loader, NOW, started, this::apply);
    }

    private Duration apply(final GatewayConfig config, final String who, final String comment) {
        inForce.add(config);
        return Duration.ofNanos(1);
    }

    private static Wishes wishes(final Duration confirm) {
        return new Wishes("ada", "Spain to beta", confirm, false);
    }

    private Outcome applyCandidate(final Duration confirm) throws AdminRefusal {
        return changes.apply(Optional.of(candidate.directory()), wishes(confirm));
    }

    private void spainToBeta(final SampleConfig config) {
        config.replace("routes.csv", "34,,,alpha|beta", "34,,,beta");
    }

    private static ConfigDiff.Section section(final ConfigDiff diff, final String name) {
        return diff.sections().stream()
                .filter(section -> section.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCandidateIsAppliedAndStaysAfterARestart() throws Exception {
        spainToBeta(candidate);

        final Outcome outcome = applyCandidate(Duration.ZERO);

        assertThat(outcome.version()).isEqualTo(2);
        assertThat(outcome.changed()).isTrue();
        assertThat(outcome.pause()).isEqualTo(Duration.ofNanos(1));
        assertThat(inForce.get(1).version()).isEqualTo(2);
        final ConfigDiff.Section routes = section(outcome.diff(), "routes");
        assertThat(routes.changed()).isEqualTo(1);
        assertThat(routes.examples())
                .containsExactly(new ConfigDiff.Example(ConfigDiff.Change.CHANGED, "34", "alpha=1|beta=1", "beta=1"));
        assertThat(home.text("routes.csv")).isEqualTo(candidate.text("routes.csv"));
        assertThat(inForce.get(1).hash())
                .isEqualTo(loader.load(home.directory()).config().orElseThrow().hash());
        changes.close();
        ConfigChanges.settle(home.directory(), history, TOMORROW);
        start();
        assertThat(history.versions()).extracting(ConfigVersion::who).containsExactly("start", "ada");
        assertThat(history.versions()).extracting(ConfigVersion::comment).containsExactly("", "Spain to beta");
    }

    @Test
    void whatIsEditedInPlaceIsAppliedTheSameWay() throws Exception {
        spainToBeta(home);

        final Outcome outcome = changes.apply(Optional.empty(), wishes(Duration.ZERO));

        assertThat(outcome.changed()).isTrue();
        assertThat(changes.apply(Optional.empty(), wishes(Duration.ZERO)).changed())
                .isFalse();
        assertThat(history.versions()).hasSize(2);
    }

    @Test
    void aWrongCandidateChangesNothing() throws Exception {
        candidate.replace("routes.csv", "34,,,alpha|beta", "34,,,alhpa");
        final String before = home.text("routes.csv");

        assertThatThrownBy(() -> applyCandidate(Duration.ZERO))
                .isInstanceOf(AdminRefusal.class)
                .hasMessageContaining("1 mistake")
                .hasMessageContaining("routes.csv:5:6")
                .hasMessageContaining("alpha");
        assertThat(inForce).hasSize(1);
        assertThat(home.text("routes.csv")).isEqualTo(before);
        assertThat(history.versions()).hasSize(1);
    }

    @Test
    void aFileCutShortIsRefusedUnlessItIsMeant() throws Exception {
        final String many = IntStream.range(1000, 1200)
                .mapToObj(prefix -> prefix + ",,,alpha\n")
                .collect(Collectors.joining());
        home.write("routes.csv", home.text("routes.csv") + many);
        changes.apply(Optional.empty(), wishes(Duration.ZERO));

        assertThatThrownBy(() -> applyCandidate(Duration.ZERO))
                .isInstanceOf(AdminRefusal.class)
                .hasMessageContaining("200 of 204 routes would vanish");
        assertThat(inForce).hasSize(2);
        changes.apply(Optional.of(candidate.directory()), new Wishes("ada", "really", Duration.ZERO, true));
        assertThat(inForce).hasSize(3);
    }

    @Test
    void rollbackPutsAnEarlierVersionBackAsANewOne() throws Exception {
        final String original = home.text("routes.csv");
        spainToBeta(candidate);
        applyCandidate(Duration.ZERO);

        final Outcome outcome = changes.rollback(Optional.empty(), "ada");

        assertThat(outcome.version()).isEqualTo(3);
        assertThat(home.text("routes.csv")).isEqualTo(original);
        assertThat(inForce.get(2).hash()).isEqualTo(inForce.get(0).hash());
        assertThat(history.versions()).extracting(ConfigVersion::comment).endsWith("back to version 1");
        assertThatThrownBy(() -> changes.rollback(Optional.of(99), "ada"))
                .isInstanceOf(AdminRefusal.class)
                .hasMessageContaining("99");
    }

    @Test
    void goesBackByItselfUnlessConfirmed() throws Exception {
        spainToBeta(candidate);
        final Outcome outcome = applyCandidate(Duration.ofMillis(200));
        assertThat(outcome.deadline()).isPresent();
        assertThat(changes.history().unconfirmed()).isPresent();

        Awaitility.await().untilAsserted(() -> assertThat(inForce).hasSize(3));

        assertThat(inForce.get(2).hash()).isEqualTo(inForce.get(0).hash());
        Awaitility.await().until(() -> history.unconfirmed().isEmpty());
        assertThatThrownBy(() -> changes.confirm("ada"))
                .isInstanceOf(AdminRefusal.class)
                .hasMessageContaining("waits");
    }

    @Test
    void staysOnceConfirmed() throws Exception {
        spainToBeta(candidate);
        applyCandidate(Duration.ofHours(1));

        assertThat(changes.confirm("ada").version()).isEqualTo(2);

        assertThat(history.unconfirmed()).isEmpty();
        ConfigChanges.settle(home.directory(), history, TOMORROW);
        assertThat(home.text("routes.csv")).isEqualTo(candidate.text("routes.csv"));
    }

    @Test
    void aRestartAfterTheTimeForConfirmationStartsWithWhatWasThereBefore() throws Exception {
        final String original = home.text("routes.csv");
        spainToBeta(candidate);
        applyCandidate(Duration.ofHours(1));
        changes.close();

        ConfigChanges.settle(home.directory(), history, NOW);
        assertThat(home.text("routes.csv")).isEqualTo(candidate.text("routes.csv"));
        ConfigChanges.settle(home.directory(), history, TOMORROW);

        assertThat(home.text("routes.csv")).isEqualTo(original);
        assertThat(history.unconfirmed()).isEmpty();
    }

    @Test
    void anInstallationThatACrashCutShortIsEndedByTheNextStart() throws Exception {
        spainToBeta(candidate);
        history.stage(candidate.directory());
        history.describe(new ConfigVersion(2, "hash", "ada", "", NOW.millis()));
        history.beginInstall();
        changes.close();

        ConfigChanges.settle(home.directory(), history, NOW);
        start();

        assertThat(home.text("routes.csv")).isEqualTo(candidate.text("routes.csv"));
        assertThat(history.installing()).isFalse();
        assertThat(history.versions()).hasSize(2);
    }

    @Test
    void oneChangeAtATime() throws Exception {
        spainToBeta(candidate);
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch leave = new CountDownLatch(1);
        changes.close();
        changes = new ConfigChanges(home.directory(), history, loader, NOW, inForce.get(0), (config, who, comment) -> {
            entered.countDown();
            try {
                assertThat(leave.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return apply(config, who, comment);
        });
        final Thread first = new Thread(() -> {
            try {
                applyCandidate(Duration.ZERO);
            } catch (AdminRefusal e) {
                throw new IllegalStateException(e);
            }
        });
        first.start();
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> applyCandidate(Duration.ZERO))
                .isInstanceOf(AdminRefusal.class)
                .hasMessageContaining("under way");

        leave.countDown();
        first.join();
        assertThat(inForce).hasSize(2);
    }

    @Test
    void diffTellsAndChangesNothing() throws Exception {
        spainToBeta(candidate);
        candidate.write("routes.csv", candidate.text("routes.csv") + "49,acme,otp,alpha\n");
        candidate.write("numbers.csv", "number,tenant\n447700900123,newsletter\n");

        final ConfigDiff diff = changes.diff(Optional.of(candidate.directory()));

        assertThat(section(diff, "routes").added()).isEqualTo(1);
        assertThat(section(diff, "routes").examples())
                .contains(new ConfigDiff.Example(ConfigDiff.Change.ADDED, "49 tenant acme class otp", "", "alpha=1"));
        assertThat(section(diff, "numbers").removed()).isEqualTo(1);
        assertThat(section(diff, "numbers").changed()).isEqualTo(1);
        assertThat(section(diff, "carriers").same()).isTrue();
        assertThat(inForce).hasSize(1);
        assertThat(changes.diff(Optional.empty()).same()).isTrue();
    }

    @Test
    void filesThatDoNotChangeAreKeptOnce() throws Exception {
        spainToBeta(candidate);
        applyCandidate(Duration.ZERO);

        assertThat(Files.getAttribute(history.files(2).resolve("numbers.csv"), "unix:ino"))
                .isEqualTo(Files.getAttribute(history.files(1).resolve("numbers.csv"), "unix:ino"));
        assertThat(Files.mismatch(
                        history.files(2).resolve("routes.csv"), history.files(1).resolve("routes.csv")))
                .isNotNegative();
    }
}
