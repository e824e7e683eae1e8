package io.trunkline.gateway.cli;

import io.trunkline.gateway.daemon.RunCommand;
import io.trunkline.gateway.replay.cli.ReplayCommand;
import java.util.List;

/** The commands of the gateway itself. */
public final class CoreCommands implements CommandProvider {
    @Override
    public List<Object> commands() {
        return List.of(
                new RunCommand(),
                new CheckCommand(),
                new ConfigCommands.Diff(),
                new ConfigCommands.Apply(),
                new ConfigCommands.Confirm(),
                new ConfigCommands.Rollback(),
                new ConfigCommands.History(),
                new ExplainCommand(),
                new ShowCommand(),
                new TraceCommand(),
                new ReplayCommand(),
                new CarrierCommands.Drain(),
                new CarrierCommands.Enable(),
                new CarrierCommands.Disable(),
                new BlockCommand(),
                new NumbersCommand());
    }
}
