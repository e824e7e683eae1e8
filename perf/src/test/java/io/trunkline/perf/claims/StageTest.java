package io.trunkline.perf.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.cli.Trunkline;
import io.trunkline.perf.prove.ProveContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageTest {
    @TempDir
    Path directory;

    /** A claim that failed because its own configuration is refused would say nothing about the gateway. */
    @ParameterizedTest
    @ValueSource(
            strings = {"usual", "power-cut", "disk-full", "in-doubt", "overload", "hostile", "throughput", "recovery"})
    void writesAConfigurationThatTheGatewayTakes(final String claim) {
        final StringWriter said = new StringWriter();
        try (ProveContext context = new ProveContext(directory, Map.of(), new PrintWriter(said))) {
            final Path conf = stage(claim, context).setup().write();
            final int exit = Trunkline.commandLine()
                    .setOut(new PrintWriter(said, true))
                    .setErr(new PrintWriter(said, true))
                    .execute("check", "--conf", conf.toString());
            assertThat(exit).as(said.toString()).isZero();
        }
    }

    private static Stage stage(final String claim, final ProveContext context) {
        return switch (claim) {
            case "in-doubt" -> InDoubt.stage(context);
            case "overload" -> Overload.stage(context);
            case "hostile" -> Hostile.stage(context);
            case "recovery" -> Recovery.stage(context);
            case "throughput" -> Throughput.stage(context, "disk");
            default -> {
                final Stage usual = Stage.usual(context, "disk");
                if ("power-cut".equals(claim)) {
                    usual.setup().journal(PowerCut.SPACE);
                } else if ("disk-full".equals(claim)) {
                    usual.setup().journal(DiskFull.SPACE);
                }
                yield usual;
            }
        };
    }
}
