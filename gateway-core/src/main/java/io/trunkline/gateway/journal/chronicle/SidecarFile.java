package io.trunkline.gateway.journal.chronicle;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Small text files beside the records: lines of words, the last one {@code crc32c XXXXXXXX} over all before it. A new
 * version takes the place of the old one in a single step: whoever reads sees the one or the other, also after a crash.
 */
final class SidecarFile {
    private static final String CHECKSUM = "crc32c ";

    private SidecarFile() {}

    /** Replaces the file; returns once the new version is on the disk. */
    static void write(final Path file, final List<String> lines, final Storage storage) throws IOException {
        final String body = String.join("\n", lines) + '\n';
        final byte[] content = (body + CHECKSUM + checksum(body) + '\n').getBytes(US_ASCII);
        final Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            final ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        storage.forceDirectory(file.getParent());
    }

    /**
     * Reads the lines before the checksum.
     *
     * @return null where the checksum is not right
     */
    static List<String> read(final Path file) throws IOException {
        final String content = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        final int last = content.lastIndexOf(CHECKSUM);
        if (last < 0 || !content.substring(last).equals(CHECKSUM + checksum(content.substring(0, last)) + '\n')) {
            return null;
        }
        return content.substring(0, last).lines().toList();
    }

    private static String checksum(final String body) {
        final CRC32C crc = new CRC32C();
        crc.update(body.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
