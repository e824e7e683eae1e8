package io.trunkline.gateway.replay.cli;

import io.trunkline.gateway.billing.cli.RateReplay;
import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.cli.JsonOption;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.history.ConfigHistory;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.LoadResult;
import io.trunkline.gateway.config.load.Quantities;
import io.trunkline.gateway.daemon.ConfiguredTraffic;
import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.gateway.replay.CandidateTraffic;
import io.trunkline.gateway.replay.ConfiguredRoutes;
import io.trunkline.gateway.replay.cli.JournalReplay.Reading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trunkline replay}. */
@Command(
        name = "replay",
        description = {
            "Routes recorded traffic by a candidate configuration and tells what would change: each carrier's share, the",
            "cost, units that would be refused. Reads the journal's files, with and without a daemon; changes nothing.",
            "A candidate is asked as if all of its carriers that are enabled were up and did well. Its block lists,",
            "permissions, rates and limits are held against the times at which units were accepted."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:what would change was told",
            "1:wrong usage, no journal, or no units in that time",
            "2:the candidate has mistakes: all of them are listed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  trunkline replay --route --conf ~/candidate                   all that the journal has",
            "  trunkline replay --route --conf ~/candidate --from 24h        the last day",
            "  trunkline replay --route --conf ~/candidate --from 2026-11-20 --to 2026-11-21 --top 50",
            "  trunkline replay --route --conf ~/candidate --json | jq .summary",
            "  trunkline replay --rates ~/other-rates --conf conf --from 2026-10-01 --to 2026-11-01"
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final int LISTED_AS_JSON = 10_000;

    @Spec
    private CommandSpec spec;

    /** What is replayed is said: there will be other answers to it. */
    @Option(names = "--route", description = "Replay the routing.")
    private boolean route;

    @Option(
            names = "--rates",
            paramLabel = "DIR",
            description = "Replay the rating: by the rates in this directory, beside those of --conf.")
    private Path rates;

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            description = "The candidate (default: ${DEFAULT-VALUE}).",
            defaultValue = "${env:TRUNKLINE_CONF:-conf}")
    private Path candidate;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of the daemon (default: the one that the candidate names).",
            defaultValue = "${env:TRUNKLINE_DATA}")
    private Path data;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Units accepted from then on: 2026-11-21T08:00:00Z, 2026-11-21 (UTC; with --rates of billing.yaml's zone), or"
                            + " 24h for the last day.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Units accepted before then.")
    private String to;

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "Lines of each list (default: ${DEFAULT-VALUE}).",
            defaultValue = "10")
    private int top;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final Instant now = Clock.systemUTC().instant();
        if (route == (rates != null)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "replay what?", "give --route for the routing, or --rates DIR for the rating");
        }
        final RateReplay rating = rates == null ? null : rating();
        final ZoneId zone = rating == null ? ZoneOffset.UTC : rating.zone();
        final long fromNs = ns(from, now, zone, Long.MIN_VALUE);
        final long toNs = ns(to, now, zone, Long.MAX_VALUE);
        if (fromNs >= toNs) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--to " + to + " is not after --from " + from, "name the earlier time first");
        }
        if (rating != null) {
            return rating.run(
                    out,
                    err,
                    json.wanted(),
                    TimeUnit.NANOSECONDS.toMillis(fromNs),
                    toNs == Long.MAX_VALUE ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.toMillis(toNs));
        }
        // Routing needs no secrets: who may not know them may replay all the same.
        final ConfigLoader loader = ConfigLoader.withoutSecrets();
        final LoadResult loaded = loader.load(candidate);
        if (loaded.config().isEmpty()) {
            out.print(loaded.report());
            out.println(candidate + ": " + loaded.total() + (loaded.total() == 1 ? " mistake" : " mistakes"));
            out.flush();
            return ExitCode.CONFIG;
        }
        final GatewayConfig config = loaded.config().get();
        final Reading reading = read(loader, config, fromNs, toNs, err);
        if (json.wanted()) {
            JsonOption.print(out, ReplayJson.of(reading, candidate.toString(), config.hash()));
        } else {
            out.print(ReplayText.of(
                    reading.result(), candidate + " (" + config.hash().substring(0, 12) + ")", Math.max(1, top)));
        }
        out.flush();
        report(reading, err);
        return ExitCode.OK;
    }

    private RateReplay rating() {
        final Path directory = data != null
                ? data
                : ConfigLoader.dataDirectory(candidate)
                        .orElseThrow(() -> new CommandFailure(
                                ExitCode.USAGE,
                                candidate.resolve("gateway.yaml") + " names no data directory",
                                "give the data directory of the daemon: --data DIR"));
        return new RateReplay(shards(directory), candidate, rates);
    }

    private static List<JournalFiles> shards(final Path directory) {
        final List<JournalFiles> shards = JournalFiles.in(directory);
        if (shards.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, directory + " has no journal", "give the data directory of the daemon: --data DIR");
        }
        return shards;
    }

    private Reading read(
            final ConfigLoader loader,
            final GatewayConfig config,
            final long fromNs,
            final long toNs,
            final PrintWriter err) {
        final Path directory = data != null ? data : config.gateway().data();
        final Reading reading;
        try {
            reading = new JournalReplay(shards(directory), err)
                    .read(
                            new ConfiguredRoutes(config, traffic(config, directory)),
                            new HistoryRoutes(new ConfigHistory(directory), loader, candidate),
                            fromNs,
                            toNs,
                            json.wanted() ? LISTED_AS_JSON : Math.max(1, top));
        } catch (final JournalException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, e.getMessage(), "may this user read it? trunkline journal verify says more");
        }
        if (reading.result().units() == 0) {
            report(reading, err);
            throw new CommandFailure(ExitCode.USAGE, nothing(reading), "widen --from and --to, or leave them out");
        }
        return reading;
    }

    private static CandidateTraffic traffic(final GatewayConfig config, final Path data) {
        final Map<String, Integer> tenants = new HashMap<>();
        config.routing().names().tenants().forEach(name -> tenants.put(name, tenants.size() + 1));
        try {
            return new CandidateTraffic(config, ConfiguredTraffic.of(config, data, tenants));
        } catch (final IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "a number file cannot be used: " + e.getMessage(), "build it again");
        }
    }

    private static String nothing(final Reading reading) {
        return reading.firstNs() == 0
                ? "the journal has no accepted unit"
                : "no unit was accepted in that time; the journal has units from " + Figures.time(reading.firstNs())
                        + " to " + Figures.time(reading.lastNs());
    }

    /** What the reader should know of the reading itself, apart from the report. */
    private static void report(final Reading reading, final PrintWriter err) {
        for (final Damage damage : reading.damaged()) {
            err.println("damaged: " + damage);
        }
        if (!reading.damaged().isEmpty()) {
            err.println("replay: " + Figures.count(reading.lost())
                    + " records cannot be read; units among them are not in these figures");
        }
        if (reading.result().undecodable() > 0) {
            err.println("replay: " + Figures.count(reading.result().undecodable())
                    + " records make no sense and were left out");
        }
        err.println("replay: " + Figures.count(reading.records()) + " records, "
                + Figures.count(reading.result().units()) + " units in " + Figures.seconds(reading.nanos()) + ", "
                + Figures.count(perSecond(reading)) + " units/s");
        err.flush();
    }

    private static long perSecond(final Reading reading) {
        final long micros = Math.max(1, TimeUnit.NANOSECONDS.toMicros(reading.nanos()));
        return reading.result().units() * TimeUnit.SECONDS.toMicros(1) / micros;
    }

    private static long ns(final String text, final Instant now, final ZoneId zone, final long otherwise) {
        if (text == null) {
            return otherwise;
        }
        final Instant time = instant(text, now, zone);
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    private static Instant instant(final String text, final Instant now, final ZoneId zone) {
        if (text.matches("[0-9]+(ms|s|m|h|d)")) {
            return now.minus(Quantities.duration(text));
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(zone).toInstant();
        } catch (final DateTimeParseException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "`" + text + "` is not a time",
                    "write 2026-11-21T08:00:00Z, 2026-11-21, or 24h for a day ago");
        }
    }
}
