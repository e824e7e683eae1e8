package io.trunkline.gateway.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.SmallDisk;
import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.admin.ConfigDesk.Wishes;
import io.trunkline.gateway.config.GatewayConfig;
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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change meets a disk in every degree of fullness. */
final class ConfigOnFullDiskTest {
    private static final int MOST_FREE_PAGES = 40;

    @TempDir
    private Path directory;

    private final ConfigLoader loader = new ConfigLoader(SampleConfig.ENVIRONMENT::get);
    private final List<GatewayConfig> inForce = new CopyOnWriteArrayList<>();
    private SmallDisk disk;
    private SampleConfig home;
    private SampleConfig candidate;
    private ConfigHistory history;
    private ConfigChanges changes;

    @BeforeEach
    void startOnASmallDisk() throws IOException, InterruptedException {
        disk = SmallDisk.mount(directory.resolve("disk"), 2);
        candidate = new SampleConfig(Files.createDirectory(directory.resolve("candidate")));
        candidate.replace("routes.csv", "34,,,alpha|beta", "34,,,beta");
        for (final String file : List.of("gateway.yaml", "tenants.yaml", "carriers.yaml", "routing.yaml")) {
            candidate.write(file, candidate.text(file) + "# Edited.\n");
        }
        home = new SampleConfig(Files.createDirectory(disk.path().resolve("home")));
        history = new ConfigHistory(disk.path().resolve("data"));
        final GatewayConfig started =
                loader.load(home.directory()).config().orElseThrow().applied(1);
        inForce.add(started);
        changes = new ConfigChanges(
                home.directory(), history, loader, Clock.systemUTC(), started, (config, who, comment) -> {
                    inForce.add(config);
                    return Duration.ZERO;
                });
    }

    @AfterEach
    void stopAndUnmount() throws IOException, InterruptedException {
        if (changes != null) {
            changes.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    private SortedSet<String> filesOfHome() throws IOException {
        try (Stream<Path> files = Files.list(home.directory())) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void howeverFullTheDiskIsAChangeIsMadeAsAWholeOrNotAtAll() throws Exception {
        final String before = home.text("routes.csv");
        final SortedSet<String> files = filesOfHome();
        int refused = 0;
        int pages = 0;
        while (inForce.size() == 1) {
            assertThat(pages).as("pages free, and still refused").isLessThan(MOST_FREE_PAGES);
            disk.leave(pages);
            try {
                changes.apply(
                        Optional.of(candidate.directory()),
                        new Wishes("ada", "Spain to beta", Duration.ofHours(1), false));
            } catch (final AdminRefusal e) {
                assertThat(e.code()).isIn("storage", "invalid");
                refused++;
                assertThat(inForce).hasSize(1);
                assertThat(home.text("routes.csv")).isEqualTo(before);
                assertThat(filesOfHome()).isEqualTo(files);
                assertThat(history.installing()).isFalse();
                assertThat(history.unconfirmed()).isEmpty();
                assertThat(history.versions())
                        .extracting(ConfigVersion::version)
                        .containsExactly(1);
            }
            pages++;
        }
        assertThat(refused).isGreaterThan(5);
        assertThat(inForce).hasSize(2);
        assertThat(home.text("routes.csv")).isEqualTo(candidate.text("routes.csv"));
        assertThat(filesOfHome()).isEqualTo(files);
        assertThat(history.installing()).isFalse();
        assertThat(history.unconfirmed()).isPresent();
        assertThat(history.versions()).extracting(ConfigVersion::version).containsExactly(1, 2);
    }
}
