package io.trunkline.gateway.journal.seal;

import io.trunkline.gateway.journal.JournalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files for nobody but their owner, also where a copy was put back that others could read. */
final class OwnersFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private OwnersFile() {}

    /** What is made of an open file. */
    interface Use<T> {
        T of(FileChannel channel) throws IOException;
    }

    /** Opens the file, or makes it; closes it again where it cannot be used. */
    static <T> T open(final Path path, final Use<T> use) {
        try {
            final FileChannel channel = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            try {
                if (!Files.getPosixFilePermissions(path).equals(OWNER_ONLY)) {
                    Files.setPosixFilePermissions(path, OWNER_ONLY);
                }
                return use.of(channel);
            } catch (final IOException | JournalException e) {
                channel.close();
                throw e;
            }
        } catch (final IOException e) {
            throw new JournalException("the keys of bodies cannot be used: " + path + ": " + e, e);
        }
    }
}
