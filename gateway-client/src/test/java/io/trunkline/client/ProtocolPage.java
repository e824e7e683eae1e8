package io.trunkline.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/upstream-protocol.md states, read from the page. */
final class ProtocolPage {
    /** One message of section 5. */
    record Message(int template, int blockLength, List<Field> fields, List<String> data, String golden) {}

    record Field(int offset, int size, String name, String type, String nullBytes) {}

    static final Path PATH = Path.of("../docs/upstream-protocol.md");

    private static final Pattern TEMPLATE = Pattern.compile("Template (\\d+), block length (\\d+)\\.");
    private static final Pattern FIELD =
            Pattern.compile("\\| (\\d+) \\| (\\d+) \\| `(\\w+)` \\| ([^|]+) \\| ([^|]+) \\|.*");
    private static final Pattern DATA = Pattern.compile("\\| `(\\w+)` \\| (?:text|bytes) \\|.*");
    private static final Pattern VALUE = Pattern.compile("\\| (\\d+) \\| `?(\\w+)`? \\|");
    private static final Pattern GOLDEN = Pattern.compile("```golden (\\w+)\n([0-9a-f \n]+)```");

    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> enumerations = new LinkedHashMap<>();

    private ProtocolPage() throws IOException {
        for (final String section : Files.readString(PATH).split("\n### ", -1)) {
            final String name = section.substring(0, section.indexOf('\n'));
            final Matcher template = TEMPLATE.matcher(section);
            if (template.find()) {
                messages.put(name, message(section, template));
            } else {
                enumeration(name, section);
            }
        }
    }

    static ProtocolPage read() throws IOException {
        return new ProtocolPage();
    }

    Map<String, Message> messages() {
        return messages;
    }

    Map<String, Map<String, Integer>> enumerations() {
        return enumerations;
    }

    private static Message message(final String section, final Matcher template) {
        final List<Field> fields = new ArrayList<>();
        final List<String> data = new ArrayList<>();
        section.lines().forEach(line -> {
            final Matcher field = FIELD.matcher(line);
            final Matcher variable = DATA.matcher(line);
            if (field.matches()) {
                fields.add(new Field(
                        Integer.parseInt(field.group(1)),
                        Integer.parseInt(field.group(2)),
                        field.group(3),
                        field.group(4).replace("`", ""),
                        field.group(5).replace("`", "")));
            } else if (variable.matches()) {
                data.add(variable.group(1));
            }
        });
        final Matcher golden = GOLDEN.matcher(section);
        if (!golden.find()) {
            throw new AssertionError("no golden vector: " + section);
        }
        return new Message(
                Integer.parseInt(template.group(1)),
                Integer.parseInt(template.group(2)),
                fields,
                data,
                golden.group(2).replaceAll("\\s", ""));
    }

    private void enumeration(final String name, final String section) {
        final Map<String, Integer> values = new LinkedHashMap<>();
        section.lines()
                .map(VALUE::matcher)
                .filter(Matcher::matches)
                .forEach(value -> values.put(value.group(2), Integer.parseInt(value.group(1))));
        if (!values.isEmpty()) {
            enumerations.put(name, values);
        }
    }
}
