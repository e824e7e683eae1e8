package io.trunkline.perf;

import io.trunkline.gateway.cli.CommandProvider;
import io.trunkline.perf.load.LoadCommand;
import io.trunkline.perf.prove.ProveCommand;
import io.trunkline.perf.quickstart.QuickstartCommand;
import io.trunkline.perf.sim.SimCommand;
import java.util.List;

/** The commands of the harness, as part of {@code trunkline}. */
public final class PerfCommands implements CommandProvider {
    @Override
    public List<Object> commands() {
        return List.of(new SimCommand(), new LoadCommand(), new ProveCommand(), new QuickstartCommand());
    }
}
