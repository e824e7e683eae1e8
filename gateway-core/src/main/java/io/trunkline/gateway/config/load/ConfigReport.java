package io.trunkline.gateway.config.load;

import io.trunkline.gateway.config.ConfigProblem;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes problems as a compiler would: place and message, the source line, a caret, the remedy. */
final class ConfigReport {
    // A line may hold a secret that should not be there, whatever the mistake is that the line is shown for.
    private static final Pattern SECRET = Pattern.compile("(?i)(pas|pw|tok|sec|cred|auth)[\\w-]*[\"']?\\s*[:=]\\s*");
    private static final int MAX_WIDTH = 160;

    private ConfigReport() {}

    static String of(final List<ConfigProblem> problems, final int more, final Map<String, ? extends Lines> sources) {
        final StringBuilder out = new StringBuilder();
        for (final ConfigProblem problem : problems) {
            out.append(problem).append('\n');
            final Lines source = sources.get(problem.file());
            final String line = source == null ? "" : source.line(problem.line());
            if (!line.isBlank()) {
                excerpt(out, problem, line);
            } else {
                out.append("       ").append(problem.remedy()).append('\n');
            }
        }
        if (more > 0) {
            out.append("… and ").append(more).append(" more\n");
        }
        return out.toString();
    }

    private static void excerpt(final StringBuilder out, final ConfigProblem problem, final String line) {
        final int at = Math.min(problem.column() - 1, line.length());
        final String shown = problem.code() == ConfigProblem.Code.INLINE_SECRET
                ? line.substring(0, at) + "***"
                : withoutSecret(line);
        final int from = at > MAX_WIDTH / 2 ? at - MAX_WIDTH / 2 : 0;
        final int to = Math.min(shown.length(), from + MAX_WIDTH);
        out.append(String.format("%6d | ", problem.line()));
        out.append(from < to ? shown.substring(from, to) : "").append('\n');
        out.append("       | ");
        for (int i = from; i < at; i++) {
            final char above = i < line.length() ? line.charAt(i) : ' ';
            if (!Character.isLowSurrogate(above)) {
                out.append(above == '\t' ? '\t' : ' ');
            }
        }
        out.append("^ ").append(problem.remedy()).append('\n');
    }

    private static String withoutSecret(final String line) {
        final Matcher matcher = SECRET.matcher(line);
        if (!matcher.find()) {
            return line;
        }
        final String value = line.substring(matcher.end()).replaceFirst("^[\\[\"' ]+", "");
        return value.isEmpty() || value.startsWith("${") || value.startsWith("#")
                ? line
                : line.substring(0, matcher.end()) + "***";
    }
}
