package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.OUT_OF_RANGE;

import io.trunkline.gateway.config.MessageProfile;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Turns a tree into records: a component takes the value of the key that bears its name. What a schema cannot check
 * (ranges of durations, blocks of addresses, files, secrets) is checked here. What cannot be bound gives null and leaves
 * a problem behind, here or in {@link SchemaCheck}; the rest is bound all the same, so that all mistakes come at once.
 */
final class Binder {
    private final YamlTree tree;
    private final Problems problems;
    private final ValueReader values;

    Binder(final YamlTree tree, final Problems problems, final ValueReader values) {
        this.tree = tree;
        this.problems = problems;
        this.values = values;
    }

    /** Binds the value at a pointer; null where it, or something in it, cannot be bound. */
    <T> T bind(final String pointer, final Class<T> type, final SchemaNode schema) {
        return type.cast(bind(tree.root().at(pointer), type, pointer, schema));
    }

    /** Binds the list at a pointer; null stands for each entry that cannot be bound. */
    <T> List<T> bindAll(final String pointer, final Class<T> type, final SchemaNode items) {
        final JsonNode list = tree.root().at(pointer);
        final List<T> bound = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            bound.add(bind(YamlTree.child(pointer, i), type, items));
        }
        return bound;
    }

    private Object bind(final JsonNode node, final Type type, final String pointer, final SchemaNode schema) {
        if (type instanceof ParameterizedType generic) {
            return bindGeneric(node, generic, pointer, schema);
        }
        final Class<?> plain = (Class<?>) type;
        if (plain.isRecord() && node.isObject()) {
            return bindRecord(node, plain, pointer, schema);
        }
        return node.isValueNode() && !node.isNull() ? bindValue(node, plain, pointer, schema) : null;
    }

    private Object bindGeneric(
            final JsonNode node, final ParameterizedType type, final String pointer, final SchemaNode schema) {
        final Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            if (node.isMissingNode()) {
                return Optional.empty();
            }
            final Object value = bind(node, arguments[0], pointer, schema);
            return value == null ? null : Optional.of(value);
        }
        if (type.getRawType() == List.class) {
            return node.isArray() ? bindList(node, arguments[0], pointer, schema) : null;
        }
        return node.isObject() ? bindMap(node, arguments, pointer, schema) : null;
    }

    private Object bindList(final JsonNode node, final Type type, final String pointer, final SchemaNode schema) {
        final SchemaNode items = schema.items().orElse(schema);
        final List<Object> list = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            list.add(bind(node.get(i), type, YamlTree.child(pointer, i), items));
        }
        return list.contains(null) ? null : list;
    }

    private Object bindMap(final JsonNode node, final Type[] types, final String pointer, final SchemaNode schema) {
        final Map<Object, Object> map = new LinkedHashMap<>();
        boolean whole = true;
        for (final String key : node.propertyNames()) {
            final String child = YamlTree.child(pointer, key);
            final Object value =
                    bind(node.get(key), types[1], child, schema.key(key).orElse(schema));
            final Object boundKey = types[0] == Integer.class ? number(key, child) : key;
            whole &= value != null && boundKey != null;
            if (whole && map.put(boundKey, value) != null) {
                problems.add(
                        tree.file(),
                        tree.keyAt(child),
                        BAD_VALUE,
                        "`" + key + "` stands here twice",
                        "keep one of them");
            }
        }
        return whole ? map : null;
    }

    /** A code of 32 bits: {@code 0x45}, {@code 1035}, or {@code 3/8} for a type in the upper half. */
    private Integer number(final String key, final String pointer) {
        try {
            final int slash = key.indexOf('/');
            if (slash >= 0) {
                final int type = Integer.parseInt(key.substring(0, slash));
                final int code = Integer.parseInt(key.substring(slash + 1));
                if (type > 0xFF || code > 0xFFFF) {
                    throw new NumberFormatException(key);
                }
                return type << 16 | code;
            }
            return key.startsWith("0x")
                    ? Integer.parseUnsignedInt(key.substring(2), 16)
                    : Integer.parseUnsignedInt(key);
        } catch (NumberFormatException e) {
            problems.add(
                    tree.file(),
                    tree.keyAt(pointer),
                    OUT_OF_RANGE,
                    "`" + key + "` is too large a code",
                    "a status has 32 bits; in type/code the type has 8 and the code 16");
            return null;
        }
    }

    private Object bindRecord(final JsonNode node, final Class<?> type, final String pointer, final SchemaNode schema) {
        final RecordComponent[] components = type.getRecordComponents();
        final Object[] arguments = new Object[components.length];
        boolean whole = true;
        for (int i = 0; i < components.length; i++) {
            final String key = keyOf(components[i], schema);
            final SchemaNode child = schema.key(key)
                    .orElseThrow(() -> new IllegalStateException(type + " has no key " + key + " in its schema"));
            arguments[i] = bind(node.path(key), components[i].getGenericType(), YamlTree.child(pointer, key), child);
            whole &= arguments[i] != null;
        }
        return whole ? construct(type, components, arguments) : null;
    }

    /** {@code class} is a word of Java; its component is called messageClass. */
    static String keyOf(final RecordComponent component, final SchemaNode schema) {
        final String name = component.getName();
        return name.equals("messageClass") && schema.keys().contains("class") ? "class" : name;
    }

    private static Object construct(final Class<?> type, final RecordComponent[] components, final Object[] arguments) {
        final Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            final Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot construct " + type, e);
        }
    }

    private Object bindValue(final JsonNode node, final Class<?> type, final String pointer, final SchemaNode schema) {
        if (type == int.class && node.isString()) {
            return node.stringValue().equals("auto") ? MessageProfile.AUTO : null;
        }
        if (type == int.class || type == Integer.class) {
            return node.isIntegralNumber() && node.canConvertToInt() ? node.intValue() : null;
        }
        if (type == double.class) {
            return node.isNumber() ? node.doubleValue() : null;
        }
        if (type == boolean.class) {
            return node.isBoolean() ? node.booleanValue() : null;
        }
        if (type == String.class) {
            return node.isString() ? node.stringValue() : null;
        }
        try {
            return values.read(node, type, schema);
        } catch (ValueReader.Unreadable e) {
            problems.add(
                    tree.file(),
                    tree.valueAt(pointer),
                    e.code(),
                    YamlTree.nameOf(pointer) + ": " + e.getMessage(),
                    e.remedy());
            return null;
        }
    }
}
