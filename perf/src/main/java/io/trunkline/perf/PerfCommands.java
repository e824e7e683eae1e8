package io.trunkline.perf;

import io.trunkline.gateway.cli.CommandProvider;
import io.trunkline.perf.bench.BenchCommand;
import io.trunkline.perf.bench.StressCommand;
import io.trunkline.perf.load.cli.LoadCommand;
import io.trunkline.perf.prove.ProveCommand;
import io.trunkline.perf.quickstart.QuickstartCommand;
import io.trunkline.perf.roles.CallerCommand;
import io.trunkline.perf.roles.EsmeCommand;
import io.trunkline.perf.roles.InboundCommand;
import io.trunkline.perf.sim.SimCommand;
import io.trunkline.perf.sim.TrunkCommand;
import io.trunkline.perf.soak.SoakCommand;
import java.util.List;
import picocli.CommandLine;

/** The commands of the harness, as part of {@code trunkline}. */
public final class PerfCommands implements CommandProvider {
    @Override
    public List<Object> commands() {
        return List.of(sim(), load(), new ProveCommand(), new QuickstartCommand());
    }

    private static CommandLine sim() {
        return new CommandLine(new SimCommand()).addSubcommand(new TrunkCommand());
    }

    /** Other roles than the gateway's own client are commands below {@code load}. */
    private static CommandLine load() {
        return new CommandLine(new LoadCommand())
                .addSubcommand(new EsmeCommand())
                .addSubcommand(new InboundCommand())
                .addSubcommand(new CallerCommand())
                .addSubcommand(new SoakCommand())
                .addSubcommand(new BenchCommand())
                .addSubcommand(new StressCommand());
    }
}
