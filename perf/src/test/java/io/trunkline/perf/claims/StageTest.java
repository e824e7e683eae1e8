package io.trunkline.perf.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.cli.Trunkline;
import io.trunkline.perf.prove.ProveContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTest {
    @TempDir
    Path directory;

    /** A claim that failed because its own configuration is refused would say nothing about the gateway. */
    @Test
    void writesAConfigurationThatTheGatewayTakes() {
        final StringWriter said = new StringWriter();
        try (ProveContext context = new ProveContext(directory, Map.of(), new PrintWriter(said))) {
            final Path conf = Stage.usual(context, "disk").setup().write();
            final int exit = Trunkline.commandLine()
                    .setOut(new PrintWriter(said, true))
                    .setErr(new PrintWriter(said, true))
                    .execute("check", "--conf", conf.toString());
            assertThat(exit).as(said.toString()).isZero();
        }
    }
}
