package io.trunkline.gateway.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.history.ConfigDiff;
import io.trunkline.routing.RouteChoice;
import io.trunkline.routing.RouteQuery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a daemon takes over of its configuration in force, and that it makes no difference. */
class ReloadTest {
    private static final String ROUTING = """
            groups: {standard: alpha=70;beta=30, premium: alpha|beta}
            ways:
              alpha-national: {carrier: alpha, strip: 2, prepend: "0"}
            windows:
              night: {from: "22:00", to: "06:00", zone: Europe/Madrid}
            policies:
              - {mode: least-cost}
            rules:
              - {to: ["4470"], reject: REFUSED_BY_RULE, reason: premium numbers}
            """;
    private static final String ROUTES = """
            prefix,tenant,class,carriers,window,cost
            *,,,@standard,,0.02
            34,,,alpha-national|beta,,0.03
            34,,,beta,night,0.01
            44,,otp,@premium,,0.02
            44,@marketing,,beta,,0.02
            447,newsletter,,alpha,,0.02
            """;
    private static final String RATES = """
            kind,for,service,prefix,currency,rate,from,to,version
            price,*,mt,*,EUR,0.04,2020-01-01,,p1
            cost,alpha,mt,*,EUR,0.02,2020-01-01,,a1
            """;

    @TempDir
    Path directory;

    private SampleConfig sample;
    private final ConfigLoader loader = new ConfigLoader(SampleConfig.ENVIRONMENT::get);

    @BeforeEach
    void write() {
        sample = new SampleConfig(directory);
        sample.write("routing.yaml", ROUTING);
        sample.write("routes.csv", ROUTES);
        sample.write("rates.csv", RATES);
    }

    private GatewayConfig load() {
        final LoadResult loaded = loader.load(directory);
        return loaded.config().orElseThrow(() -> new AssertionError(loaded.report()));
    }

    private GatewayConfig reload(final GatewayConfig inForce) {
        final LoadResult loaded = loader.reload(directory, directory, inForce);
        return loaded.config().orElseThrow(() -> new AssertionError(loaded.report()));
    }

    private static boolean sharesRoutes(final GatewayConfig one, final GatewayConfig other) {
        return one.routing().table().sharesRowsWith(other.routing().table());
    }

    @Test
    void routesNumbersAndRatesAreTakenOverWhereOnlyATenantsLimitChanges() {
        final GatewayConfig before = load();
        sample.replace("tenants.yaml", "tps: 2000", "tps: 2001");
        final GatewayConfig after = reload(before);
        assertThat(sharesRoutes(before, after)).isTrue();
        assertThat(after.routing().table().numbers())
                .isSameAs(before.routing().table().numbers());
        assertThat(after.routing().owners()).isSameAs(before.routing().owners());
        assertThat(after.billing()).isEqualTo(before.billing());
        assertThat(after.billing().orElseThrow().rates())
                .isSameAs(before.billing().orElseThrow().rates());
        assertThat(after.hash()).isNotEqualTo(before.hash());
    }

    @Test
    void rowsTakenOverGoByTheWindowsAndRulesOfTheNewConfiguration() {
        final GatewayConfig before = load();
        sample.replace("routing.yaml", "from: \"22:00\", to: \"06:00\"", "from: \"06:00\", to: \"22:00\"");
        sample.replace("routing.yaml", "\"4470\"", "\"4471\"");
        final GatewayConfig after = reload(before);
        assertThat(sharesRoutes(before, after)).isTrue();
        // 2026-11-21T12:00Z
        assertThat(told(before, "34600000001", 1_795_262_400)).contains("cost 30000");
        assertThat(told(after, "34600000001", 1_795_262_400)).contains("cost 10000");
        assertThat(told(before, "447012345678", 0)).isEqualTo("REJECTED");
        assertThat(told(after, "447012345678", 0)).contains("cost");
    }

