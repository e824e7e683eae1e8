package io.trunkline.gateway.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.SampleConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shard is bothered with what differs, and with nothing else. */
final class ChangeoverTest {
    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>(SampleConfig.ENVIRONMENT);
    private SampleConfig files;
    private GatewayConfig before;

    @BeforeEach
    void load() {
        files = new SampleConfig(directory);
        before = read();
    }

    private GatewayConfig read() {
        return new ConfigLoader(environment::get).load(directory).config().orElseThrow();
    }

    private Changeover changeover() {
        return Changeover.between(before, read());
    }

    @Test
    void otherRoutesConcernNoTenantAndNoCarrier() {
        files.replace("routes.csv", "34,,,alpha|beta", "34,,,beta");

        final Changeover next = changeover();

        assertThat(next.config().hash()).isNotEqualTo(before.hash());
        assertThat(next.tenants()).isEmpty();
        assertThat(next.carriers()).isEmpty();
        assertThat(next.gone()).isEmpty();
        assertThat(next.accounts()).isFalse();
        assertThat(next.limits()).isFalse();
        assertThat(next.blocks()).isFalse();
        assertThat(next.peers()).isFalse();
    }

    @Test
    void aTenantThatIsGoneMayNotComeInAnyMore() {
        files.write(
                "tenants.yaml",
                files.text("tenants.yaml") + "  - name: guest\n    tokens:\n      - ${env:TRUNKLINE_ACME_TOKEN}\n");

        final Changeover next = Changeover.between(read(), before);

        assertThat(next.tenants()).isEmpty();
        assertThat(next.accounts()).isTrue();
    }

    @Test
    void limitsAndBlockListsAreLookedAtByThemselves() {
        files.replace("blocks.csv", "complaints", "many complaints");

        assertThat(changeover().limits()).isFalse();
        assertThat(changeover().blocks()).isTrue();
    }

    @Test
    void aTenantThatDiffersIsTheOnlyOne() {
        files.replace("tenants.yaml", "tps: 2000", "tps: 3000");

        assertThat(changeover().accounts()).isTrue();
        assertThat(changeover().tenants()).extracting(Tenant::name).containsExactly("acme");
        assertThat(changeover().carriers()).isEmpty();
    }

    @Test
    void aSecretThatWasChangedInItsPlaceIsADifference() {
        environment.put("TRUNKLINE_BETA_PASSWORD", "another");

        assertThat(changeover().carriers()).extracting(Carrier::name).containsExactly("beta");
        assertThat(changeover().tenants()).isEmpty();
    }

    @Test
    void aCarrierUnderAnotherNameIsANewOneAndOneThatIsGone() {
        files.replace("carriers.yaml", "- name: beta", "- name: gamma");
        for (final String file : new String[] {"routes.csv", "routing.yaml"}) {
            files.write(file, files.text(file).replace("beta", "gamma"));
        }

        final Changeover next = changeover();

        assertThat(next.carriers()).extracting(Carrier::name).containsExactly("gamma");
        assertThat(next.gone()).extracting(Carrier::name).containsExactly("beta");
    }
}
