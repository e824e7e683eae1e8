package io.trunkline.gateway.config.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The names that a number file's tenants stand for, in a text file beside it ({@code NAME.tenants}): the checksum of the
 * number file's head, which has the checksums of all the rest, then a name a line; the first is tenant 1. Both are made
 * together and belong together.
 */
public final class TenantList {
    private static final String MARK = "tenants of ";
    private static final int HEAD = 64;

    private TenantList() {}

    private static Path beside(final Path numbers) {
        return numbers.resolveSibling(numbers.getFileName() + ".tenants");
    }

    private static String mark(final Path numbers) throws IOException {
        try (InputStream in = Files.newInputStream(numbers)) {
            final CRC32C crc = new CRC32C();
            crc.update(in.readNBytes(HEAD));
            return MARK + Long.toHexString(crc.getValue());
        }
    }

    /**
     * Reads the names.
     *
     * @throws IOException where they are not there, or are of another number file
     */
    public static List<String> read(final Path numbers) throws IOException {
        final Path file = beside(numbers);
        final List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.isEmpty() || !lines.get(0).equals(mark(numbers))) {
            throw new IOException(file + " does not belong to " + numbers.getFileName()
                    + "; build both again with `trunkline numbers build`");
        }
        return lines.subList(1, lines.size());
    }

    /**
     * Puts a number file and its names in the place of those that were there.
     *
     * @param fresh the number file under the name that it was built with
     */
    public static void install(final Path fresh, final Path numbers, final List<String> names) throws IOException {
        final Path file = beside(numbers);
        final Path freshNames = file.resolveSibling(file.getFileName() + ".new");
        final List<String> lines = new ArrayList<>();
        lines.add(mark(fresh));
        lines.addAll(names);
        Files.write(freshNames, lines, StandardCharsets.UTF_8);
        Files.move(freshNames, file, StandardCopyOption.ATOMIC_MOVE);
        Files.move(fresh, numbers, StandardCopyOption.ATOMIC_MOVE);
    }
}