    @Test
    void whateverTheRowsAreMadeOfMakesThemAnew() {
        final List<Runnable> edits = List.of(
                () -> sample.replace("routes.csv", "447,", "448,"),
                () -> sample.replace("routing.yaml", "alpha=70", "alpha=60"),
                () -> sample.replace("routing.yaml", "prepend: \"0\"", "prepend: \"1\""),
                () -> sample.replace("routing.yaml", "windows:", "windows:\n  day: {from: \"08:00\", to: \"20:00\"}"),
                () -> everywhere("name: beta", "name: aardvark", "beta", "aardvark"),
                () -> everywhere("group: marketing", "group: advertising", "@marketing", "@advertising"));
        for (final Runnable edit : edits) {
            write();
            final GatewayConfig before = load();
            edit.run();
            assertThat(sharesRoutes(before, reload(before))).isFalse();
        }
    }

    /** Another name, where it is given and where it is used. */
    private void everywhere(final String given, final String givenNow, final String used, final String usedNow) {
        for (final String file : List.of("tenants.yaml", "carriers.yaml")) {
            sample.write(file, sample.text(file).replace(given, givenNow));
        }
        for (final String file : List.of("routing.yaml", "routes.csv")) {
            sample.write(file, sample.text(file).replace(used, usedNow));
        }
    }

    @Test
    void ratesAreReadAnewWhereTheyOrTheSettingsChange() {
        final GatewayConfig before = load();
        sample.write("rates.csv", RATES.replace("0.04", "0.05"));
        final GatewayConfig dearer = reload(before);
        assertThat(dearer.billing()).isNotEqualTo(before.billing());
        sample.write("billing.yaml", "zone: Europe/Madrid\n");
        assertThat(reload(dearer).billing()).isNotEqualTo(dearer.billing());
    }

    @Test
    void mistakesInOtherFilesAreToldOfAllTheSame() {
        final GatewayConfig before = load();
        sample.replace("tenants.yaml", "tps: 2000", "tps: many");
        sample.replace("numbers.csv", "447700900123,acme", "447700900123,nobody");
        final LoadResult loaded = loader.reload(directory, directory, before);
        assertThat(loaded.report()).contains("tenants.yaml", "numbers.csv");
        assertThat(loaded.total()).isEqualTo(loader.load(directory).total());
    }

    /** One change after another, some of which the next one takes back. */
    @Test
    void afterAnyChangeAReloadComesToWhatReadingAllComesTo() {
        final long seed = Long.getLong("test.seed", System.nanoTime());
        final SplittableRandom random = new SplittableRandom(seed);
        final String[][] edits = {
            {"routes.csv", "447,newsletter,,alpha,,0.02", "447,newsletter,,beta|alpha,,0.02"},
            {"routes.csv", "*,,,@standard", "*,,,@premium"},
            {"routes.csv", "beta,night,0.01", "beta,night,0.07"},
            {"routing.yaml", "alpha=70;beta=30", "alpha=50;beta=50"},
            {"routing.yaml", "strip: 2", "strip: 1"},
            {"routing.yaml", "from: \"22:00\"", "from: \"20:00\""},
            {"routing.yaml", "windows:", "windows:\n  day: {from: \"08:00\", to: \"20:00\", zone: UTC}"},
            {"routing.yaml", "mode: least-cost", "mode: priority"},
            {"routing.yaml", "[\"4470\"]", "[\"4477\"]"},
            {"tenants.yaml", "tps: 2000", "tps: 1999"},
            {"tenants.yaml", "name: acme", "name: zenith"},
            {"numbers.csv", "34600000001,newsletter", "34600000002,newsletter"},
            {"rates.csv", "0.04", "0.05"},
            {"carriers.yaml", "name: alpha", "name: omega"},
        };
        GatewayConfig inForce = load();
        int shared = 0;
        for (int round = 0; round < 60; round++) {
            final String[] edit = edits[random.nextInt(edits.length)];
            turn(edit);
            final LoadResult whole = loader.load(directory);
            final LoadResult again = loader.reload(directory, directory, inForce);
            assertThat(again.config().isPresent())
                    .as("seed %d, %s", seed, again.report())
                    .isEqualTo(whole.config().isPresent());
            assertThat(again.total()).as("seed %d", seed).isEqualTo(whole.total());
            if (again.config().isPresent()) {
                final GatewayConfig next = again.config().get();
                shared += sharesRoutes(inForce, next) ? 1 : 0;
                same(seed, whole.config().orElseThrow(), next);
                inForce = next;
            } else {
                turn(edit);
            }
        }
        assertThat(shared).as("seed %d", seed).isGreaterThan(10);
    }

