package io.trunkline.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline drain}, {@code enable}, {@code disable}. */
final class CarrierCommands {
    private CarrierCommands() {}

    /** What the three have in common. */
    abstract static class CarrierCommand implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "CARRIER[/BIND]", description = "A carrier, or one bind of it.")
        private String target;

        @Mixin
        private DaemonOption daemon;

        @Mixin
        private JsonOption json;

        @Override
        public Integer call() {
            final int slash = target.indexOf('/');
            final ObjectNode arguments = JsonOption.object();
            arguments.put("carrier", slash < 0 ? target : target.substring(0, slash));
            if (slash >= 0) {
                arguments.put("bind", target.substring(slash + 1));
            }
            final JsonNode result = daemon.ask(spec.name(), arguments);
            if (json.wanted()) {
                JsonOption.print(spec.commandLine().getOut(), result);
            } else {
                final boolean changed = result.path("changed").asBoolean(false);
                spec.commandLine()
                        .getOut()
                        .println(spec.name() + " " + target + (changed ? ": done" : ": it was so already"));
                spec.commandLine().getOut().flush();
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "drain",
            description =
                    "A carrier or bind takes nothing new, finishes what is under way and stays bound for receipts.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {"  trunkline drain alpha", "  trunkline drain alpha/one"})
    static final class Drain extends CarrierCommand {}

    @Command(
            name = "enable",
            description = "Ends a drain or a disable.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {"  trunkline enable alpha", "  trunkline enable alpha/one"})
    static final class Enable extends CarrierCommand {}

    @Command(
            name = "disable",
            description = "A carrier or bind takes nothing new and unbinds once what is under way has ended.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {"  trunkline disable alpha", "  trunkline disable alpha/one"})
    static final class Disable extends CarrierCommand {}
}
