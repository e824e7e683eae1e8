package io.trunkline.gateway.admin;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Meters whose set changes with carriers, binds and tenants: values are set anew before each reading, and meters that
 * were not set are taken away.
 */
final class MeterTable {
    private record Key(String name, Tags tags) {}

    private static final class Cell {
        private volatile double value;
        private long generation;
        private Meter meter;
    }

    private final MeterRegistry registry;
    private final Map<Key, Cell> cells = new HashMap<>();
    private long generation;

    MeterTable(final MeterRegistry registry) {
        this.registry = registry;
    }

    void begin() {
        generation++;
    }

    void gauge(final String name, final String description, final double value, final String... tags) {
        set(name, description, value, false, tags);
    }

    void gauge(final String name, final String description, final long value, final String... tags) {
        set(name, description, (double) value, false, tags);
    }

    /** A value that only grows. */
    void counter(final String name, final String description, final long value, final String... tags) {
        set(name, description, (double) value, true, tags);
    }

    private void set(
            final String name,
            final String description,
            final double value,
            final boolean grows,
            final String... tags) {
        final Tags labels = Tags.of(tags);
        final Cell cell = cells.computeIfAbsent(new Key(name, labels), key -> {
            final Cell fresh = new Cell();
            fresh.meter = grows
                    ? FunctionCounter.builder(name, fresh, c -> c.value)
                            .description(description)
                            .tags(labels)
                            .register(registry)
                    : Gauge.builder(name, fresh, c -> c.value)
                            .description(description)
                            .tags(labels)
                            .register(registry);
            return fresh;
        });
        cell.value = value;
        cell.generation = generation;
    }

    /** Takes away what was not set since {@link #begin()}. */
    void end() {
        for (final Iterator<Cell> each = cells.values().iterator(); each.hasNext(); ) {
            final Cell cell = each.next();
            if (cell.generation != generation) {
                registry.remove(cell.meter);
                each.remove();
            }
        }
    }
}
