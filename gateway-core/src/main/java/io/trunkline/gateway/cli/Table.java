package io.trunkline.gateway.cli;

import java.util.ArrayList;
import java.util.List;

/** A table for people: columns as wide as they must be, numbers to the right. */
public final class Table {
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(final List<String> header) {
        this.header = List.copyOf(header);
    }

    /** Adds a row of as many cells as there are columns. */
    public void add(final List<String> row) {
        if (row.size() != header.size()) {
            throw new IllegalArgumentException(row.size() + " cells for " + header.size() + " columns");
        }
        rows.add(List.copyOf(row));
    }

    @Override
    public String toString() {
        final int columns = header.size();
        final int[] widths = new int[columns];
        final boolean[] numeric = new boolean[columns];
        for (int i = 0; i < columns; i++) {
            final int column = i;
            widths[i] = Math.max(
                    header.get(i).length(),
                    rows.stream()
                            .mapToInt(row -> row.get(column).length())
                            .max()
                            .orElse(0));
            numeric[i] = !rows.isEmpty()
                    && rows.stream()
                            .allMatch(row -> row.get(column).matches("-|[-+]?[0-9][0-9.,]*( ?[a-zA-Z%/]{1,3})?"));
        }
        final StringBuilder out = new StringBuilder();
        line(out, header, widths, numeric);
        rows.forEach(row -> line(out, row, widths, numeric));
        return out.toString();
    }

    private static void line(
            final StringBuilder out, final List<String> cells, final int[] widths, final boolean[] numeric) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            final String padding = " ".repeat(widths[i] - cells.get(i).length());
            line.append(numeric[i] ? padding + cells.get(i) : cells.get(i) + padding);
            line.append("  ");
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
