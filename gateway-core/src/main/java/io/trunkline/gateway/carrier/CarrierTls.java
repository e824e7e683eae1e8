package io.trunkline.gateway.carrier;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.trunkline.gateway.config.ClientTls;
import java.io.UncheckedIOException;
import javax.net.ssl.SSLException;

/** TLS of connections that we open. */
public final class CarrierTls {
    private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private CarrierTls() {}

    /**
     * Reads the files that a config names: to be done anew for every connection, so that renewed certificates are taken up.
     *
     * @throws UncheckedIOException where they cannot be used
     */
    public static SslContext context(final ClientTls config) {
        try {
            final SslContextBuilder builder =
                    SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols(TLS_VERSIONS);
            config.ca().ifPresent(ca -> builder.trustManager(ca.toFile()));
            if (config.certificate().isPresent() && config.key().isPresent()) {
                builder.keyManager(
                        config.certificate().get().toFile(), config.key().get().toFile());
            }
            return builder.build();
        } catch (SSLException e) {
            throw new UncheckedIOException("TLS towards the carrier cannot be set up", e);
        }
    }
}
