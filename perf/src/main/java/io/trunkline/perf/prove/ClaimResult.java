package io.trunkline.perf.prove;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of a claim: figures in the order of their telling, and what speaks against it. */
public final class ClaimResult {
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();

    /** Adds a figure. */
    public ClaimResult value(final String key, final Object value) {
        values.put(key, value);
        return this;
    }

    /** Adds a figure that must be zero. */
    public ClaimResult zero(final String key, final long value) {
        values.put(key, value);
        return require(value == 0, key + " is " + value + " and must be 0");
    }

    /** Something that must be so. */
    public ClaimResult require(final boolean holds, final String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
        return this;
    }

    public boolean holds() {
        return violations.isEmpty();
    }

    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    public List<String> violations() {
        return Collections.unmodifiableList(violations);
    }

    /** {@code key=value key=value …}. */
    public String line() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String text(final Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, Math.abs(number) < 100 ? "%.2f" : "%.0f", number);
        }
        return String.valueOf(value);
    }
}
