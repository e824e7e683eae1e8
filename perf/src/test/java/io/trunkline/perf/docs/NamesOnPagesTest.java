package io.trunkline.perf.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.perf.docs.Page.Block;
import io.trunkline.perf.docs.Page.Piece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Files, links, decisions, classes, figures and keys of the configuration on pages are there. */
class NamesOnPagesTest extends PagesTest {
    private static final List<String> MODULES =
            List.of("routing-tables", "smpp-bind", "sip-trunk", "gateway-client", "gateway-core", "perf");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern FILE = Pattern.compile(
            "(?:conf|docs|scripts|perf|gateway-\\w+|routing-tables|sip-trunk|smpp-bind)(?:/[\\w.-]+)+/?");
    private static final Pattern DECISIONS = Pattern.compile("[Dd]ecisions? (\\d{3}(?:(?:, | and )\\d{3})*)");
    /** A class with its package, {@code calls.LiveCall}, or a name of several words; perhaps with a method. */
    private static final Pattern CLASS = Pattern.compile(
            "((?:[a-z]+[.])+[A-Z][a-z]\\w*|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+)(?:[.][a-z]\\w*(?:\\(\\))?)?");
    /** Of other libraries. */
    private static final Set<String> STRANGERS = Set.of("Long2LongHashMap");

    private static final Pattern FIGURE =
            Pattern.compile("((?:calls|inbound|journal|limits|media|sip|trunk)(?:[.][a-z]+)+)(?:\\{\\w+})?");

    @Test
    void everyLinkLeadsSomewhere() {
        for (final Page page : PAGES) {
            for (final Piece paragraph : page.paragraphs()) {
                final Matcher link = LINK.matcher(paragraph.text());
                while (link.find()) {
                    final String[] target = link.group(1).split("#", -1);
                    if (target[0].startsWith("http")) {
                        continue;
                    }
                    final Path file = target[0].isEmpty()
                            ? page.file()
                            : page.file().resolveSibling(target[0]).normalize();
                    if (!Files.exists(file)
                            || (target.length > 1 && !Page.at(REPOSITORY, file).hasAnchor(target[1]))) {
                        wrong(paragraph.place(), "nothing is at " + link.group(1));
                    }
                }
            }
        }
    }

    @Test
    void everyFileOfTheRepositoryIsThere() {
        for (final Page page : PAGES_OF_TODAY) {
            for (final Piece span : page.spans()) {
                final String path = span.text().replaceFirst(" .*", "");
                if (FILE.matcher(path).matches() && !Files.exists(REPOSITORY.resolve(path))) {
                    wrong(span.place(), "no file " + path);
                }
            }
        }
    }

    @Test
    void everyDecisionIsWrittenDown() throws IOException {
        final Set<String> written = new HashSet<>();
        try (Stream<Path> files = Files.list(REPOSITORY.resolve("docs/decisions"))) {
            files.map(file -> file.getFileName().toString().substring(0, 3)).forEach(written::add);
        }
        for (final Page page : PAGES) {
            for (final Piece paragraph : page.paragraphs()) {
                final Matcher decisions = DECISIONS.matcher(paragraph.text());
                while (decisions.find()) {
                    for (final String number : decisions.group(1).split(", | and ", -1)) {
                        if (!written.contains(number)) {
                            wrong(paragraph.place(), "no decision " + number);
                        }
                    }
                }
            }
        }
    }

    @Test
    void everyDecisionHasANumberOfItsOwn() throws IOException {
        final Set<String> numbers = new HashSet<>();
        try (Stream<Path> files = Files.list(REPOSITORY.resolve("docs/decisions"))) {
            for (final Path file : (Iterable<Path>) files::iterator) {
                final String name = file.getFileName().toString();
                final String number = name.substring(0, 3);
                if (!numbers.add(number)) {
                    wrong(name, "another decision has this number");
                }
                if (!Files.readString(file).startsWith("# " + number + ": ")) {
                    wrong(name, "its title has another number");
                }
            }
        }
    }

    /** Classes, records of the journal, messages of the upstream protocol. */
    @Test
    void everyClassIsThere() throws IOException {
        final Set<String> classes = new HashSet<>();
        for (final String module : MODULES) {
            try (Stream<Path> files = Files.walk(REPOSITORY.resolve(module).resolve("src"))) {
                files.map(Path::toString)
                        .filter(file -> file.endsWith(".java"))
                        .map(file -> "."
                                + file.substring(0, file.length() - ".java".length())
                                        .replace('/', '.'))
                        .forEach(classes::add);
            }
        }
        final String schemas = Files.readString(REPOSITORY.resolve("gateway-core/src/main/resources/journal.xml"))
                + Files.readString(REPOSITORY.resolve("gateway-client/src/main/resources/upstream.xml"));
        for (final Page page : PAGES_OF_TODAY) {
            for (final Piece span : page.spans()) {
                final Matcher named = CLASS.matcher(span.text());
                if (named.matches()
                        && classes.stream().noneMatch(each -> each.endsWith("." + named.group(1)))
                        && !schemas.contains("name=\"" + named.group(1) + "\"")
                        && !STRANGERS.contains(named.group(1))) {
                    wrong(span.place(), "no class, record or message " + span.text());
                }
            }
        }
    }

    // ---- figures and keys ----

    @Test
    void everyFigureIsCounted() throws IOException {
        final StringBuilder sources = new StringBuilder();
        MODULES.forEach(module -> sources.append(sources(module + "/src/main/java")));
        final String counted = sources.toString();
        final ConfigKeys keys = keys();
        for (final Page page : PAGES_OF_TODAY) {
            for (final Piece span : page.spans()) {
                final Matcher figure = FIGURE.matcher(span.text());
                if (figure.matches()
                        && !counted.contains("\"" + figure.group(1) + "\"")
                        && !keys.contains(figure.group(1))) {
                    wrong(span.place(), "no figure and no key " + figure.group(1));
                }
            }
        }
    }

    /** Keys of the configuration with their paths, by the reference that is made from the schemas. */
    private static ConfigKeys keys() throws IOException {
        final Set<String> keys = new TreeSet<>();
        for (final String line : Files.readAllLines(REPOSITORY.resolve("docs/reference/configuration.md"))) {
            final Matcher row = Pattern.compile("\\| `([\\w.\\[\\]]+)` \\|.*").matcher(line);
            if (row.matches()) {
                keys.add(row.group(1));
            }
        }
        return new ConfigKeys(keys);
    }

    /** Examples may show any part of a file, from any key on. */
    @Test
    void everyKeyOfAnExampleIsInTheReference() throws IOException {
        final ConfigKeys keys = keys();
        int seen = 0;
        for (final Page page : PAGES_OF_TODAY) {
            for (final Block block : page.blocks()) {
                if (block.language().equals("yaml")) {
                    seen++;
                    final Object example = new Load(LoadSettings.builder().build()).loadFromString(block.text());
                    final Set<String> unknown = keys.unknown(example);
                    if (!unknown.isEmpty()) {
                        wrong(block.lines().get(0).place(), "not in docs/reference/configuration.md: " + unknown);
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(10);
    }
}
