package io.trunkline.gateway.billing;

import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.load.BillingLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory with rates for {@link BilledTraffic}. */
public final class BilledDirectory {
    public static final String HEADER = "kind,for,service,prefix,network,sender,currency,rate,from,to,version\n";

    public static final String RATES = HEADER
            + "price,*,mt,*,,,EUR,0.09,2026-01-01,,list-7\n"
            + "price,*,mt,44,,,EUR,0.04,2026-01-01,,list-7\n"
            + "price,acme,mt,44,,,EUR,0.035,2026-01-01,,acme-2\n"
            + "price,acme,mo,*,,,EUR,0.005,2026-01-01,,acme-2\n"
            + "cost,alpha,mt,44,,,EUR,0.021,2026-01-01,2026-11-21T12:30:00Z,alpha-11\n"
            + "cost,alpha,mt,44,,,EUR,0.022,2026-11-21T12:30:00Z,,alpha-12\n"
            + "cost,beta,mt,*,,,EUR,0.03,2026-01-01,,beta-1\n"
            + "cost,alpha,mo,*,,,EUR,0.001,2026-01-01,,alpha-11\n"
            + "fee,alpha,mt,44,,alphanumeric,EUR,0.0025,2026-01-01,,alpha-11\n";

    private BilledDirectory() {}

    /** Writes the rates and reads them back. */
    public static BillingConfig write(final Path directory) throws IOException {
        return write(directory, RATES, "");
    }

    public static BillingConfig write(final Path directory, final String rates, final String settings)
            throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("rates.csv"), rates);
        if (!settings.isEmpty()) {
            Files.writeString(directory.resolve("billing.yaml"), settings);
        }
        final BillingLoader.Result result = BillingLoader.load(directory);
        return result.config().orElseThrow(() -> new AssertionError(result.report()));
    }
}
