package io.trunkline.perf.reload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** What is wrong with a candidate, made in a directory that holds a good one. */
public enum Mistake {
    SYNTAX("invalid") {
        @Override
        public void make(final Path directory) throws IOException {
            append(directory, "carriers.yaml", "  - name: [broken\n");
        }
    },
    /** As saved by an editor that thinks in Latin-1. */
    ENCODING("invalid") {
        @Override
        public void make(final Path directory) throws IOException {
            Files.write(
                    directory.resolve(ROUTES),
                    "3400,alph\u00e9\n".getBytes(StandardCharsets.ISO_8859_1),
                    StandardOpenOption.APPEND);
        }
    },
    UNKNOWN_CARRIER("invalid") {
        @Override
        public void make(final Path directory) throws IOException {
            append(directory, ROUTES, "3400,omega\n");
        }
    },
    /** The writer is not done yet: the last row ends in its prefix. */
    HALF_WRITTEN("invalid") {
        @Override
        public void make(final Path directory) throws IOException {
            final byte[] whole = Files.readAllBytes(directory.resolve(ROUTES));
            int end = whole.length / 2;
            while (whole[end] != ',') {
                end--;
            }
            Files.write(directory.resolve(ROUTES), Arrays.copyOf(whole, end));
        }
    },
    /** Nor here, and it happens to have come to the end of a row. */
    CUT_SHORT("shrinks") {
        @Override
        public void make(final Path directory) throws IOException {
            final String whole = Files.readString(directory.resolve(ROUTES), StandardCharsets.UTF_8);
            Files.writeString(directory.resolve(ROUTES), whole.substring(0, whole.indexOf("\n1250,") + 1));
        }
    },
    MISSING_FILE("invalid") {
        @Override
        public void make(final Path directory) throws IOException {
            Files.delete(directory.resolve(ROUTES));
        }
    },
    UNKNOWN_KEY("invalid") {
        @Override
        public void make(final Path directory) throws IOException {
            append(directory, "routing.yaml", "polices: []\n");
        }
    },
    NO_PREFIX("invalid") {
        @Override
        public void make(final Path directory) throws IOException {
            append(directory, ROUTES, "44x7,alpha\n");
        }
    },
    CIRCLE("invalid") {
        @Override
        public void make(final Path directory) throws IOException {
            append(directory, "routing.yaml", "groups:\n  one: \"@two\"\n  two: \"@one\"\n");
        }
    };

    private static final String ROUTES = "routes.csv";

    private final String code;

    Mistake(final String code) {
        this.code = code;
    }

    /** Spoils the files. */
    public abstract void make(Path directory) throws IOException;

    /** What the daemon must answer. */
    public String code() {
        return code;
    }

    private static void append(final Path directory, final String file, final String text) throws IOException {
        Files.writeString(directory.resolve(file), text, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }
}