    /** Once so, once back; a name also where it is used. */
    private void turn(final String[] edit) {
        turn(edit[0], edit[1], edit[2]);
        if (edit[2].equals("name: zenith")) {
            List.of("numbers.csv", "limits.csv", "limits.yaml", "blocks.csv")
                    .forEach(file -> turn(file, "acme", "zenith"));
        } else if (edit[2].equals("name: omega")) {
            List.of("routes.csv", "routing.yaml", "rates.csv").forEach(file -> turn(file, "alpha", "omega"));
        }
    }

    private void turn(final String file, final String one, final String other) {
        final String text = sample.text(file);
        sample.write(file, text.contains(other) ? text.replace(other, one) : text.replace(one, other));
    }

    private static void same(final long seed, final GatewayConfig whole, final GatewayConfig reloaded) {
        assertThat(reloaded.hash()).as("seed %d", seed).isEqualTo(whole.hash());
        assertThat(reloaded.routing().contents())
                .as("seed %d", seed)
                .isEqualTo(whole.routing().contents());
        final ConfigDiff diff = ConfigDiff.between(whole, reloaded);
        assertThat(diff.same()).as("seed %d: %s", seed, diff).isTrue();
        for (final String number : List.of("34600000001", "447012345678", "447700900123", "15550100", "4912345678")) {
            for (int hour = 0; hour < 24; hour++) {
                final long second = 1_795_219_200 + 3600L * hour;
                assertThat(told(reloaded, number, second)).as("seed %d", seed).isEqualTo(told(whole, number, second));
            }
        }
        for (final Object owner : List.of("447700900123", "34600000001", "34600000002")) {
            final UnsafeBuffer digits = new UnsafeBuffer(owner.toString().getBytes(StandardCharsets.US_ASCII));
            assertThat(reloaded.routing().table().numbers().tenant(digits, 0, digits.capacity()))
                    .isEqualTo(whole.routing().table().numbers().tenant(digits, 0, digits.capacity()));
        }
        assertThat(reloaded.billing().orElseThrow().rates().size())
                .isEqualTo(whole.billing().orElseThrow().rates().size());
        assertThat(reloaded.billing().orElseThrow().hash())
                .isEqualTo(whole.billing().orElseThrow().hash());
    }

    /** The carriers that messages of each tenant and class are offered to, in words. */
    private static String told(final GatewayConfig config, final String number, final long second) {
        final UnsafeBuffer digits = new UnsafeBuffer(number.getBytes(StandardCharsets.US_ASCII));
        final RouteChoice choice = new RouteChoice();
        final List<String> told = new ArrayList<>();
        for (int tenant = 1; tenant <= 2; tenant++) {
            for (int messageClass = 1; messageClass <= 3; messageClass++) {
                final RouteQuery query =
                        new RouteQuery().message(tenant, messageClass, 7).at(second);
                config.routing().table().select(query, digits, 0, digits.capacity(), choice);
                final StringBuilder text = new StringBuilder(choice.outcome().name());
                for (int i = 0; i < choice.size(); i++) {
                    text.append(' ')
                            .append(choice.carrier(i))
                            .append(choice.handling(i))
                            .append(" cost ")
                            .append(config.routing()
                                    .table()
                                    .row(choice.row(i))
                                    .offer()
                                    .cost());
                }
                if (!told.contains(text.toString())) {
                    told.add(text.toString());
                }
            }
        }
        return String.join("; ", told);
    }
}
