package io.trunkline.perf.roles;

import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.Schedule;
import io.trunkline.upstream.codec.MessageClass;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trunkline load esme}: an SMPP client against any message centre. */
@Command(
        name = "esme",
        description = "Loads any SMPP message centre as an ESME; latency counts from the intended send time.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  trunkline load esme --to 10.0.0.7:2775 --account acme:secret --rate 500 --for 60",
            "  trunkline load esme --to 127.0.0.1:2775 --account acme:secret --binds 4 --window 1000 --for 10",
            "  trunkline load esme --to 127.0.0.1:2775 --account acme:secret --count 1000 --ids hex-then-decimal --json",
            "",
            "Exit code: 0; 1 usage; 3 no bind; 4 answers or receipts are missing."
        })
public final class EsmeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--to", required = true, paramLabel = "HOST:PORT", description = "The message centre.")
    private String target;

    @Option(names = "--account", required = true, paramLabel = "SYSTEM_ID:PASSWORD", description = "Binds with it.")
    private String account;

    @Option(names = "--system-type", description = "system_type of the binds. Default: none.")
    private String systemType = "";

    @Option(names = "--binds", description = "Transceivers at once. Default: ${DEFAULT-VALUE}.")
    private int binds = 1;

    @Option(names = "--window", description = "Unanswered submits per bind. Default: ${DEFAULT-VALUE}.")
    private int window = 100;

    @Option(names = "--rate", paramLabel = "PER_SECOND", description = "Open loop at a constant rate.")
    private double rate;

    @Option(names = "--ramp", paramLabel = "FROM..TO", description = "Open loop, rate rising over the whole --for.")
    private String ramp;

    @Option(names = "--open", description = "Closed loop: most messages without receipt; 0: no limit. Default: 0.")
    private int open;

    @Option(names = "--for", paramLabel = "SECONDS", description = "How long to send. Default: ${DEFAULT-VALUE}.")
    private double seconds = 10;

    @Option(names = "--count", description = "Most messages.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--length", paramLabel = "FROM..TO", description = "Characters. Default: ${DEFAULT-VALUE}.")
    private String length = "40..140";

    @Option(names = "--alphabet", split = ",", description = "latin, german, cyrillic, arabic, cjk. Default: latin.")
    private List<String> alphabets = List.of("latin");

    @Option(names = "--destinations", split = ",", description = "Beginnings of destinations, most frequent first.")
    private List<String> prefixes = List.of("49151");

    @Option(names = "--from", description = "The sender. Default: ${DEFAULT-VALUE}.")
    private String from = "12025550100";

    @Option(names = "--no-receipts", description = "Ask for no receipts.")
    private boolean noReceipts;

    @Option(
            names = "--ids",
            description = "Message ids in answer and receipt: same, hex-then-decimal, decimal-then-hex. Default: same.")
    private String ids = "same";

    @Option(names = "--seed", description = "Seed of the mix. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--drain", paramLabel = "SECONDS", description = "Wait for receipts. Default: ${DEFAULT-VALUE}.")
    private double drain = 30;

    @Option(names = "--json", description = "Prints the summary as JSON and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        final EsmePlan plan;
        try {
            plan = plan();
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        try (EsmeRole role = new EsmeRole(plan)) {
            return new RoleConsole(
                            role,
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr(),
                            json)
                    .run(Duration.ofMillis((long) (drain * 1000)));
        }
    }

    private EsmePlan plan() {
        final int portAt = target.lastIndexOf(':');
        final int passwordAt = account.indexOf(':');
        if (portAt < 1 || passwordAt < 1) {
            throw new IllegalArgumentException("--to wants HOST:PORT, --account wants SYSTEM_ID:PASSWORD");
        }
        final long[] lengths = range(length);
        return new EsmePlan(
                target.substring(0, portAt),
                Integer.parseInt(target.substring(portAt + 1)),
                account.substring(0, passwordAt),
                account.substring(passwordAt + 1),
                systemType,
                binds,
                window,
                schedule(),
                new MessageMix.Shape(
                        seed,
                        (int) lengths[0],
                        (int) lengths[1],
                        alphabets.stream()
                                .map(name -> MessageMix.Alphabet.valueOf(name.toUpperCase(Locale.ROOT)))
                                .toList(),
                        List.of(MessageClass.TRANSACTIONAL),
                        prefixes),
                from,
                !noReceipts,
                open,
                EsmePlan.Ids.valueOf(ids.toUpperCase(Locale.ROOT).replace('-', '_')),
                count,
                Duration.ofMillis((long) (seconds * 1000)),
                Duration.ofSeconds(10),
                System.currentTimeMillis() % 10_000_000 * 1000);
    }

    private Schedule schedule() {
        if (ramp != null) {
            final long[] rates = range(ramp);
            return new Schedule.Ramp(rates[0], rates[1], seconds);
        }
        return rate > 0 ? new Schedule.Constant(rate) : new Schedule.Closed();
    }

    private static long[] range(final String text) {
        final String[] ends = text.split("\\.\\.", 2);
        return new long[] {Long.parseLong(ends[0].strip()), Long.parseLong(ends[ends.length - 1].strip())};
    }
}
