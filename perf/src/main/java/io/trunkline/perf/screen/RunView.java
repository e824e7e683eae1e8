package io.trunkline.perf.screen;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.report.RunRecorder;
import io.trunkline.perf.report.Second;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Shows the samples of a run as they come. */
public interface RunView extends RunRecorder.Listener, AutoCloseable {
    /** A word on what goes on now: {@code sending}, {@code waiting for last words}. */
    void phase(String text);

    /** Leaves the terminal as it was found. */
    @Override
    void close();

    /** Shows nothing, for output that a program reads. */
    static RunView none() {
        return new RunView() {
            @Override
            public void onSecond(final Second second, final Map<LoadStage, Histogram> stages) {
                // Nobody looks.
            }

            @Override
            public void phase(final String text) {
                // Nobody looks.
            }

            @Override
            public void close() {
                // Nothing was changed.
            }
        };
    }

    /** The live screen where there is a terminal that can show it, else a line a second. */
    static RunView on(final List<Role> roles, final double seconds, final PrintWriter out, final boolean plain) {
        if (!plain) {
            try {
                final Terminal terminal = TerminalBuilder.builder()
                        .system(true)
                        .dumb(true)
                        .nativeSignals(false)
                        .build();
                if (terminal.getType().startsWith(Terminal.TYPE_DUMB)
                        || terminal.getSize().getRows() < 12) {
                    terminal.close();
                } else {
                    return new LiveScreen(roles, seconds, terminal);
                }
            } catch (final IOException | IllegalStateException e) {
                return new PlainLines(out);
            }
        }
        return new PlainLines(out);
    }
}
