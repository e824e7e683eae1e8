package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.INLINE_SECRET;
import static io.trunkline.gateway.config.ConfigProblem.Code.MISSING_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.OUT_OF_RANGE;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.WRONG_TYPE;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.trunkline.gateway.config.ConfigProblem.Code;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Holds a file against its schema and says what does not fit in words that an operator can act on. */
final class SchemaCheck {
    private static final String HOME = "classpath:io/trunkline/gateway/config/schema/";
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDialect(dialect());
    private static final Map<String, String> TYPES = Map.of(
            "string", "text",
            "integer", "a whole number",
            "number", "a number",
            "boolean", "true or false",
            "array", "a list",
            "object", "a block of keys",
            "null", "nothing");

    private final YamlTree tree;
    private final SchemaNode schema;
    private final Problems problems;

    private SchemaCheck(final YamlTree tree, final SchemaNode schema, final Problems problems) {
        this.tree = tree;
        this.schema = schema;
        this.problems = problems;
    }

    /**
     * Reports all that does not fit.
     *
     * @param name of the schema: {@code gateway}, {@code tenants}, …
     */
    static void check(final String name, final YamlTree tree, final Problems problems) {
        final Schema validator = SCHEMAS.getSchema(SchemaLocation.of(HOME + name + ".json"));
        final SchemaCheck check = new SchemaCheck(tree, SchemaNode.of(name), problems);
        validator.validate(tree.root()).forEach(check::report);
    }

    private static Dialect dialect() {
        // Ranges of durations and sizes, which draft-07 cannot express: see Binder.
        return Dialect.builder(Dialects.getDraft7())
                .keyword(new NonValidationKeyword("x-minimum"))
                .keyword(new NonValidationKeyword("x-maximum"))
                .build();
    }

    private void report(final Error error) {
        final String pointer = error.getInstanceLocation().toString();
        switch (error.getKeyword()) {
            case "additionalProperties" -> unknownKey(pointer, error.getProperty());
            case "required" -> missingKey(pointer, error.getProperty());
            case "propertyNames" -> badKey(pointer, error.getProperty());
            default -> badValue(pointer, error);
        }
    }

    private void unknownKey(final String pointer, final String key) {
        final List<String> known = schema.at(pointer).map(SchemaNode::keys).orElse(List.of());
        add(
                tree.keyAt(YamlTree.child(pointer, key)),
                UNKNOWN_KEY,
                "`" + key + "` is not a key of " + place(pointer),
                Nearest.didYouMean(key, known, "keys here: " + String.join(", ", known)));
    }

    private void missingKey(final String pointer, final String key) {
        if (mistyped(pointer, key)) {
            return;
        }
        final String description = schema.at(YamlTree.child(pointer, key))
                .map(SchemaNode::description)
                .orElse("");
        add(
                tree.valueAt(pointer),
                MISSING_KEY,
                "`" + key + "` is missing in " + place(pointer),
                "add `" + key + ":`. " + description);
    }

    /** Whether an unknown key in the block is meant to be this one: then that is the mistake, and the only one. */
    private boolean mistyped(final String pointer, final String key) {
        final List<String> known = schema.at(pointer).map(SchemaNode::keys).orElse(List.of());
        return tree.root().at(pointer).propertyNames().stream()
                .filter(present -> !known.contains(present))
                .anyMatch(present ->
                        Nearest.to(present, known).filter(key::equals).isPresent());
    }

    private void badKey(final String pointer, final String key) {
        add(
                tree.keyAt(YamlTree.child(pointer, key)),
                BAD_VALUE,
                "`" + key + "` cannot be a key of " + place(pointer),
                description(pointer));
    }

    /** What the schema says of a value, or else of the list or block that it stands in. */
    private String description(final String pointer) {
        String at = pointer;
        String text = schema.at(at).map(SchemaNode::description).orElse("");
        while (text.isEmpty() && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
            text = schema.at(at).map(SchemaNode::description).orElse("");
        }
        return text;
    }

