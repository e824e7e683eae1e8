package io.trunkline.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.admin.AdminServer;
import io.trunkline.gateway.admin.ConfigCommands;
import io.trunkline.gateway.admin.ConfigDesk;
import io.trunkline.gateway.config.history.ConfigDiff;
import io.trunkline.gateway.config.history.ConfigVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What those who change the configuration by command are told, and what their scripts see. */
class ConfigCommandsTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Applies everything, or refuses everything. */
    private record Desk(Optional<AdminRefusal> refusal) implements ConfigDesk {
        private Outcome outcome() throws AdminRefusal {
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            return new Outcome(17, "abc", true, new ConfigDiff(List.of()), Optional.empty(), Duration.ofNanos(310_000));
        }

        @Override
        public ConfigDiff diff(final Optional<Path> candidate) throws AdminRefusal {
            return outcome().diff();
        }

        @Override
        public Outcome apply(final Optional<Path> candidate, final Wishes wishes) throws AdminRefusal {
            return outcome();
        }

        @Override
        public Outcome rollback(final Optional<Integer> version, final String who) throws AdminRefusal {
            return outcome();
        }

        @Override
        public ConfigVersion confirm(final String who) throws AdminRefusal {
            return new ConfigVersion(outcome().version(), "abc", who, "", 0);
        }

        @Override
        public History history() {
            return new History(List.of(), Optional.empty());
        }
    }

    private int apply(final ConfigDesk desk) throws IOException {
        try (AdminServer server = new AdminServer(directory, ConfigCommands.of(desk))) {
            assertThat(server).isNotNull();
            return Trunkline.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute("apply", "--data", directory.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"invalid,2", "shrinks,4", "busy,4", "storage,4"})
    void aCandidateWithMistakesExitsWithTwoAndEveryOtherRefusalWithFour(final String code, final int exitCode)
            throws IOException {
        final AdminRefusal refusal = new AdminRefusal(code, "it was not applied", "do otherwise");

        assertThat(apply(new Desk(Optional.of(refusal)))).isEqualTo(exitCode);
        assertThat(err.toString()).contains("it was not applied").contains("do otherwise");
    }

    @Test
    void whatWasAppliedIsToldWithWhatItCostTheShard() throws IOException {
        assertThat(apply(new Desk(Optional.empty()))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("in force: version 17 (the shard stood still for 0.31 ms)");
    }
}
