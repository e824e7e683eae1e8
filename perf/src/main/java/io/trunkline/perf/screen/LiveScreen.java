package io.trunkline.perf.screen;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.report.Percentiles;
import io.trunkline.perf.report.Second;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** A screen that is redrawn once a second. */
final class LiveScreen implements RunView {
    private static final int BARS = 60;
    private static final String LEVELS = " ▁▂▃▄▅▆▇█";
    private static final AttributedStyle SOFT = AttributedStyle.DEFAULT.faint();
    private static final AttributedStyle BOLD = AttributedStyle.DEFAULT.bold();
    private static final AttributedStyle GOOD = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle BAD = AttributedStyle.BOLD.foreground(AttributedStyle.RED);

    private final List<Role> roles;
    private final double seconds;
    private final Terminal terminal;
    private final Display display;
    private final List<Double> throughput = new ArrayList<>();
    private final List<Double> tail = new ArrayList<>();
    private String phase = "connecting";

    /** @param seconds that the sending is meant to last; at or above 1e8: nobody knows */
    LiveScreen(final List<Role> roles, final double seconds, final Terminal terminal) {
        this.roles = List.copyOf(roles);
        this.seconds = seconds;
        this.terminal = terminal;
        this.display = new Display(terminal, true);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    @Override
    public void phase(final String text) {
        phase = text;
    }

    @Override
    public void onSecond(final Second second, final Map<LoadStage, Histogram> stages) {
        final Size size = terminal.getSize();
        keep(throughput, second.ended() > 0 ? second.ended() : second.acknowledged());
        final Percentiles answer = second.stages().get(LoadStage.ACKNOWLEDGED.key());
        keep(tail, answer == null ? 0 : answer.p99());
        final List<AttributedString> lines = lines(second);
        display.resize(size);
        final List<AttributedString> shown = new ArrayList<>();
        for (int row = 0; row < size.getRows(); row++) {
            final AttributedString line = row < lines.size() ? lines.get(row) : AttributedString.EMPTY;
            shown.add(line.columnSubSequence(0, Math.max(1, size.getColumns() - 1)));
        }
        display.update(shown, 0);
    }

    private static void keep(final List<Double> values, final double value) {
        values.add(value);
        if (values.size() > BARS) {
            values.remove(0);
        }
    }

    private List<AttributedString> lines(final Second second) {
        final List<AttributedString> lines = new ArrayList<>();
        RoleCounts counts = RoleCounts.NONE;
        final Map<String, Long> errors = new TreeMap<>();
        for (final Role role : roles) {
            counts = counts.plus(role.counts());
            role.errors().forEach((what, count) -> errors.merge(what, count, Long::sum));
        }
        lines.add(new AttributedStringBuilder()
                .styled(BOLD, " trunkline load  ")
                .append(clock(second.at()))
                .append(seconds < 1e8 ? " of " + clock(seconds) : "")
                .append("  ")
                .styled(GOOD, phase)
                .toAttributedString());
        roles.stream().limit(3).forEach(role -> lines.add(plain(SOFT, "  " + role.name() + ": " + role.schedule())));
        lines.add(AttributedString.EMPTY);
        lines.add(plain(SOFT, "                    now/s            in all"));
        lines.add(rate("offered", second.offered(), -1));
        lines.add(rate("sent", second.sent(), counts.sent()));
        lines.add(rate("acknowledged", second.acknowledged(), counts.acknowledged()));
        lines.add(rate("ended", second.ended(), counts.ended()));
        lines.add(rate("received", second.received(), counts.received()));
        lines.add(new AttributedStringBuilder()
                .styled(
                        counts.refused() + counts.dropped() > 0 ? BAD : AttributedStyle.DEFAULT,
                        String.format(
                                Locale.ROOT,
                                "  refused %,d   dropped %,d   late %,d",
                                counts.refused(),
                                counts.dropped(),
                                counts.late()))
                .append(String.format(Locale.ROOT, "   in flight %,d   open %,d", second.inFlight(), second.open()))
                .toAttributedString());
        lines.add(AttributedString.EMPTY);
        lines.add(plain(
                SOFT,
                String.format(Locale.ROOT, "  %-22s%11s%11s%11s%11s", "last second", "p50", "p99", "p99.9", "max")));
        for (final LoadStage stage : LoadStage.values()) {
            final Percentiles us = second.stages().get(stage.key());
            if (us != null && us.count() > 0) {
                lines.add(new AttributedString(String.format(
                        Locale.ROOT,
                        "  %-22s%11s%11s%11s%11s",
                        stage.label(),
                        Percentiles.time(us.p50()),
                        Percentiles.time(us.p99()),
                        Percentiles.time(us.p999()),
                        Percentiles.time(us.max()))));
            }
        }
        lines.add(AttributedString.EMPTY);
        lines.add(bars("throughput", throughput, String.format(Locale.ROOT, "%,.0f/s", last(throughput))));
        lines.add(bars("answer p99", tail, Percentiles.time(last(tail))));
        lines.add(AttributedString.EMPTY);
        machines(second, lines);
        errors.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(6)
                .forEach(error -> lines.add(
                        plain(BAD, String.format(Locale.ROOT, "  %,10d  %s", error.getValue(), error.getKey()))));
        return lines;
    }

    private static void machines(final Second second, final List<AttributedString> lines) {
        lines.add(new AttributedString(String.format(
                Locale.ROOT,
                "  generator  CPU %.2f cores, busiest thread %.0f %%, GC %.0f ms/s; machine %.0f %% busy",
                second.generator().cpu(),
                second.generator().busiest() * 100,
                second.generator().gcMs(),
                second.generator().machine() * 100)));
        if (!second.gateway().isEmpty()) {
            lines.add(new AttributedString(String.format(
                    Locale.ROOT,
                    "  gateway    CPU %.2f cores, GC %.0f ms/s, journal lag %,.0f, queued %,.0f, open %,.0f, events %,.0f",
                    second.gateway().getOrDefault("cpu", 0.0),
                    second.gateway().getOrDefault("gcMs", 0.0),
                    second.gateway().getOrDefault("journalLag", 0.0),
                    second.gateway().getOrDefault("queued", 0.0),
                    second.gateway().getOrDefault("openUnits", 0.0),
                    second.gateway().getOrDefault("eventsPending", 0.0))));
        }
    }

    private static AttributedString rate(final String name, final double now, final long all) {
        return new AttributedString(String.format(Locale.ROOT, "  %-14s%,11.0f", name, now)
                + (all < 0 ? "" : String.format(Locale.ROOT, "%,18d", all)));
    }

    private static AttributedString bars(final String name, final List<Double> values, final String newest) {
        final double most =
                values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        final StringBuilder bars = new StringBuilder();
        for (final double value : values) {
            bars.append(LEVELS.charAt(most <= 0 ? 0 : (int) Math.ceil(value / most * (LEVELS.length() - 1))));
        }
        return new AttributedStringBuilder()
                .append(String.format(Locale.ROOT, "  %-12s", name))
                .styled(GOOD, bars)
                .append(" ")
                .append(newest)
                .toAttributedString();
    }

    private static double last(final List<Double> values) {
        return values.get(values.size() - 1);
    }

    private static AttributedString plain(final AttributedStyle style, final String text) {
        return new AttributedString(text, style);
    }

    private static String clock(final double at) {
        return String.format(Locale.ROOT, "%d:%02d", (long) at / 60, (long) at % 60);
    }

    @Override
    public void close() {
        terminal.puts(Capability.exit_ca_mode);
        terminal.puts(Capability.cursor_normal);
        terminal.flush();
        try {
            terminal.close();
        } catch (final IOException e) {
            // The terminal is gone: there is nobody left to tell.
            return;
        }
    }
}
