package io.trunkline.gateway.config.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The reference configuration in {@code conf/}, copied to where a test may spoil it. */
public final class SampleConfig {
    static final Path REFERENCE = Path.of("..", "conf");
    static final List<String> FILES = List.of(
            "gateway.yaml",
            "tenants.yaml",
            "carriers.yaml",
            "routing.yaml",
            "routes.csv",
            "numbers.csv",
            "limits.yaml",
            "limits.csv",
            "campaigns.csv",
            "networks.csv",
            "blocks.csv");
    public static final Map<String, String> ENVIRONMENT = Map.of(
            "TRUNKLINE_ACME_TOKEN", "acme-token",
            "TRUNKLINE_ACME_PASSWORD", "acmepass",
            "TRUNKLINE_NEWSLETTER_TOKEN", "newsletter-token",
            "TRUNKLINE_ALPHA_PASSWORD", "alphapas",
            "TRUNKLINE_BETA_PASSWORD", "betapass",
            "TRUNKLINE_BETA_SIP_PASSWORD", "betasip",
            "TRUNKLINE_ROAMER_PASSWORD", "roamer");

    private final Path directory;

    public SampleConfig(final Path directory) {
        this(directory, REFERENCE, FILES);
    }

    SampleConfig(final Path directory, final Path from, final List<String> files) {
        this.directory = directory;
        for (final String file : files) {
            write(file, read(from.resolve(file)));
        }
    }

    public Path directory() {
        return directory;
    }

    LoadResult load() {
        return new ConfigLoader(ENVIRONMENT::get).load(directory);
    }

    public String text(final String file) {
        return read(directory.resolve(file));
    }

    public void write(final String file, final String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the first {@code what}, which must be there. */
    public void replace(final String file, final String what, final String by) {
        final String text = text(file);
        final int at = text.indexOf(what);
        if (at < 0) {
            throw new AssertionError(file + " has no: " + what);
        }
        write(file, text.substring(0, at) + by + text.substring(at + what.length()));
    }

    /**
     * Plants a mistake. The mark » stands where the caret must be and is taken out again.
     *
     * @return {@code file:line:col} of the mark
     */
    String plant(final String file, final String what, final String byMarked) {
        replace(file, what, byMarked);
        final String text = text(file);
        final int mark = text.indexOf('»');
        write(file, text.replace("»", ""));
        final String before = text.substring(0, mark);
        final long line = before.chars().filter(c -> c == '\n').count() + 1;
        return file + ":" + line + ":" + (mark - before.lastIndexOf('\n'));
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
