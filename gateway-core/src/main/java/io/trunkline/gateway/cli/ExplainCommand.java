package io.trunkline.gateway.cli;

import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.admin.RouteExplainer;
import io.trunkline.gateway.admin.RouteExplanations;
import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.LoadResult;
import io.trunkline.routing.Measurements;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline explain}. */
@Command(
        name = "explain",
        description = {
            "Why a unit would go where it goes: every rule and row on the way, as file:line, and the carriers in order.",
            "Asks the running daemon; with --conf the files of a directory, and then no daemon is needed."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  trunkline explain --to 447700900123 --tenant acme --class otp",
            "  trunkline explain --to 34600000001 --from INFO --at 2026-11-22T03:00:00+01:00",
            "  trunkline explain --to 34600000001 --conf ~/candidate --json | jq '.carriers'"
        })
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--to", paramLabel = "NUMBER", required = true, description = "Destination.")
    private String to;

    @Option(names = "--from", paramLabel = "SENDER", description = "Sender.", defaultValue = "")
    private String from;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Tenant.", defaultValue = "")
    private String tenant;

    @Option(
            names = "--class",
            paramLabel = "CLASS",
            description = "otp, transactional or bulk (default: ${DEFAULT-VALUE}).",
            defaultValue = "transactional")
    private String messageClass;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "message or call (default: ${DEFAULT-VALUE}).",
            defaultValue = "message")
    private String kind;

    @Option(
            names = "--content",
            paramLabel = "CONTENT",
            description = "gsm-text, unicode-text or binary, for rules that ask.",
            defaultValue = "")
    private String content;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "2026-11-22T03:00:00Z, or with an offset (default: now).",
            defaultValue = "")
    private String at;

    @Option(
            names = "--unit",
            paramLabel = "ID",
            description = "Draw as for this unit, among carriers that share by weight.",
            defaultValue = "0")
    private long unit;

    @Option(names = "--conf", paramLabel = "DIR", description = "Ask the files of this directory, without a daemon.")
    private Path conf;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of the daemon to ask (default: that of TRUNKLINE_CONF, or of conf).",
            defaultValue = "${env:TRUNKLINE_DATA}")
    private Path data;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        final ObjectNode arguments = JsonOption.object()
                .put("to", to)
                .put("from", from)
                .put("tenant", tenant)
                .put("class", messageClass)
                .put("kind", kind)
                .put("content", content)
                .put("unit", unit);
        if (!at.isEmpty()) {
            arguments.put("atMs", instant().toEpochMilli());
        }
        final JsonNode answer = conf == null ? DaemonOption.of(data).ask("explain", arguments) : fromFiles(arguments);
        final PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            JsonOption.print(out, answer);
        } else {
            tell(out, answer);
            out.flush();
        }
        return ExitCode.OK;
    }

    private Instant instant() {
        try {
            return at.endsWith("Z")
                    ? Instant.parse(at)
                    : OffsetDateTime.parse(at).toInstant();
        } catch (DateTimeException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--at " + at + " is no time", "write 2026-11-22T03:00:00Z or …+01:00");
        }
    }

    private JsonNode fromFiles(final ObjectNode arguments) {
        final LoadResult loaded = ConfigLoader.ofSystem().load(conf);
        final GatewayConfig config = loaded.config()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.CONFIG,
                        conf + " has " + loaded.total() + (loaded.total() == 1 ? " mistake" : " mistakes"),
                        "trunkline check --conf " + conf + " shows them"));
        final Map<String, String> states = config.carriers().stream()
                .filter(carrier -> !carrier.enabled())
                .collect(Collectors.toMap(Carrier::name, carrier -> "disabled"));
        try {
            return new RouteExplainer(config.routing(), Measurements.NONE, states)
                    .explain(RouteExplanations.question(arguments, Clock.systemUTC()));
        } catch (AdminRefusal e) {
            throw new CommandFailure(ExitCode.REFUSED, e.getMessage(), e.remedy());
        }
    }

    private static void tell(final PrintWriter out, final JsonNode answer) {
        final String sender = answer.path("from").asString("");
        final String tenant = answer.path("tenant").asString("");
        final String version = answer.path("version").asString("");
        out.println(answer.path("kind").asString() + " to " + answer.path("to").asString()
                + (sender.isEmpty() ? "" : " from " + sender)
                + (tenant.isEmpty() ? "" : ", tenant " + tenant)
                + ", class " + answer.path("class").asString()
                + ", at " + Instant.ofEpochMilli(answer.path("atMs").asLong())
                + (version.isEmpty() ? "" : ", version " + version));
        for (final JsonNode sentence : answer.path("traffic")) {
            out.println("  " + sentence.asString());
        }
        for (final JsonNode step : answer.path("steps")) {
            out.println("  " + step.asString());
        }
        for (final JsonNode carrier : answer.path("carriers")) {
            final String state = carrier.path("state").asString("");
            if (!state.isEmpty()) {
                out.println("  " + carrier.path("carrier").asString() + " is " + state);
            }
        }
        final JsonNode refused = answer.path("refused");
        if (refused.isObject()) {
            out.println("refused: " + refused.path("code").asString() + " "
                    + refused.path("name").asString() + ": "
                    + refused.path("text").asString());
        } else {
            out.println(destination(answer) + shares(answer.path("shares")));
        }
    }

    /** Those that can take it now, in order; where none can, those that it waits for. */
    private static String destination(final JsonNode answer) {
        final String able = carriers(answer, true);
        return able.isEmpty() ? "waits for " + carriers(answer, false) : "goes to " + able;
    }

    private static String carriers(final JsonNode answer, final boolean able) {
        return answer.path("carriers")
                .valueStream()
                .filter(carrier -> carrier.path("state").asString("").isEmpty() == able)
                .map(carrier -> carrier.path("carrier").asString())
                .collect(Collectors.joining(", then "));
    }

    /** Where the first carrier is drawn. */
    private static String shares(final JsonNode shares) {
        if (shares.size() < 2) {
            return "";
        }
        return shares.valueStream()
                .map(share -> share.path("carrier").asString() + " "
                        + Math.round(share.path("perMille").asInt() / 10.0) + " %")
                .collect(Collectors.joining(", ", "; of many like it first to ", ""));
    }
}
