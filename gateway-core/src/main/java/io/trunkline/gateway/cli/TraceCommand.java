package io.trunkline.gateway.cli;

import io.trunkline.gateway.config.load.Quantities;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline trace}. */
@Command(
        name = "trace",
        description =
                "Tells the whole story of a unit, or of the last units from or to a number, from the journal; a call's as a ladder.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  trunkline trace 379842003148931072       a unit by its id",
            "  trunkline trace 379842003148931072 --pcap call.pcap   and the SIP messages of a call",
            "  trunkline trace +447700900123            the last units from or to a number",
            "  trunkline trace 447700900123 --number --since 3d --limit 50"
        })
final class TraceCommand implements Callable<Integer> {
    /** A unit id of this century has more digits than an E.164 number. */
    private static final int MAX_NUMBER_DIGITS = 15;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "UNIT|NUMBER", description = "A unit id, or a number as in E.164.")
    private String subject;

    @Option(names = "--number", description = "It is a number (or another sender), whatever it looks like.")
    private boolean number;

    @Option(
            names = "--since",
            description = "How far to look back for a number (default: ${DEFAULT-VALUE}).",
            defaultValue = "24h")
    private String since;

    @Option(names = "--limit", description = "At most so many units (default: ${DEFAULT-VALUE}).", defaultValue = "10")
    private int limit;

    @Option(names = "--bodies", description = "Print message bodies too. They are the tenants', not yours.")
    private boolean bodies;

    @Option(
            names = "--pcap",
            paramLabel = "FILE",
            description =
                    "Write the SIP messages of a call that the daemon still has (`sip.capture`) to this file, too.")
    private Path pcap;

    @Mixin
    private DaemonOption daemon;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        final ObjectNode arguments = JsonOption.object();
        final boolean isNumber = number || !subject.matches("[0-9]{" + (MAX_NUMBER_DIGITS + 1) + ",20}");
        arguments.put(isNumber ? "number" : "unit", isNumber ? subject.replaceFirst("^\\+", "") : subject);
        arguments.put("sinceMs", lookBackMs()).put("limit", limit).put("bodies", bodies);
        final JsonNode result = daemon.ask("trace", arguments);
        final PrintWriter out = spec.commandLine().getOut();
        if (pcap != null) {
            capture(isNumber);
        }
        if (json.wanted()) {
            JsonOption.print(out, result);
        } else {
            print(out, result);
        }
        out.flush();
        if (result.path("stories").isEmpty()) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "the journal" + (isNumber ? " of the last " + since : "") + " has nothing about " + subject,
                    isNumber
                            ? "look further back with --since, up to journal.retention.keep"
                            : "see that it is a unit's id, and younger than journal.retention.keep");
        }
        return ExitCode.OK;
    }

    /** Closed to others: it says who called whom, and with which words. */
    private void capture(final boolean isNumber) {
        if (isNumber) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--pcap needs the id of one call", "trunkline trace NUMBER shows the ids");
        }
        final JsonNode answer = daemon.ask("pcap", JsonOption.object().put("unit", subject));
        try {
            if (!Files.exists(pcap)) {
                Files.createFile(
                        pcap, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(pcap, Base64.getDecoder().decode(answer.path("pcap").asString("")));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED, pcap + " cannot be written: " + e, "name a file in a directory of yours");
        }
        final PrintWriter err = spec.commandLine().getErr();
        err.println(answer.path("messages").asInt() + " messages written to " + pcap);
        err.flush();
    }

    private long lookBackMs() {
        try {
            return Quantities.duration(since).toMillis();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "`" + since + "` is not a duration", "write 30s, 5m, 72h or 7d");
        }
    }

    private static void print(final PrintWriter out, final JsonNode result) {
        for (final JsonNode story : result.path("stories")) {
            out.println(story.has("unit") ? "unit " + story.get("unit").asString() : "inbound");
            if (Ladder.fits(story.path("steps"))) {
                out.println("  " + story.path("steps").get(0).path("time").asString());
                out.print(Ladder.draw(story.path("steps")));
                continue;
            }
            for (final JsonNode step : story.path("steps")) {
                out.printf(
                        "  %s  %-12s %s%n",
                        step.path("time").asString(),
                        step.path("what").asString(),
                        step.path("says").asString());
                if (step.has("body")) {
                    out.println("      body: " + printable(step.get("body").asString()));
                }
            }
        }
    }

    /** A body must not steer the terminal. */
    private static String printable(final String body) {
        return body.replaceAll("\\p{Cntrl}", "·");
    }
}
