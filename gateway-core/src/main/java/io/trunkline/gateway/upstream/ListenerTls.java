package io.trunkline.gateway.upstream;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.trunkline.gateway.config.ServerTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds a listener's TLS context on the JDK's own engine: TLS 1.2 and 1.3, nothing older. */
public final class ListenerTls {
    private ListenerTls() {}

    /**
     * Reads the files that the config names.
     *
     * @throws IOException if a file cannot be read or does not hold what it should; the message names the files
     */
    public static SslContext context(final ServerTls tls) throws IOException {
        readable(tls.certificate());
        readable(tls.key());
        try {
            final SslContextBuilder builder = SslContextBuilder.forServer(
                            tls.certificate().toFile(), tls.key().toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2");
            if (tls.clientCa().isPresent()) {
                readable(tls.clientCa().get());
                builder.trustManager(tls.clientCa().get().toFile()).clientAuth(ClientAuth.REQUIRE);
            }
            return builder.build();
        } catch (final IllegalArgumentException e) {
            // What Netty throws for files that are not PEM; the cause says why.
            final Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "cannot use " + tls.certificate() + " with " + tls.key() + ": " + cause.getMessage(), e);
        }
    }

    private static void readable(final Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("cannot read " + file);
        }
    }
}
