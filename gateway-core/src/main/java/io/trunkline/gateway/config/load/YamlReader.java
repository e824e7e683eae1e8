package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.SYNTAX;
import static io.trunkline.gateway.config.ConfigProblem.Code.TOO_LARGE;

import io.trunkline.gateway.config.ConfigProblem.Code;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one YAML 1.2 document (core schema: {@code yes} is a word, not a truth value) from the parser's events, which
 * carry the places that a tree of values has lost. Depth and number of values are bounded, also those that aliases
 * repeat; a key that stands twice is a mistake.
 */
final class YamlReader {
    static final int MAX_DEPTH = 24;
    static final int MAX_VALUES = 500_000;

    /** Ends reading; the place and the words are in the problems already. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Place place;
        private final Code code;
        private final String remedy;

        Unreadable(final Place place, final Code code, final String message, final String remedy) {
            super(message, null, false, false);
            this.place = place;
            this.code = code;
            this.remedy = remedy;
        }
    }

    private record Anchored(JsonNode node, String pointer) {}

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private final ScalarResolver resolver = new CoreScalarResolver(false);
    private final SourceFile source;
    private final Problems problems;
    private final Map<String, Place> keys = new HashMap<>();
    private final Map<String, Place> values = new HashMap<>();
    private final Map<String, Anchored> anchors = new HashMap<>();
    private Iterator<Event> events;

    private YamlReader(final SourceFile source, final Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    static Optional<YamlTree> read(final SourceFile source, final Problems problems) {
        return new YamlReader(source, problems).read();
    }

    private Optional<YamlTree> read() {
        final LoadSettings settings = LoadSettings.builder()
                .setLabel(source.name())
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        try {
            events = new Parse(settings).parseString(source.text()).iterator();
            final JsonNode root = document();
            return Optional.of(new YamlTree(source, root, keys, values));
        } catch (Unreadable e) {
            problems.add(source.name(), e.place, e.code, e.getMessage(), e.remedy);
        } catch (MarkedYamlEngineException e) {
            final Place place = e.getProblemMark()
                    .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1))
                    .orElse(Place.START);
            final String context = e.getContext() == null ? "" : e.getContext() + ", ";
            problems.add(
                    source.name(),
                    place,
                    SYNTAX,
                    context + e.getProblem(),
                    "check indentation (spaces, no tabs), colons and quotes here and in the line before");
        } catch (YamlEngineException e) {
            problems.add(source.name(), Place.START, SYNTAX, e.getMessage(), "the file must be YAML 1.2 text");
        }
        return Optional.empty();
    }

    private JsonNode document() {
        JsonNode root = null;
        while (events.hasNext()) {
            final Event event = events.next();
            switch (event.getEventId()) {
                case DocumentStart -> {
                    if (root != null) {
                        throw new Unreadable(placeOf(event), SYNTAX, "a second document begins", "remove the `---`");
                    }
                    root = node(events.next(), "", 0);
                }
                default -> {}
            }
        }
        return root == null ? NODES.objectNode() : root;
    }

    private JsonNode node(final Event event, final String pointer, final int depth) {
        if (event instanceof AliasEvent alias) {
            return alias(alias, pointer, depth);
        }
        final Place place = placeOf(event);
        admit(place, pointer, depth);
        final JsonNode node;
        if (event instanceof ScalarEvent scalar) {
            node = scalar(scalar, place);
        } else if (event instanceof SequenceStartEvent) {
            node = list(pointer, depth);
        } else if (event instanceof MappingStartEvent) {
            node = block(pointer, depth);
        } else {
            throw new Unreadable(place, SYNTAX, "a value is missing", "complete the file");
        }
        if (event instanceof NodeEvent anchored && anchored.getAnchor().isPresent()) {
            anchors.put(anchored.getAnchor().get().getValue(), new Anchored(node, pointer));
        }
        return node;
    }

    private void admit(final Place place, final String pointer, final int depth) {
        if (depth > MAX_DEPTH) {
            throw new Unreadable(
                    place, TOO_LARGE, "blocks are nested more than " + MAX_DEPTH + " deep", "no key needs that");
        }
        if (values.size() >= MAX_VALUES) {
            throw new Unreadable(
                    place, TOO_LARGE, "the file has more than " + MAX_VALUES + " values", "use fewer, also by aliases");
        }
        values.put(pointer, place);
    }

    private JsonNode list(final String pointer, final int depth) {
        final ArrayNode list = NODES.arrayNode();
        for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
            list.add(node(e, YamlTree.child(pointer, list.size()), depth + 1));
        }
        return list;
    }

    private JsonNode block(final String pointer, final int depth) {
        final ObjectNode block = NODES.objectNode();
        for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
            if (!(e instanceof ScalarEvent key)) {
                throw new Unreadable(placeOf(e), SYNTAX, "a key must be a plain word", "write `key: value`");
            }
            final String child = YamlTree.child(pointer, key.getValue());
            final Place place = placeOf(e);
            if (block.has(key.getValue())) {
                problems.add(
                        source.name(),
                        place,
                        DUPLICATE_KEY,
                        "`" + key.getValue() + "` stands here already, in line "
                                + keys.get(child).line(),
                        "keep one of them");
                // Read under a pointer of its own, so that the first one keeps its places.
                node(events.next(), YamlTree.child(pointer, key.getValue() + "#" + place.line()), depth + 1);
                continue;
            }
            keys.put(child, place);
            block.set(key.getValue(), node(events.next(), child, depth + 1));
        }
        return block;
    }

    private JsonNode alias(final AliasEvent alias, final String pointer, final int depth) {
        final String name = alias.getAlias().getValue();
        final Anchored target = anchors.get(name);
        if (target == null) {
            throw new Unreadable(
                    placeOf(alias),
                    SYNTAX,
                    "`*" + name + "` names no anchor that ends before it",
                    "put `&" + name + "` on an earlier value");
        }
        repeat(target.node(), target.pointer(), pointer, placeOf(alias), depth);
        return target.node().deepCopy();
    }

    /** Gives the values under an alias their places, those of the anchor; counts them as if they were written out. */
    private void repeat(final JsonNode node, final String from, final String to, final Place place, final int depth) {
        admit(place, to, depth);
        values.put(to, values.get(from));
        for (int i = 0; i < node.size() && node.isArray(); i++) {
            repeat(node.get(i), YamlTree.child(from, i), YamlTree.child(to, i), place, depth + 1);
        }
        if (node.isObject()) {
            for (final String name : node.propertyNames()) {
                final String child = YamlTree.child(to, name);
                keys.put(child, keys.get(YamlTree.child(from, name)));
                repeat(node.get(name), YamlTree.child(from, name), child, place, depth + 1);
            }
        }
    }

    private JsonNode scalar(final ScalarEvent scalar, final Place place) {
        final String text = scalar.getValue();
        final String explicit = scalar.getTag().orElse(null);
        if (explicit != null && !explicit.equals(Tag.STR.getValue()) && !explicit.equals("!")) {
            throw new Unreadable(place, SYNTAX, "tags such as `" + explicit + "` have no use here", "remove the tag");
        }
        if (explicit != null || !scalar.isPlain()) {
            return NODES.stringNode(text);
        }
        final Tag tag = resolver.resolve(text, true);
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return NODES.booleanNode(text.equalsIgnoreCase("true"));
        }
        if (tag.equals(Tag.INT)) {
            return NODES.numberNode(integer(text));
        }
        final String digits = text.toLowerCase(Locale.ROOT);
        if (tag.equals(Tag.FLOAT) && !digits.contains("n")) {
            return NODES.numberNode(Double.parseDouble(digits));
        }
        // Also .inf and .nan, which no key takes.
        return NODES.stringNode(text);
    }

    private static BigInteger integer(final String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
    }

    private static Place placeOf(final Event event) {
        return event.getStartMark()
                .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(Place.START);
    }
}
