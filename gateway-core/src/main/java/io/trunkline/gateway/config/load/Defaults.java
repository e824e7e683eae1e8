package io.trunkline.gateway.config.load;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in what a file leaves out, from the defaults of its schema: there is no other place that knows them. */
final class Defaults {
    private Defaults() {}

    /** Fills a tree in place; what has the wrong type is left as it is. */
    static void fill(final JsonNode node, final SchemaNode schema) {
        if (node instanceof ObjectNode block) {
            for (final String key : schema.keys()) {
                schema.key(key)
                        .filter(child -> !block.has(key))
                        .flatMap(SchemaNode::defaultValue)
                        .ifPresent(value -> block.set(key, value.deepCopy()));
            }
            block.forEachEntry((key, value) -> schema.key(key).ifPresent(child -> fill(value, child)));
        } else if (node.isArray()) {
            schema.items().ifPresent(items -> node.forEach(entry -> fill(entry, items)));
        }
    }
}
