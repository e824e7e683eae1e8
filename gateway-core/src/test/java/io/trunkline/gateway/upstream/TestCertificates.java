package io.trunkline.gateway.upstream;

import io.trunkline.gateway.config.ServerTls;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Self-signed certificates for loopback, made by the JDK's own tool and written as PEM. */
public final class TestCertificates {
    private static final String PASSWORD = "changeit";

    private final Path directory;

    public TestCertificates(final Path directory) {
        this.directory = directory;
    }

    /** Makes {@code NAME.pem} (certificate) and {@code NAME.key} (PKCS #8). */
    public TestCertificates make(final String name) throws Exception {
        final Path store = directory.resolve(name + ".p12");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        // Half the time of a start as it comes.
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        Collections.addAll(
                command,
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        final Process keytool =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        pem(certificate(name), "CERTIFICATE", keys.getCertificate(name).getEncoded());
        pem(key(name), "PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
        return this;
    }

    private static void pem(final Path file, final String label, final byte[] content) throws Exception {
        Files.writeString(
                file,
                "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + label + "-----\n");
    }

    public Path certificate(final String name) {
        return directory.resolve(name + ".pem");
    }

    public Path key(final String name) {
        return directory.resolve(name + ".key");
    }

    /** A listener's TLS; a client authority makes it mutual. */
    public ServerTls serverTls(final String name, final String clientAuthority) {
        return new ServerTls(
                certificate(name),
                key(name),
                clientAuthority == null ? Optional.empty() : Optional.of(certificate(clientAuthority)));
    }
}
