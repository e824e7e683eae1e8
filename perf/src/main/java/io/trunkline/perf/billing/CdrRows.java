package io.trunkline.perf.billing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The call detail records in a directory, as a program of somebody else would read them. */
public final class CdrRows {
    private final Path directory;

    public CdrRows(final Path directory) {
        this.directory = directory;
    }

    /** One record: its values by their columns. */
    public static final class Row {
        private final Map<String, Integer> columns;
        private final String[] values;

        private Row(final Map<String, Integer> columns, final String[] values) {
            this.columns = columns;
            this.values = values;
        }

        /** Names of its columns. */
        Set<String> columns() {
            return columns.keySet();
        }

        public String text(final String column) {
            return values[columns.get(column)];
        }

        /** A whole number. */
        public long number(final String column) {
            return Long.parseLong(text(column));
        }

        /** An amount in millionths; -1 where there is none. */
        public long micros(final String column) {
            final String text = text(column);
            return text.isEmpty() ? -1 : Long.parseLong(text.replace(".", ""));
        }
    }

    /** The files with a manifest, in order. */
    public List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> path.toString().endsWith(".csv"))
                    .filter(path -> Files.exists(path.resolveSibling(path.getFileName() + ".manifest.json")))
                    .sorted()
                    .toList();
        }
    }

    /** Hands out all records; those of a load have no values in quotes. */
    public void forEach(final Consumer<Row> rows) throws IOException {
        for (final Path file : files()) {
            try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
                final Map<String, Integer> columns = new LinkedHashMap<>();
                final List<String> header =
                        new ArrayList<>(List.of(in.readLine().split(",", -1)));
                header.forEach(column -> columns.put(column, columns.size()));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    rows.accept(new Row(columns, line.split(",", -1)));
                }
            }
        }
    }
}
