package io.trunkline.perf.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, taken apart. */
final class Page {
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern FENCE = Pattern.compile("\\s*```(\\w*)\\s*");

    /** Something of a page, and where it stands: {@code README.md:12}. */
    record Piece(String place, String text) {}

    /** A fenced block; the language is empty where none is named. */
    record Block(String language, List<Piece> lines) {
        String text() {
            final StringBuilder text = new StringBuilder();
            lines.forEach(line -> text.append(line.text()).append('\n'));
            return text.toString();
        }
    }

    private final Path file;
    private final String name;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Piece> paragraphs = new ArrayList<>();

    private Page(final Path repository, final Path file) throws IOException {
        this.file = file;
        name = repository.relativize(file).toString();
        read(Files.readAllLines(file));
    }

    /** The README, and all below docs/. */
    static List<Page> all(final Path repository) {
        try (Stream<Path> files = Files.walk(repository.resolve("docs"))) {
            return Stream.concat(Stream.of(repository.resolve("README.md")), files.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(file -> at(repository, file))
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(final List<String> lines) {
        Block block = null;
        final StringBuilder paragraph = new StringBuilder();
        int began = 0;
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i);
            final Matcher fence = FENCE.matcher(line);
            if (block == null
                    && !fence.matches()
                    && !line.isBlank()
                    && !line.startsWith("|")
                    && !line.startsWith("#")) {
                began = paragraph.length() == 0 ? i + 1 : began;
                paragraph.append(line).append('\n');
                continue;
            }
            end(paragraph, began);
            if (fence.matches()) {
                if (block == null) {
                    block = new Block(fence.group(1), new ArrayList<>());
                    blocks.add(block);
                } else {
                    block = null;
                }
            } else if (block != null) {
                block.lines().add(new Piece(name + ":" + (i + 1), line));
            } else if (!line.isBlank()) {
                paragraphs.add(new Piece(name + ":" + (i + 1), line));
            }
        }
        end(paragraph, began);
    }

    private void end(final StringBuilder paragraph, final int began) {
        if (paragraph.length() > 0) {
            paragraphs.add(new Piece(name + ":" + began, paragraph.toString()));
            paragraph.setLength(0);
        }
    }

    Path file() {
        return file;
    }

    String name() {
        return name;
    }

    List<Block> blocks() {
        return blocks;
    }

    /** Paragraphs, headings and rows of tables, outside of blocks; the place is where they begin. */
    List<Piece> paragraphs() {
        return paragraphs;
    }

    /** What stands between backticks, on one line. */
    List<Piece> spans() {
        final List<Piece> spans = new ArrayList<>();
        for (final Piece paragraph : paragraphs) {
            final Matcher span = SPAN.matcher(paragraph.text());
            while (span.find()) {
                spans.add(new Piece(paragraph.place(), span.group(1).replaceAll("\\s+", " ")));
            }
        }
        return spans;
    }

    /** Lines of blocks that are no other language's; one that ends with a backslash goes on in the next. */
    List<Piece> shellLines() {
        final List<Piece> shell = new ArrayList<>();
        for (final Block block : blocks) {
            Piece begun = null;
            for (final Piece line : block.language().isEmpty() ? block.lines() : List.<Piece>of()) {
                final Piece whole = begun == null ? line : new Piece(begun.place(), begun.text() + line.text());
                begun = whole.text().endsWith("\\")
                        ? new Piece(
                                whole.place(),
                                whole.text().substring(0, whole.text().length() - 1))
                        : null;
                if (begun == null) {
                    shell.add(whole);
                }
            }
        }
        return shell;
    }

    /** Whether a heading has this anchor, as GitHub makes them. */
    boolean hasAnchor(final String anchor) {
        return paragraphs.stream()
                .map(Piece::text)
                .filter(text -> text.startsWith("#"))
                .map(text -> text.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .anyMatch(anchor::equals);
    }

    /** The page at that path. */
    static Page at(final Path repository, final Path file) {
        try {
            return new Page(repository, file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
