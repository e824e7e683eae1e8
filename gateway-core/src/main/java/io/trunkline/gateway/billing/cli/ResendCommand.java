package io.trunkline.gateway.billing.cli;

import io.trunkline.gateway.billing.cdr.CdrFiles;
import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trunkline cdr resend}. */
@Command(
        name = "resend",
        description = "Makes a file again, from the journal and its manifest, and says whether it is the same.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it is the same", "4:it is not: the rates are others by now, or the journal has lost records"
        })
final class ResendCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BillingOptions options;

    @Parameters(paramLabel = "SEQUENCE", description = "Number of the file.")
    private long sequence;

    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "Where its manifest is.")
    private Path directory;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            required = true,
            description = "Where the file goes: another directory.")
    private Path into;

    @Override
    public Integer call() throws IOException {
        if (into.toAbsolutePath().normalize().equals(directory.toAbsolutePath().normalize())) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "a file that was handed out is not written again in its place",
                    "give another --into");
        }
        final PrintWriter out = spec.commandLine().getOut();
        boolean found = false;
        boolean same = true;
        for (final JournalFiles shard : options.shards()) {
            final CdrFiles.Resent resent = new CdrFiles(directory).resend(shard, sequence, options.billing(), into);
            if (resent != null) {
                found = true;
                same &= resent.same();
                out.printf(
                        Locale.ROOT,
                        "%s: %d records, %s%n",
                        resent.file(),
                        resent.records(),
                        resent.same()
                                ? "the same as the first time"
                                : resent.sameRates()
                                        ? "NOT the same as the first time, with the same rates: trunkline journal verify"
                                        : "NOT the same as the first time: the rates have changed since");
            }
        }
        out.flush();
        if (!found) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    directory + " has no manifest of file " + sequence,
                    "trunkline cdr verify --dir " + directory + " says what is there");
        }
        return same ? ExitCode.OK : ExitCode.REFUSED;
    }
}
