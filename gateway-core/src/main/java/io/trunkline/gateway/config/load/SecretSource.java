package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.SECRET_EXPOSED;
import static io.trunkline.gateway.config.ConfigProblem.Code.SECRET_MISSING;

import io.trunkline.gateway.config.ConfigProblem.Code;
import io.trunkline.gateway.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Fetches what {@code ${env:NAME}} and {@code ${file:path}} refer to. */
final class SecretSource {
    private static final int MAX_BYTES = 4096;

    /** A secret that cannot be had. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final Code code;
        private final String remedy;

        Refused(final Code code, final String message, final String remedy) {
            super(message);
            this.code = code;
            this.remedy = remedy;
        }

        Code code() {
            return code;
        }

        String remedy() {
            return remedy;
        }
    }

    /** Has the form of all that a secret may be, of a key of bodies, too. */
    private static final String UNREAD = "0".repeat(64);

    private final Path directory;
    private final UnaryOperator<String> environment;
    private final boolean wanted;

    SecretSource(final Path directory, final UnaryOperator<String> environment) {
        this(directory, environment, true);
    }

    /** @param wanted whether secrets are looked for at all */
    SecretSource(final Path directory, final UnaryOperator<String> environment, final boolean wanted) {
        this.directory = directory;
        this.environment = environment;
        this.wanted = wanted;
    }

    /** The secret behind a reference that has the right form. */
    Secret resolve(final String reference) throws Refused {
        if (!wanted) {
            return Secret.of(reference, UNREAD);
        }
        final String target = reference.substring(reference.indexOf(':') + 1, reference.length() - 1);
        return Secret.of(reference, reference.startsWith("${env:") ? fromEnvironment(target) : fromFile(target));
    }

    private String fromEnvironment(final String name) throws Refused {
        final String value = environment.apply(name);
        if (value == null || value.isEmpty()) {
            throw new Refused(
                    SECRET_MISSING,
                    "the environment variable " + name + " is not set",
                    "set it before the daemon starts, or use ${file:path}");
        }
        return value;
    }

    private String fromFile(final String name) throws Refused {
        final Path path = directory.resolve(name);
        final byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            refuseIfExposed(path);
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new Refused(
                    SECRET_MISSING,
                    "the secret file " + name + " cannot be read",
                    "create it with the secret as its only line, readable by this user: " + path);
        }
        final String value = new String(bytes, StandardCharsets.UTF_8).stripTrailing();
        if (value.isEmpty() || bytes.length > MAX_BYTES) {
            throw new Refused(
                    SECRET_MISSING,
                    "the secret file " + name + (value.isEmpty() ? " is empty" : " is larger than 4 KiB"),
                    "put the secret into it as its only line");
        }
        return value;
    }

    /** Refuses a file that holds secrets and that others than its owner's group can read. */
    static void refuseIfExposed(final Path path) throws IOException, Refused {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new Refused(
                    SECRET_EXPOSED,
                    "every user of this machine may read or write the secret file " + path.getFileName(),
                    "chmod 640 " + path + ", and change the secret if others had access");
        }
    }
}
