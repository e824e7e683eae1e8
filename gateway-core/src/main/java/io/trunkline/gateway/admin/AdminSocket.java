package io.trunkline.gateway.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Where the admin socket lies, and how it comes to lie there. */
public final class AdminSocket {
    private static final String NAME = "admin.sock";
    private static final String NURSERY = ".admin";
    private static final int BACKLOG = 16;
    /** sun_path of Linux, less its NUL. */
    private static final int MAX_PATH_BYTES = 107;

    private AdminSocket() {}

    /** Path of the socket in a data directory. */
    public static Path in(final Path data) {
        return data.resolve(NAME);
    }

    /**
     * Listens in a data directory. The socket is made in a directory that is closed to others and moved into place once
     * its own rights are set, so that there is no moment at which another user could connect; the move also replaces
     * what a killed daemon left behind.
     *
     * @throws IOException where a daemon answers there already, or the directory cannot be used
     */
    static ServerSocketChannel listen(final Path data) throws IOException {
        final Path path = in(data);
        if (path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new IOException("the path of the admin socket is longer than " + MAX_PATH_BYTES
                    + " bytes; choose a shorter data directory: " + path);
        }
        if (answers(path)) {
            throw new IOException("another daemon answers on " + path);
        }
        final Path nursery = Files.createDirectories(
                data.resolve(NURSERY),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(nursery, PosixFilePermissions.fromString("rwx------"));
        final Path newborn = nursery.resolve("s");
        Files.deleteIfExists(newborn);
        final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(newborn), BACKLOG);
            Files.setPosixFilePermissions(newborn, PosixFilePermissions.fromString("rw-------"));
            Files.move(newborn, path, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(nursery);
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private static boolean answers(final Path path) {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            return false;
        }
    }
}
