package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.MessageClass;
import io.trunkline.gateway.config.MessageProfile;
import io.trunkline.gateway.config.ReceiptProfile;
import io.trunkline.gateway.config.ReceiptWish;
import io.trunkline.gateway.config.Tenant;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stand-ins for tenants and carriers that the journal knows and the config no longer has: they take nothing new, and what
 * they had open comes to its end.
 */
final class RetiredConfig {
    private static final Duration RECEIPT_TIMEOUT = Duration.ofDays(3);

    private RetiredConfig() {}

    static Tenant tenant(final String name) {
        return new Tenant(
                name,
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                0,
                0,
                0,
                0,
                1,
                new Tenant.Defaults(MessageClass.TRANSACTIONAL, Duration.ofHours(1), ReceiptWish.FINAL),
                Duration.ofHours(1),
                List.of(),
                Tenant.Destinations.ALL,
                Optional.empty());
    }

    static Carrier carrier(final String name) {
        final Carrier.Doubt fail = new Carrier.Doubt(Carrier.DoubtPolicy.FAIL, Duration.ZERO);
        return new Carrier(
                name,
                false,
                List.of(),
                List.of(),
                new MessageProfile(
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
                        false),
                new ReceiptProfile(
                        ReceiptProfile.IdForm.TEXT, ReceiptProfile.IdForm.TEXT, false, RECEIPT_TIMEOUT, ZoneOffset.UTC),
                List.of(),
                new Carrier.InDoubt(fail, fail, fail),
                new Carrier.Queue(0, 0),
                new Carrier.ErrorTables(Map.of(), Map.of(), Map.of(), Map.of(), Map.of()));
    }
}
