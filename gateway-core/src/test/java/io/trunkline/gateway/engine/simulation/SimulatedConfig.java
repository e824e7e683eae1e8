package io.trunkline.gateway.engine.simulation;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.MessageClass;
import io.trunkline.gateway.config.MessageProfile;
import io.trunkline.gateway.config.ReceiptProfile;
import io.trunkline.gateway.config.ReceiptWish;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.engine.ErrorCode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tenants and carriers for engines under test. */
public final class SimulatedConfig {
    private SimulatedConfig() {}

    public static Tenant tenant(final String name, final int maxOpen) {
        return new Tenant(
                name,
                true,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                0,
                1_000,
                10,
                maxOpen,
                1,
                new Tenant.Defaults(MessageClass.TRANSACTIONAL, Duration.ofSeconds(60), ReceiptWish.FINAL),
                Duration.ofDays(2),
                List.of("*"),
                Tenant.Destinations.ALL,
                Optional.empty());
    }

    public static Carrier carrier(final String name, final Carrier.DoubtPolicy policy, final int inMemory) {
        final Carrier.Doubt doubt = new Carrier.Doubt(
                policy, policy == Carrier.DoubtPolicy.WAIT_FOR_RECEIPT ? Duration.ofSeconds(3) : Duration.ZERO);
        return new Carrier(
                name,
                true,
                List.of(),
                List.of(),
                profile(),
                new ReceiptProfile(
                        ReceiptProfile.IdForm.TEXT,
                        ReceiptProfile.IdForm.TEXT,
                        false,
                        Duration.ofSeconds(20),
                        ZoneOffset.UTC),
                List.of(new Carrier.RetryRule(
                        List.of(ErrorCode.CARRIER_THROTTLED, ErrorCode.CARRIER_QUEUE, ErrorCode.CARRIER_SYSTEM_ERROR),
                        3,
                        List.of(Duration.ofMillis(50), Duration.ofMillis(200)),
                        Carrier.Reroute.AFTER_ATTEMPTS)),
                new Carrier.InDoubt(doubt, doubt, doubt),
                new Carrier.Queue(inMemory, 100_000),
                new Carrier.ErrorTables(Map.of(), Map.of(), Map.of(), Map.of(), Map.of()));
    }

    public static MessageProfile profile() {
        return new MessageProfile(
                MessageProfile.Alphabet.GSM7,
                List.of(),
                false,
                MessageProfile.Concatenation.UDH8,
                new MessageProfile.DataCodings(0, 3, 8, 4),
                MessageProfile.AUTO,
                MessageProfile.AUTO,
                MessageProfile.AUTO,
                MessageProfile.AUTO,
                "",
                "",
                "",
                MessageProfile.Validity.OMIT,
                10,
                false);
    }
}
