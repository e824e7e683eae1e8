package io.trunkline.gateway.billing.cli;

import io.trunkline.gateway.billing.Rerating;
import io.trunkline.gateway.billing.Rerating.Comparison;
import io.trunkline.gateway.billing.Rerating.Side;
import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.cli.JsonOption;
import io.trunkline.gateway.cli.Table;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.routing.rates.Micros;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline replay --rates}: what recorded messages would come to with other rates. */
public final class RateReplay {
    private final List<JournalFiles> shards;
    private final BillingConfig before;
    private final BillingConfig after;

    /**
     * A comparison.
     *
     * @param present directory of the rates in force
     * @param candidate directory of the others
     */
    public RateReplay(final List<JournalFiles> shards, final Path present, final Path candidate) {
        this.shards = shards;
        this.before = BillingOptions.load(present);
        this.after = BillingOptions.load(candidate);
    }

    /** Whose days the rates in force go by. */
    public ZoneId zone() {
        return before.settings().zone();
    }

    /**
     * Compares and prints.
     *
     * @param err takes what cannot be read of the journal
     * @param fromMs units accepted at this time or later, milliseconds since the epoch
     * @param toMs and before this
     * @return an exit code
     */
    public int run(
            final PrintWriter out, final PrintWriter err, final boolean json, final long fromMs, final long toMs) {
        final long begin = System.nanoTime();
        final Rerating.Result result;
        try {
            result = new Rerating(before, after, fromMs, toMs)
                    .run(shards, Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors())));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.USAGE, "interrupted", "");
        }
        result.damaged().forEach(damage -> err.println("damaged: " + damage));
        if (!result.damaged().isEmpty()) {
            err.printf(
                    Locale.ROOT,
                    "replay: %d records cannot be read; units among them are not in these sums%n",
                    result.damaged().stream().mapToLong(Damage::records).sum());
            err.flush();
        }
        final List<Comparison> lines = result.lines();
        final long ns = Math.max(1, System.nanoTime() - begin);
        final long units = lines.stream().mapToLong(Comparison::units).sum();
        if (json) {
            JsonOption.print(out, json(lines, units));
        } else {
            out.print(table(lines));
            missing(
                    out,
                    "the rates in force",
                    lines.stream().mapToLong(line -> line.before().missing()).sum());
            missing(
                    out,
                    "the other rates",
                    lines.stream().mapToLong(line -> line.after().missing()).sum());
            out.printf(
                    Locale.ROOT,
                    "%d units in %.1f s, %d a second%n",
                    units,
                    ns / 1e9,
                    Math.round(units * (double) TimeUnit.SECONDS.toNanos(1) / ns));
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void missing(final PrintWriter out, final String where, final long units) {
        if (units > 0) {
            out.printf(Locale.ROOT, "%d units have no price or no cost by %s%n", units, where);
        }
    }

    private static String table(final List<Comparison> lines) {
        final Table table = new Table(List.of(
                "TENANT",
                "CARRIER",
                "PREFIX",
                "UNITS",
                "SEGMENTS",
                "PRICE",
                "BY OTHER",
                "DIFFERENCE",
                "COST+FEE",
                "BY OTHER",
                "DIFFERENCE"));
        lines.forEach(line -> table.add(List.of(
                line.group().tenant(),
                line.group().carrier().isEmpty() ? "-" : line.group().carrier(),
                line.group().prefix().isEmpty() ? "no price" : line.group().prefix(),
                Long.toString(line.units()),
                Long.toString(line.segments()),
                amount(line.before().price(), line.before().priceCurrency()),
                amount(line.after().price(), line.after().priceCurrency()),
                difference(
                        line.before().price(),
                        line.after().price(),
                        line.before().priceCurrency(),
                        line.after().priceCurrency()),
                amount(charged(line.before()), line.before().costCurrency()),
                amount(charged(line.after()), line.after().costCurrency()),
                difference(
                        charged(line.before()),
                        charged(line.after()),
                        line.before().costCurrency(),
                        line.after().costCurrency()))));
        return table.toString();
    }

    private static long charged(final Side side) {
        return Math.addExact(side.cost(), side.fee());
    }

    private static String amount(final long micros, final String currency) {
        return currency.isEmpty() ? "-" : Micros.text(micros) + " " + currency;
    }

    /** Amounts in two currencies have no difference. */
    private static String difference(
            final long before, final long after, final String currencyBefore, final String currencyAfter) {
        final boolean comparable =
                currencyBefore.isEmpty() || currencyAfter.isEmpty() || currencyBefore.equals(currencyAfter);
        if (!comparable) {
            return "-";
        }
        final long difference = Math.subtractExact(after, before);
        return (difference > 0 ? "+" : "") + Micros.text(difference);
    }

    private ObjectNode json(final List<Comparison> lines, final long units) {
        final ObjectNode node = JsonOption.object()
                .put("units", units)
                .put("ratesSha256", before.hash())
                .put("otherRatesSha256", after.hash());
        final ArrayNode list = node.putArray("lines");
        lines.forEach(line -> {
            final ObjectNode each = list.addObject()
                    .put("tenant", line.group().tenant())
                    .put("carrier", line.group().carrier())
                    .put("prefix", line.group().prefix())
                    .put("units", line.units())
                    .put("segments", line.segments());
            side(each.putObject("inForce"), line.before());
            side(each.putObject("other"), line.after());
        });
        return node;
    }

    private static void side(final ObjectNode node, final Side side) {
        node.put("price", Micros.text(side.price()))
                .put("priceCurrency", side.priceCurrency())
                .put("cost", Micros.text(side.cost()))
                .put("fee", Micros.text(side.fee()))
                .put("costCurrency", side.costCurrency())
                .put("missing", side.missing());
    }
}
