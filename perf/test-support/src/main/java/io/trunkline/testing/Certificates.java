package io.trunkline.testing;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Self-signed certificates made by the JDK's keytool, and the TLS contexts of both ends. */
public final class Certificates {
    public static final String PASSWORD = "changeit";

    private final Path directory;

    public Certificates(final Path directory) {
        this.directory = directory;
    }

    /**
     * A key and a certificate for names.
     *
     * @param alias also its common name
     * @param names a DNS name; further ones as keytool has them: {@code localhost,ip:127.0.0.1}
     */
    public Path keyStore(final String alias, final String names) throws IOException, InterruptedException {
        final Path store = directory.resolve(alias + ".p12");
        keytool(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + alias,
                "-ext",
                "SAN=dns:" + names,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        return store;
    }

    /** A store that trusts the certificate of another one. */
    public Path trustStore(final String alias, final Path of) throws IOException, InterruptedException {
        final Path certificate = directory.resolve(alias + ".cer");
        final Path store = directory.resolve("trust-" + alias + ".p12");
        keytool(
                "-exportcert",
                "-alias",
                alias,
                "-keystore",
                of.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                certificate.toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                alias,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                certificate.toString());
        return store;
    }

    /** The certificate of {@link #keyStore}, as PEM. */
    public Path certificate(final String alias) throws IOException, GeneralSecurityException {
        return pem(
                alias + ".pem",
                "CERTIFICATE",
                load(directory.resolve(alias + ".p12")).getCertificate(alias).getEncoded());
    }

    /** The key of {@link #keyStore}, as PEM with PKCS #8 in it. */
    public Path key(final String alias) throws IOException, GeneralSecurityException {
        return pem(
                alias + ".key",
                "PRIVATE KEY",
                load(directory.resolve(alias + ".p12"))
                        .getKey(alias, PASSWORD.toCharArray())
                        .getEncoded());
    }

    private Path pem(final String name, final String label, final byte[] content) throws IOException {
        return Files.writeString(
                directory.resolve(name),
                "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + label + "-----\n");
    }

    /** Runs the JDK's keytool. */
    public static void keytool(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        // Half the time of a start as it comes.
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }

    public static SslContext client(final Path trust, final Path own) throws IOException, GeneralSecurityException {
        final SslContextBuilder builder = SslContextBuilder.forClient().trustManager(trustManagers(trust));
        if (own != null) {
            builder.keyManager(keyManagers(own));
        }
        return builder.protocols("TLSv1.3", "TLSv1.2").build();
    }

    /** A server that wants a client certificate where there is a trust store. */
    public static SslContext server(final Path own, final Path trust) throws IOException, GeneralSecurityException {
        final SslContextBuilder builder = SslContextBuilder.forServer(keyManagers(own));
        if (trust != null) {
            builder.trustManager(trustManagers(trust)).clientAuth(ClientAuth.REQUIRE);
        }
        return builder.protocols("TLSv1.3", "TLSv1.2").build();
    }

    public static KeyManagerFactory keyManagers(final Path store) throws IOException, GeneralSecurityException {
        final KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(load(store), PASSWORD.toCharArray());
        return factory;
    }

    public static TrustManagerFactory trustManagers(final Path store) throws IOException, GeneralSecurityException {
        final TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(load(store));
        return factory;
    }

    /** Reads a store. */
    public static KeyStore load(final Path store) throws IOException, GeneralSecurityException {
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }
}
