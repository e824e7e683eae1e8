package io.trunkline.gateway.config;

import java.util.Comparator;
import java.util.Locale;

/**
 * One mistake in a configuration.
 *
 * @param file name within the configuration directory
 * @param line from 1
 * @param column from 1, in characters
 * @param message what is wrong, without a secret in it
 * @param remedy what to do
 */
public record ConfigProblem(String file, int line, int column, Code code, String message, String remedy)
        implements Comparable<ConfigProblem> {
    private static final Comparator<ConfigProblem> ORDER = Comparator.comparing(ConfigProblem::file)
            .thenComparingInt(ConfigProblem::line)
            .thenComparingInt(ConfigProblem::column)
            .thenComparing(ConfigProblem::code)
            .thenComparing(ConfigProblem::message);

    /** Kind of mistake: stable names for scripts, listed in {@code docs/reference/configuration.md}. */
    public enum Code {
        FILE_MISSING("A file is not there or cannot be read."),
        TOO_LARGE("A file, its depth or its number of entries is beyond what is read."),
        ENCODING("A file is not UTF-8."),
        SYNTAX("A file is not YAML 1.2 or not CSV."),
        DUPLICATE_KEY("A key stands twice in one block."),
        UNKNOWN_KEY("A key, or a column, that does not exist."),
        MISSING_KEY("A key, or a column, that must be there."),
        WRONG_TYPE("A value of another type than the key wants."),
        OUT_OF_RANGE("A number, duration, size or list outside its limits."),
        BAD_VALUE("A value that cannot be read, or that contradicts another."),
        DUPLICATE_NAME("Two things with one name, address or number."),
        DUPLICATE_ROW("Two rows for the same case."),
        UNKNOWN_REFERENCE("A name that nothing bears."),
        INLINE_SECRET("A secret in the file itself."),
        SECRET_MISSING("A reference to a secret that is not there."),
        SECRET_EXPOSED("A secret file that others may read."),
        SHADOWED("A rule or a row that never gets its turn: what stands before it takes all its units.", true),
        NEVER_MATCHES("A rule, a row or a time that no unit can meet.", true),
        ALL_DISABLED("Carriers that are disabled, all of a route or the only one of a policy.", true),
        NO_BIND("A carrier of a route without a bind that sends.", true),
        BELOW_COST("A row that costs more than its units may cost.", true),
        IN_VAIN("A wait for what cannot come.", true),
        UNUSED("Something under a name that nothing speaks of.", true);

        private final String text;
        private final boolean warns;

        Code(final String text) {
            this(text, false);
        }

        Code(final String text, final boolean warns) {
            this.text = text;
            this.warns = warns;
        }

        /** Whether it can be applied all the same. */
        public boolean warns() {
            return warns;
        }

        /** One sentence for people. */
        public String text() {
            return text;
        }

        /** As printed: {@code unknown-key}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public int compareTo(final ConfigProblem other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:col: code: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + code + ": " + message;
    }
}
