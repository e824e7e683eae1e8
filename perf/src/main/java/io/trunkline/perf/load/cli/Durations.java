package io.trunkline.perf.load.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations on the command line: {@code 30} and {@code 30s}, {@code 500ms}, {@code 2m}, {@code 2h}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]*\\.?[0-9]+)(ms|s|m|h)?");
    private static final double LONGEST_S = 30 * 86_400.0;

    private Durations() {}

    /**
     * Reads one above 0.
     *
     * @throws IllegalArgumentException naming the option
     */
    public static Duration parse(final String option, final String text) {
        final Matcher matcher = FORM.matcher(text.strip());
        if (matcher.matches()) {
            final double seconds = Double.parseDouble(matcher.group(1))
                    * switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
                        case "ms" -> 0.001;
                        case "m" -> 60;
                        case "h" -> 3600;
                        default -> 1;
                    };
            if (seconds > 0 && seconds <= LONGEST_S) {
                return Duration.ofNanos((long) (seconds * 1e9));
            }
        }
        throw new IllegalArgumentException(
                option + " wants a duration above 0 and up to 30 days, as 30, 500ms, 2m or 2h, not '" + text + "'");
    }
}
