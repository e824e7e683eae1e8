package io.trunkline.gateway.config.load;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A YAML file as a tree of values that knows where each of them, and each key, stands. Paths are JSON pointers. */
final class YamlTree {
    private final SourceFile source;
    private final JsonNode root;
    private final Map<String, Place> keys;
    private final Map<String, Place> values;

    YamlTree(
            final SourceFile source,
            final JsonNode root,
            final Map<String, Place> keys,
            final Map<String, Place> values) {
        this.source = source;
        this.root = root;
        this.keys = new HashMap<>(keys);
        this.values = new HashMap<>(values);
    }

    String file() {
        return source.name();
    }

    JsonNode root() {
        return root;
    }

    /** Where a value begins; for one that is not in the file, where the block begins that it would stand in. */
    Place valueAt(final String pointer) {
        String at = pointer;
        while (!values.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return values.getOrDefault(at, Place.START);
    }

    /** Where the character at an offset into a text stands, if the text stands in one line. */
    Place within(final String pointer, final int offset) {
        final Place place = valueAt(pointer);
        final String line = source.line(place.line());
        final int at = place.column() - 1;
        final boolean quoted = at < line.length() && (line.charAt(at) == '"' || line.charAt(at) == '\'');
        return new Place(place.line(), place.column() + offset + (quoted ? 1 : 0));
    }

    /** Where a key stands; for an entry of a list, where the entry begins. */
    Place keyAt(final String pointer) {
        final Place key = keys.get(pointer);
        return key == null ? valueAt(pointer) : key;
    }

    /** Child's pointer; RFC 6901 §3. */
    static String child(final String pointer, final String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    static String child(final String pointer, final int index) {
        return pointer + "/" + index;
    }

    /** What a message calls the thing at a pointer: its key, or the list's key for an entry of a list. */
    static String nameOf(final String pointer) {
        final String[] steps = pointer.split("/", -1);
        for (int i = steps.length - 1; i > 0; i--) {
            if (!steps[i].matches("\\d+")) {
                return "`" + steps[i].replace("~1", "/").replace("~0", "~") + "`";
            }
        }
        return "the file";
    }
}
