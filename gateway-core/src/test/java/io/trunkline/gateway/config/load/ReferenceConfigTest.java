package io.trunkline.gateway.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.Bind;
import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.Carrier.DoubtPolicy;
import io.trunkline.gateway.config.Carrier.Reroute;
import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.config.MessageClass;
import io.trunkline.gateway.config.MessageProfile;
import io.trunkline.gateway.config.MessageProfile.Concatenation;
import io.trunkline.gateway.config.ReceiptProfile.IdForm;
import io.trunkline.gateway.config.Routing;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.engine.EngineLimits;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.upstream.Account;
import io.trunkline.gateway.upstream.Accounts;
import io.trunkline.gateway.upstream.binary.BinarySettings;
import io.trunkline.routing.Route.Share;
import io.trunkline.routing.RouteRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in {@code conf/} are the example that everyone starts from: they load, and mean what they say. */
class ReferenceConfigTest {
    private final LoadResult result = new ConfigLoader(SampleConfig.ENVIRONMENT::get).load(SampleConfig.REFERENCE);

    private GatewayConfig config() {
        assertThat(result.report()).isEmpty();
        return result.config().orElseThrow();
    }

    @Test
    void loadsWithoutAProblem() {
        assertThat(result.problems()).isEmpty();
        assertThat(config().hash()).matches("[0-9a-f]{64}");
        assertThat(config().version()).isZero();
    }