    private void badValue(final String pointer, final Error error) {
        final SchemaNode node = schema.at(pointer).orElse(schema);
        final JsonNode value = tree.root().at(pointer);
        final String name = YamlTree.nameOf(pointer);
        final Place place = tree.valueAt(pointer);
        if (node.definitionName().equals("secret") && value.isValueNode() && !value.isNull()) {
            final String remedy = "write ${env:NAME} or ${file:path} and put the secret there; it is not safe in a file"
                    + " that is shared, and this one should be changed";
            add(place, INLINE_SECRET, name + " is not a reference to a secret", remedy);
            return;
        }
        final JsonNode limit = error.getSchemaNode();
        switch (error.getKeyword()) {
            case "type" ->
                add(
                        place,
                        WRONG_TYPE,
                        name + " must be " + types(node) + ", not " + typeOf(value),
                        typeRemedy(node, value, pointer));
            case "enum" -> enumeration(name, place, value, limit);
            case "minimum", "maximum" ->
                add(
                        place,
                        OUT_OF_RANGE,
                        name + " is " + value.asString() + "; it must be " + range(node),
                        description(pointer));
            case "minItems" ->
                add(place, OUT_OF_RANGE, name + " needs at least " + limit + entries(limit), description(pointer));
            case "maxItems" ->
                add(
                        place,
                        OUT_OF_RANGE,
                        name + " has " + value.size() + " entries; at most " + limit + " are allowed",
                        description(pointer));
            case "minLength", "maxLength" ->
                add(
                        place,
                        OUT_OF_RANGE,
                        name + " is too " + (error.getKeyword().equals("minLength") ? "short" : "long"),
                        remedy(node, pointer));
            case "uniqueItems" -> add(place, BAD_VALUE, name + " has an entry twice", "keep one of them");
            default -> add(place, BAD_VALUE, name + " cannot be `" + shown(value) + "`", remedy(node, pointer));
        }
    }

    private void enumeration(final String name, final Place place, final JsonNode value, final JsonNode allowed) {
        final List<String> words = allowed.valueStream().map(JsonNode::asString).toList();
        final String oneOf = "one of: " + String.join(", ", words);
        add(
                place,
                BAD_VALUE,
                name + " cannot be `" + shown(value) + "`",
                value.isContainer() ? oneOf : Nearest.didYouMean(value.asString(), words, oneOf));
    }

    private void add(final Place place, final Code code, final String message, final String remedy) {
        problems.add(tree.file(), place, code, message, remedy);
    }

    private static String place(final String pointer) {
        return pointer.isEmpty() ? "this file" : YamlTree.nameOf(pointer);
    }

    private static String entries(final JsonNode count) {
        return count.asInt() == 1 ? " entry" : " entries";
    }

    private String remedy(final SchemaNode node, final String pointer) {
        return node.form().isEmpty() ? description(pointer) : node.form();
    }

    private static String types(final SchemaNode node) {
        final JsonNode type = node.annotation("type").orElseThrow();
        return type.isArray()
                ? type.valueStream().map(word -> TYPES.get(word.asString())).collect(Collectors.joining(" or "))
                : TYPES.get(type.asString());
    }

    private static String typeOf(final JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "a block of keys";
            case BOOLEAN -> "true or false";
            case NUMBER -> "the number " + value.asString();
            case NULL, MISSING -> "empty";
            default -> "the text `" + shown(value) + "`";
        };
    }

    private String typeRemedy(final SchemaNode node, final JsonNode value, final String pointer) {
        final String type = node.annotation("type").orElseThrow().asString("");
        if (type.equals("boolean") && value.isString()) {
            return "write true or false; yes, no, on and off are words in YAML 1.2";
        }
        if (type.equals("string") && value.isNumber()) {
            return "put it in quotes: \"" + value.asString() + "\". " + remedy(node, pointer);
        }
        if (value.isString() && value.stringValue().matches("[0-9.]+")) {
            return "write it without quotes";
        }
        return remedy(node, pointer);
    }

    private static String range(final SchemaNode node) {
        return node.annotation("minimum").map(JsonNode::asString).orElse("")
                + ".."
                + node.annotation("maximum").map(JsonNode::asString).orElse("");
    }

    private static String shown(final JsonNode value) {
        final String text = value.isValueNode() ? value.asString() : value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
