package io.trunkline.perf.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.perf.load.LoadPlan;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.report.Percentiles;
import io.trunkline.perf.report.Second;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;

class LiveScreenTest {
    private static final Second SECOND = new Second(
            12.0,
            1.0,
            true,
            1000,
            998,
            997,
            990,
            0,
            0,
            0,
            17,
            42,
            Map.of("answer", new Percentiles(997, 2100, 2000, 3000, 5000, 7000, 8000, 9000)),
            new Second.Generator(0.25, 0.2, 0.5, 0, 100),
            Map.of("journalLag", 7.0));

    @Test
    void showsRatesLatenciesAndTheGatewayAndLeavesTheTerminalAsItWas() throws Exception {
        final ByteArrayOutputStream shown = new ByteArrayOutputStream();
        final LoadRun role = LoadRun.of(LoadPlan.to("127.0.0.1", 1, "acme", "x").at(new Schedule.Constant(1000)));
        final Terminal terminal = new ExternalTerminal(
                "test", "xterm-256color", new ByteArrayInputStream(new byte[0]), shown, StandardCharsets.UTF_8);
        terminal.setSize(Size.of(100, 40));
        try (LiveScreen screen = new LiveScreen(List.of(role), 30, terminal)) {
            screen.phase("sending");
            screen.onSecond(SECOND, Map.of());
        }
        final String text = shown.toString(StandardCharsets.UTF_8);
        assertThat(text)
                .contains(
                        "0:12 of 0:30", "binary acme: constant 1,000/s", "998", "2.00 ms", "7.00 ms", "journal lag 7");
        // Into the other screen and out of it again.
        assertThat(text.indexOf("\u001b[?1049h")).isBetween(0, text.indexOf("\u001b[?1049l") - 1);
    }

    @Test
    void saysTheSameInALineWhereThereIsNoTerminal() {
        final StringWriter out = new StringWriter();
        try (PlainLines lines = new PlainLines(new PrintWriter(out))) {
            lines.onSecond(SECOND, Map.of());
        }
        assertThat(out.toString())
                .contains("12.0s", "sent     998", "in flight 17", "answer p50 2.00 ms p99 5.00 ms", "journal lag 7");
    }
}
