package io.trunkline.perf.billing;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import tools.jackson.databind.JsonNode;

/** What each call detail record says, in 64 bits: to tell whether another copy of it, in another form, says the same. */
public final class CdrPrints {
    private static final long NONE = 0;
    private static final long BEGIN = 0xCBF2_9CE4_8422_2325L;
    private static final long PRIME = 0x100_0000_01B3L;

    private final Long2LongHashMap prints = new Long2LongHashMap(NONE);
    private final List<String> columns = new ArrayList<>();

    /** Takes a row of a file; all files have the same columns. */
    public void hear(final CdrRows.Row row) {
        if (columns.isEmpty()) {
            columns.addAll(row.columns());
        }
        long print = BEGIN;
        for (final String column : columns) {
            print = mixed(print, row.text(column));
        }
        prints.put(row.number("record"), print | 1);
    }

    /** Sequences of the journal records that the rows heard are of. */
    public Iterable<Long> records() {
        return prints.keySet();
    }

    /** Whether an event, its values in a member {@code data}, says what the row of this record says. */
    public boolean matches(final long record, final JsonNode event) {
        final JsonNode data = event.path("data");
        long print = BEGIN;
        for (final String column : columns) {
            print = mixed(print, data.path(column).asString(""));
        }
        return prints.get(record) == (print | 1);
    }

    private static long mixed(final long print, final String value) {
        long mixed = print;
        for (int i = 0; i < value.length(); i++) {
            mixed = (mixed ^ value.charAt(i)) * PRIME;
        }
        return (mixed ^ ',') * PRIME;
    }
}
