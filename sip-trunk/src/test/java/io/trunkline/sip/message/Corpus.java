package io.trunkline.sip.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Messages of {@code src/test/resources/torture}, written after what RFC 4475 and RFC 5118 teach. Two lines of comment, the
 * expected {@link SipFault} and what it is about, then the message: a line end stands for CRLF, {@code <hh>} for an octet.
 */
public final class Corpus {
    /** One message. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Entry(String name, SipFault expected, String about, byte[] octets) {
        /** Cases of RFC 4475, by name, and of RFC 5118, by section, that the message is after. */
        public List<String> cases() {
            final int colon = about.indexOf(": ");
            final String before = colon < 0 ? "" : about.substring(0, colon);
            return before.matches("[a-z0-9., -]+") ? List.of(before.split(", ", -1)) : List.of();
        }

        @Override
        public String toString() {
            return name + ": " + about;
        }
    }

    private Corpus() {}

    /** All messages, by name. */
    public static List<Entry> all() {
        try (Stream<Path> files =
                Files.list(Path.of(Corpus.class.getResource("/torture").toURI()))) {
            return files.sorted().map(Corpus::read).toList();
        } catch (final IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Entry read(final Path file) {
        try {
            final String text = Files.readString(file, StandardCharsets.US_ASCII);
            final int second = text.indexOf('\n') + 1;
            final int message = text.indexOf('\n', second) + 1;
            return new Entry(
                    file.getFileName().toString(),
                    SipFault.valueOf(text.substring(2, second - 1)),
                    text.substring(second + 2, message - 1),
                    octets(text.substring(message)));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] octets(final String text) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '\n') {
                out.write('\r');
                out.write('\n');
            } else if (c == '<' && text.substring(i).matches("(?s)<[0-9a-f]{2}>.*")) {
                out.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 3;
            } else {
                out.write(c);
            }
        }
        return out.toByteArray();
    }
}
