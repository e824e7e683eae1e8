package io.trunkline.gateway.upstream;

import java.nio.file.Path;
import java.util.List;

/**
 * How a listener speaks TLS.
 *
 * @param certificateChain PEM, the server's own certificate first
 * @param privateKey PEM, PKCS #8, not encrypted
 * @param clientAuthorities PEM of the authorities whose clients come in (mTLS); null: clients need no certificate
 * @param protocols as the JDK names them
 */
public record TlsSettings(Path certificateChain, Path privateKey, Path clientAuthorities, List<String> protocols) {
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    public TlsSettings {
        protocols = protocols.isEmpty() ? PROTOCOLS : List.copyOf(protocols);
        for (final String protocol : protocols) {
            if (!PROTOCOLS.contains(protocol)) {
                throw new IllegalArgumentException(protocol + " is not safe; use TLSv1.2 or TLSv1.3");
            }
        }
    }
}
