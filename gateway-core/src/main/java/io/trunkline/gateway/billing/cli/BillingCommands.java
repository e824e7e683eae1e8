package io.trunkline.gateway.billing.cli;

import io.trunkline.gateway.cli.CommandProvider;
import java.util.List;

/** Adds {@code trunkline cdr}, {@code reconcile} and {@code usage}. */
public final class BillingCommands implements CommandProvider {
    @Override
    public List<Object> commands() {
        return List.of(new CdrCommand(), new ReconcileCommand(), new UsageCommand());
    }
}
