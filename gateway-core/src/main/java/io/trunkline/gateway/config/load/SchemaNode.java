package io.trunkline.gateway.config.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A place in one of our schemas, with references followed: {@code type} and its like come from the definition,
 * description and default from where the reference stands, if it has them.
 */
public final class SchemaNode {
    private static final String HOME = "/io/trunkline/gateway/config/schema/";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, JsonNode> FILES = new ConcurrentHashMap<>();

    private final String file;
    private final JsonNode local;
    private final JsonNode definition;
    private final String definitionName;

    private SchemaNode(
            final String file, final JsonNode local, final JsonNode definition, final String definitionName) {
        this.file = file;
        this.local = local;
        this.definition = definition;
        this.definitionName = definitionName;
    }

    /** The schema of a whole file: {@code gateway}, {@code tenants}, {@code carriers}, {@code routing}. */
    public static SchemaNode of(final String name) {
        return resolve(name + ".json", load(name + ".json"));
    }

    private static JsonNode load(final String file) {
        return FILES.computeIfAbsent(file, name -> {
            try (InputStream in = SchemaNode.class.getResourceAsStream(HOME + name)) {
                if (in == null) {
                    throw new IllegalStateException("no schema " + HOME + name + " on the class path");
                }
                return JSON.readTree(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static SchemaNode resolve(final String file, final JsonNode node) {
        if (!node.has("$ref")) {
            return new SchemaNode(file, node, node, "");
        }
        final String reference = node.get("$ref").stringValue();
        final int hash = reference.indexOf('#');
        final String target = hash == 0 ? file : reference.substring(0, hash);
        final JsonNode definition = load(target).at(reference.substring(hash + 1));
        return new SchemaNode(target, node, definition, reference.substring(reference.lastIndexOf('/') + 1));
    }

    /** Name of the definition that this refers to, such as {@code duration}; empty where it refers to none. */
    public String definitionName() {
        return definitionName;
    }

    /** Keys that a block may have, in the order of the schema; empty for what is not a block of fixed keys. */
    public List<String> keys() {
        final JsonNode properties = definition.get("properties");
        return properties == null ? List.of() : new ArrayList<>(properties.propertyNames());
    }

    /** What stands under a key. */
    public Optional<SchemaNode> key(final String key) {
        final JsonNode properties = definition.get("properties");
        final JsonNode child = properties == null ? null : properties.get(key);
        if (child != null) {
            return Optional.of(resolve(file, child));
        }
        final JsonNode additional = definition.get("additionalProperties");
        return additional != null && additional.isObject() ? Optional.of(resolve(file, additional)) : Optional.empty();
    }

    /** What the entries of a list are. */
    public Optional<SchemaNode> items() {
        return Optional.ofNullable(definition.get("items")).map(node -> resolve(file, node));
    }

    public boolean required(final String key) {
        final JsonNode required = definition.get("required");
        return required != null
                && required.valueStream().anyMatch(name -> name.stringValue().equals(key));
    }

    public Optional<JsonNode> defaultValue() {
        return annotation("default");
    }

    public String description() {
        return annotation("description").map(JsonNode::stringValue).orElse("");
    }

    /** What the definition says of the form of a value; empty where there is no definition. */
    public String form() {
        final JsonNode text = definition.get("description");
        return definitionName.isEmpty() || text == null ? "" : text.stringValue();
    }

    /** A keyword's value, from the reference or from the definition. */
    public Optional<JsonNode> annotation(final String keyword) {
        final JsonNode own = local.get(keyword);
        return Optional.ofNullable(own == null ? definition.get(keyword) : own);
    }

    /** The schema of the value at a JSON pointer below this. */
    Optional<SchemaNode> at(final String pointer) {
        SchemaNode node = this;
        final String[] steps = pointer.split("/", -1);
        for (int i = 1; i < steps.length; i++) {
            final String step = steps[i].replace("~1", "/").replace("~0", "~");
            final Optional<SchemaNode> child =
                    step.matches("\\d+") && node.items().isPresent() ? node.items() : node.key(step);
            if (child.isEmpty()) {
                return child;
            }
            node = child.get();
        }
        return Optional.of(node);
    }
}
