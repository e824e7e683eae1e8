package io.trunkline.gateway.upstream;

import io.trunkline.gateway.config.ServerTls;
import io.trunkline.testing.Certificates;
import java.nio.file.Path;
import java.util.Optional;

/** Self-signed certificates for loopback, as PEM. */
public final class TestCertificates {
    private final Path directory;
    private final Certificates certificates;

    public TestCertificates(final Path directory) {
        this.directory = directory;
        certificates = new Certificates(directory);
    }

    /** Makes {@code NAME.p12}, and of it {@code NAME.pem} (certificate) and {@code NAME.key} (PKCS #8). */
    public TestCertificates make(final String name) throws Exception {
        certificates.keyStore(name, "localhost,ip:127.0.0.1");
        certificates.certificate(name);
        certificates.key(name);
        return this;
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
