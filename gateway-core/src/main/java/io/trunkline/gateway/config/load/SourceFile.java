package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.ENCODING;
import static io.trunkline.gateway.config.ConfigProblem.Code.FILE_MISSING;
import static io.trunkline.gateway.config.ConfigProblem.Code.TOO_LARGE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.stream.IntStream;

/** A file of the configuration, decoded. */
final class SourceFile implements Lines {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String name;
    private final String text;
    private int[] lineStarts;

    SourceFile(final String name, final String text) {
        this.name = name;
        this.text = text;
    }

    /** Reads a file that must be there. */
    static Optional<SourceFile> read(
            final Path directory, final String name, final int maxBytes, final Problems problems) {
        final byte[] bytes;
        try (InputStream in = open(directory, name, problems)) {
            if (in == null) {
                return Optional.empty();
            }
            bytes = in.readNBytes(maxBytes + 1);
        } catch (IOException e) {
            unreadable(name, e, problems);
            return Optional.empty();
        }
        if (bytes.length > maxBytes) {
            final String limit = (maxBytes >> 20) + " MiB";
            problems.add(name, Place.START, TOO_LARGE, "the file is larger than " + limit, "keep it below " + limit);
            return Optional.empty();
        }
        return decode(name, bytes, problems);
    }

    /** Opens a file that must be there; null where it is not. */
    static InputStream open(final Path directory, final String name, final Problems problems) {
        try {
            return Files.newInputStream(directory.resolve(name));
        } catch (NoSuchFileException e) {
            problems.add(
                    name,
                    Place.START,
                    FILE_MISSING,
                    "the file is not there",
                    "create it; the file of this name in the conf directory of the distribution is a commented example");
        } catch (IOException e) {
            unreadable(name, e, problems);
        }
        return null;
    }

    static void unreadable(final String name, final IOException e, final Problems problems) {
        problems.add(
                name,
                Place.START,
                FILE_MISSING,
                "the file cannot be read (" + e.getClass().getSimpleName() + ")",
                "it must be a file that this user may read");
    }

    private static Optional<SourceFile> decode(final String name, final byte[] bytes, final Problems problems) {
        final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        final CharBuffer out = CharBuffer.allocate(bytes.length);
        final CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
        out.flip();
        final String text = out.toString();
        if (result.isError()) {
            final int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            problems.add(
                    name,
                    new Place(line, text.length() - text.lastIndexOf('\n')),
                    ENCODING,
                    "the bytes from here on are not UTF-8",
                    "save the file as UTF-8 (from Latin-1: iconv -f ISO-8859-1 -t UTF-8)");
            return Optional.empty();
        }
        final boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return Optional.of(new SourceFile(name, marked ? text.substring(1) : text));
    }

    String name() {
        return name;
    }

    String text() {
        return text;
    }

    /** SHA-256 of its text. */
    String content() {
        final MessageDigest digest = ConfigHash.sha256();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return ConfigHash.hex(digest);
    }

    /** A line without its end, from 1; empty where there is none. */
    @Override
    public String line(final int number) {
        if (lineStarts == null) {
            final IntStream breaks = IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n');
            lineStarts =
                    IntStream.concat(IntStream.of(0), breaks.map(i -> i + 1)).toArray();
        }
        if (number < 1 || number > lineStarts.length) {
            return "";
        }
        final int end = number == lineStarts.length ? text.length() : lineStarts[number];
        return text.substring(lineStarts[number - 1], end).stripTrailing();
    }
}
