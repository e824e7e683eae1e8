package io.trunkline.perf.load.cli;

import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets of a command line: where they come from, and how they stay out of reports. */
public final class Secrets {
    private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)}");
    private static final String HIDDEN = "***";

    private Secrets() {}

    /**
     * A secret as given, or of the environment.
     *
     * @throws IllegalArgumentException where that variable is not set
     */
    public static String resolve(final String text) {
        final Matcher matcher = ENVIRONMENT.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        final String value = System.getenv(matcher.group(1));
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(
                    "the environment has no " + matcher.group(1) + ", which " + text + " names");
        }
        return value;
    }

    /** A command line to print: what follows an option named like a secret is left out. */
    public static String withoutTokens(final String command, final List<String> arguments) {
        final StringJoiner line = new StringJoiner(" ");
        line.add(command);
        boolean secret = false;
        for (final String argument : arguments) {
            if (secret) {
                line.add(HIDDEN);
                secret = false;
                continue;
            }
            secret = argument.equals("--token") || argument.equals("--password");
            line.add(
                    argument.startsWith("--token=") || argument.startsWith("--password=")
                            ? argument.substring(0, argument.indexOf('=') + 1) + HIDDEN
                            : argument.matches("[A-Za-z0-9_./:=,+@%-]+") ? argument : "'" + argument + "'");
        }
        return line.toString();
    }
}
