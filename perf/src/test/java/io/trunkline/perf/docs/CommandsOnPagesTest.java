package io.trunkline.perf.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.cli.Trunkline;
import io.trunkline.perf.claims.Claims;
import io.trunkline.perf.docs.Page.Piece;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.sim.CallSetting;
import io.trunkline.perf.sim.Setting;
import io.trunkline.perf.sim.SimSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Commands, options and claims on pages are there. */
class CommandsOnPagesTest extends PagesTest {
    private static final CommandLine COMMANDS = Trunkline.commandLine();
    private static final Set<String> OPTIONS_OF_CLAIMS = optionsOfClaims();
    /** Where a command begins in a span or in a line of a shell. */
    private static final Pattern COMMAND = Pattern.compile("(?<![\\w.-])(?:trunkline (?=[a-z-])|(?=prove [a-z-]))");

    @Test
    void everyCommandCanBeTypedAsItStands() {
        int seen = 0;
        for (final Page page : PAGES_OF_TODAY) {
            final List<Piece> candidates = new ArrayList<>(page.shellLines());
            page.spans().stream()
                    .filter(span -> span.text().matches("(?:scripts/)?(?:trunkline|prove) .*"))
                    .forEach(candidates::add);
            for (final Piece candidate : candidates) {
                for (final String command : commands(candidate.text())) {
                    seen++;
                    check(candidate.place(), command);
                }
            }
        }
        assertThat(seen).isGreaterThan(150);
    }

    private static List<String> commands(final String text) {
        final List<String> commands = new ArrayList<>();
        final Matcher command = COMMAND.matcher(text);
        while (command.find()) {
            commands.add(text.substring(command.end()));
        }
        return commands;
    }

    /** Parses a command without running it; {@code --help}, which each has, stands in for what it needs and does not say. */
    private void check(final String place, final String command) {
        final List<String> words = words(command);
        for (final String alternative :
                words.isEmpty() ? List.<String>of() : Arrays.asList(words.get(0).split("\\|", -1))) {
            final List<String> arguments = new ArrayList<>(words);
            arguments.set(0, alternative);
            arguments.remove("--help");
            try {
                final CommandLine.ParseResult parsed = COMMANDS.parseArgs(
                        Stream.concat(arguments.stream(), Stream.of("--help")).toArray(String[]::new));
                if (!parsed.hasSubcommand()) {
                    wrong(place, "no command in: " + command);
                }
            } catch (final ParameterException e) {
                wrong(place, command + ": " + e.getMessage());
            }
            checkSettings(place, arguments);
        }
    }

    private void checkSettings(final String place, final List<String> words) {
        final Set<String> keys = new HashSet<>();
        if (words.get(0).equals("sim")) {
            final Setting[] settings = words.contains("trunk") ? CallSetting.values() : SimSetting.values();
            Arrays.stream(settings).map(Setting::key).forEach(keys::add);
        } else if (words.get(0).equals("prove")) {
            if (words.size() > 1 && !words.get(1).startsWith("-") && !isClaim(words.get(1))) {
                wrong(place, "no claim " + words.get(1));
            }
            keys.addAll(OPTIONS_OF_CLAIMS);
        }
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i - 1).equals("--set")) {
                final String key = words.get(i).replaceFirst("=.*", "");
                if (!keys.contains(key)) {
                    wrong(place, "nothing can be --set as " + key);
                }
            }
        }
    }

    private static boolean isClaim(final String name) {
        return Claims.all().stream().map(Claim::name).anyMatch(name::equals);
    }

    /** What claims ask their context for, by their sources: they declare it nowhere else. */
    private static Set<String> optionsOfClaims() {
        final Set<String> keys = new HashSet<>();
        final Matcher asked = Pattern.compile("option\\(\\s*\"([\\w-]+)\"").matcher(sources("perf/src/main/java"));
        while (asked.find()) {
            keys.add(asked.group(1));
        }
        return keys;
    }

    /** The words of a command as a shell has them, as far as the command goes; what stands for anything is left out. */
    private static List<String> words(final String command) {
        final List<String> words = new ArrayList<>();
        final StringBuilder word = new StringBuilder();
        char quote = 0;
        for (final char c : (command + ' ').toCharArray()) {
            if (quote != 0 ? c == quote : c == '\'' || c == '"') {
                quote = quote == 0 ? c : 0;
            } else if (quote == 0 && c == ' ') {
                final String whole = word.toString();
                word.setLength(0);
                if (whole.matches("[#>|&;<].*")) {
                    return words;
                }
                final String bare = whole.replaceAll("^\\[|[];]$", "");
                final boolean isValue =
                        !words.isEmpty() && words.get(words.size() - 1).startsWith("--");
                if (!bare.isEmpty() && (isValue || !bare.matches("…|\\.\\.\\.?"))) {
                    words.add(bare.matches("N|UNIT") ? "1" : bare);
                }
                if (whole.endsWith(";")) {
                    return words;
                }
            } else {
                word.append(c);
            }
        }
        return words;
    }

    @Test
    void everyOptionBelongsToSomething() throws IOException {
        final Set<String> options = new HashSet<>();
        collectOptions(COMMANDS, options);
        final StringBuilder scripts =
                new StringBuilder(Files.readString(REPOSITORY.resolve("docs/examples/trunkline.py")));
        for (final String script : List.of("quickstart", "prove", "test")) {
            scripts.append(Files.readString(REPOSITORY.resolve("scripts").resolve(script)));
        }
        for (final Page page : PAGES_OF_TODAY) {
            for (final Piece span : page.spans()) {
                for (final String word : span.text().startsWith("--") ? words(span.text()) : List.<String>of()) {
                    final String option = word.replaceFirst("=.*", "");
                    if (option.startsWith("--") && !options.contains(option) && scripts.indexOf(option) < 0) {
                        wrong(span.place(), "no command has " + option);
                    }
                }
            }
        }
    }

    private static void collectOptions(final CommandLine command, final Set<String> options) {
        options.addAll(command.getCommandSpec().optionsMap().keySet());
        command.getSubcommands().values().forEach(each -> collectOptions(each, options));
    }

    /** A cell or sentence may go on with names alone: {@code `scripts/prove kill9`, `power-cut`}. */
    @Test
    void everyClaimIsNamedAndEveryNameIsAClaim() {
        final Set<String> named = new HashSet<>();
        final Pattern list = Pattern.compile("`scripts/prove ([a-z0-9-]+)[^`]*`((?:, `[a-z0-9-]+`)*)");
        for (final Page page : PAGES_OF_TODAY) {
            for (final Piece paragraph : page.paragraphs()) {
                final Matcher claims = list.matcher(paragraph.text());
                while (claims.find()) {
                    for (final String name :
                            (claims.group(1) + claims.group(2).replaceAll("[` ]", "")).split(",", -1)) {
                        named.add(name);
                        if (!name.startsWith("-") && !isClaim(name)) {
                            wrong(paragraph.place(), "no claim " + name);
                        }
                    }
                }
            }
        }
        Claims.all().stream()
                .map(Claim::name)
                .filter(name -> !named.contains(name))
                .forEach(name -> wrong("claim " + name, "no page says what scripts/prove shows by it"));
    }
}