    @Test
    void gatewayTakesWhatIsWrittenAndDefaultsForTheRest() {
        final Gateway gateway = config().gateway();
        assertThat(gateway.name()).isEqualTo("trunkline-1");
        assertThat(gateway.data())
                .isEqualTo(Path.of("..", "data").toAbsolutePath().normalize());
        assertThat(gateway.idle()).isEqualTo(Gateway.Idle.BLOCK);
        assertThat(gateway.journal().durability()).isEqualTo(Durability.DISK);
        assertThat(gateway.journal().groupCommit().maxDelay()).isEqualTo(Duration.ofMillis(1));
        assertThat(gateway.journal().groupCommit().maxBytes().bytes()).isEqualTo(256 * 1024);
        assertThat(gateway.journal().space().allocateAhead().bytes()).isEqualTo(64L << 20);
        assertThat(gateway.upstream().binary().get(0).address()).hasToString("127.0.0.1:7400");
        assertThat(gateway.upstream().smpp().get(0).systemId()).isEqualTo("trunkline");
        assertThat(gateway.limits().lockout().duration()).isEqualTo(Duration.ofMinutes(5));
        assertThat(gateway.limits().maxFrame().intBytes()).isEqualTo(128 * 1024);
        assertThat(gateway.drain().limit()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatTheDaemonKeepsToIsWhatTheFilesSay() {
        final Gateway gateway = config().gateway();
        assertThat(EngineLimits.of(gateway, 1 << 20).failoverAfterMs()).isEqualTo(3_000);
        assertThat(BinarySettings.of(gateway).maxEventWindow())
                .isEqualTo(gateway.limits().eventWindow())
                .isEqualTo(10_000);
        final Map<String, Account> accounts = Accounts.binary(config().tenants(), name -> 1);
        assertThat(accounts.get("acme").maxSessions()).isEqualTo(20);
        assertThat(accounts.get("newsletter").maxSessions()).isEqualTo(200);
    }

    @Test
    void tenantsHaveTheirSecretsAndClasses() {
        final Tenant acme = config().tenant("acme").orElseThrow();
        assertThat(acme.tokens().get(0).matches("acme-token".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(acme.smpp().orElseThrow().systemId()).isEqualTo("acme");
        assertThat(acme.defaults().messageClass()).isEqualTo(MessageClass.TRANSACTIONAL);
        assertThat(acme.allow()).hasSize(2);
        final Tenant newsletter = config().tenant("newsletter").orElseThrow();
        assertThat(newsletter.defaults().messageClass()).isEqualTo(MessageClass.BULK);
        assertThat(newsletter.smpp()).isEmpty();
        assertThat(newsletter.group()).contains("marketing");
        assertThat(newsletter.defaults().validity()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void carriersHaveTheirBindsAndQuirks() {
        final Carrier alpha = config().carrier("alpha").orElseThrow();
        final Bind one = alpha.binds().get(0);
        assertThat(one.version()).isEqualTo(Bind.Version.V34);
        assertThat(one.tps()).isEqualTo(500.0);
        assertThat(one.tls()).isEmpty();
        assertThat(alpha.messages().sourceTon()).isEqualTo(MessageProfile.AUTO);
        assertThat(alpha.messages().dataCodings().ucs2()).isEqualTo(8);
        assertThat(alpha.inDoubt().of(MessageClass.OTP).policy()).isEqualTo(DoubtPolicy.WAIT_FOR_RECEIPT);

        final Carrier beta = config().carrier("beta").orElseThrow();
        assertThat(beta.binds().get(0).type().receives()).isFalse();
        assertThat(beta.messages().concatenation()).isEqualTo(Concatenation.UDH8);
        assertThat(beta.receipts().answerId()).isEqualTo(IdForm.HEX);
        assertThat(beta.receipts().timezone()).isEqualTo(ZoneId.of("Europe/Madrid"));
        assertThat(beta.inDoubt().of(MessageClass.OTP))
                .isEqualTo(new Carrier.Doubt(DoubtPolicy.FAIL, Duration.ofSeconds(30)));
        assertThat(beta.errors().commandStatus())
                .containsEntry(0x45, ErrorCode.CARRIER_QUEUE)
                .containsEntry(1035, ErrorCode.BLOCKED_BY_CARRIER);
        assertThat(beta.errors().err()).containsEntry("021", ErrorCode.ABSENT_SUBSCRIBER);
        assertThat(beta.errors().networkErrorCode()).containsEntry(3 << 16 | 27, ErrorCode.ABSENT_SUBSCRIBER);
    }

    @Test
    void theRetryRuleThatNamesTheErrorHoldsAndOthersRerouteWhereThatCanHelp() {
        final Carrier beta = config().carrier("beta").orElseThrow();
        assertThat(beta.retryFor(ErrorCode.CARRIER_THROTTLED).attempts()).isEqualTo(2);
        assertThat(beta.retryFor(ErrorCode.CARRIER_REFUSED_SENDER).reroute()).isEqualTo(Reroute.AT_ONCE);
        assertThat(beta.retryFor(ErrorCode.UNKNOWN_SUBSCRIBER).reroute()).isEqualTo(Reroute.NEVER);
        final Carrier.RetryRule standard =
                config().carrier("alpha").orElseThrow().retryFor(ErrorCode.CARRIER_QUEUE);
        assertThat(standard.delayBefore(2)).isEqualTo(Duration.ofSeconds(1));
        assertThat(standard.delayBefore(4)).isEqualTo(Duration.ofSeconds(5));
        assertThat(standard.delayBefore(99)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void routesHaveTheirTiersAndLines() {
        final Routing routing = config().routing();
        assertThat(routing.table().rowCount()).isEqualTo(4);
        final RouteRow any = routing.table().row(0);
        assertThat(any.prefix()).isEmpty();
        assertThat(any.place()).isEqualTo("routes.csv:4");
        assertThat(any.offer().route().tiers()).hasSize(1);
        assertThat(any.offer().route().tiers().get(0).shares())
                .containsExactly(
                        new Share(routing.names().carrierId("alpha"), 70),
                        new Share(routing.names().carrierId("beta"), 30));
        final RouteRow otp = routing.table().row(2);
        assertThat(otp.scope().messageClass()).isEqualTo(MessageClass.OTP.number());
        assertThat(otp.offer().route().tiers()).hasSize(2);
        assertThat(routing.names().tenant(routing.table().row(3).scope().tenant()))
                .isEqualTo("newsletter");
        assertThat(routing.owners()).hasSize(2);
    }

    @Test
    void theSamplesGiveNoWarning() {
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void commentsOrderOfKeysAndWrittenOutDefaultsDoNotChangeTheHash(@TempDir final Path directory) {
        final SampleConfig copy = new SampleConfig(directory);
        final String hash = copy.load().config().orElseThrow().hash();
        copy.replace("gateway.yaml", "idle: block\n", "# nothing\n");
        copy.replace("routing.yaml", "  minDigits: 7\n  maxDigits: 15\n", "  maxDigits: 15\n  minDigits: 7\n");
        copy.replace("gateway.yaml", "  failover: 3s\n", "  ping: 30s\n");
        copy.replace("gateway.yaml", "drain:\n  limit: 30s\n", "");
        assertThat(copy.load().config().orElseThrow().hash()).isEqualTo(hash);
        copy.replace("gateway.yaml", "ping: 30s", "ping: 31s");
        assertThat(copy.load().config().orElseThrow().hash()).isNotEqualTo(hash);
    }
}
