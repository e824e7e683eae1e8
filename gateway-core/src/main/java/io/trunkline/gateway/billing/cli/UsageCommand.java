package io.trunkline.gateway.billing.cli;

import io.trunkline.gateway.billing.Usage;
import io.trunkline.gateway.billing.Usage.Totals;
import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.cli.JsonOption;
import io.trunkline.gateway.cli.Table;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.routing.rates.Micros;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline usage}. */
@Command(
        name = "usage",
        description = {
            "What tenants have used: messages that ended, segments and price by day, tenant and service.",
            "Read from the journal; works with and without a daemon. Days are those of billing.yaml's zone."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = "  trunkline usage --conf conf --from 2026-11-01 --tenant acme")
final class UsageCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BillingOptions options;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Only this tenant.")
    private String tenant;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        final BillingConfig billing = options.billing();
        final Usage usage = new Usage(
                billing,
                options.fromMs(billing.settings().zone()),
                options.toMs(billing.settings().zone()));
        for (final JournalFiles shard : options.shards()) {
            usage.names().ahead(shard);
            shard.read(usage)
                    .damaged()
                    .forEach(damage -> spec.commandLine().getErr().println(shard.name() + ": " + damage));
        }
        spec.commandLine().getErr().flush();
        final PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            JsonOption.print(out, json(usage));
        } else {
            out.print(table(usage));
        }
        out.flush();
        return ExitCode.OK;
    }

    private boolean wanted(final Usage.Key key) {
        return tenant == null || tenant.equals(key.tenant());
    }

    private String table(final Usage usage) {
        final Table table = new Table(
                List.of("DAY", "TENANT", "SERVICE", "MESSAGES", "SEGMENTS", "BILLED", "PRICE", "WITHOUT PRICE"));
        usage.totals().forEach((key, sum) -> {
            if (wanted(key)) {
                table.add(List.of(
                        key.day().toString(),
                        key.tenant(),
                        key.service(),
                        Long.toString(sum.units()),
                        Long.toString(sum.segments()),
                        Long.toString(sum.billed()),
                        price(sum),
                        Long.toString(sum.missing())));
            }
        });
        return table.toString();
    }

    private static String price(final Totals sum) {
        return sum.currency().isEmpty() ? "-" : Micros.text(sum.price()) + " " + sum.currency();
    }

    private ObjectNode json(final Usage usage) {
        final ObjectNode node = JsonOption.object();
        final ArrayNode list = node.putArray("usage");
        usage.totals().forEach((key, sum) -> {
            if (wanted(key)) {
                list.addObject()
                        .put("day", key.day().toString())
                        .put("tenant", key.tenant())
                        .put("service", key.service())
                        .put("messages", sum.units())
                        .put("segments", sum.segments())
                        .put("billed", sum.billed())
                        .put("price", Micros.text(sum.price()))
                        .put("currency", sum.currency())
                        .put("withoutPrice", sum.missing());
            }
        });
        return node;
    }
}
