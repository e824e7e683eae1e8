package io.trunkline.gateway.upstream;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds a listener's TLS context on the JDK's own engine. */
public final class ServerTls {
    private ServerTls() {}

    /**
     * Reads the files of the settings.
     *
     * @throws IOException if a file cannot be read or does not hold what it should; the message names the file
     */
    public static SslContext context(final TlsSettings settings) throws IOException {
        readable(settings.certificateChain());
        readable(settings.privateKey());
        try {
            final SslContextBuilder builder = SslContextBuilder.forServer(
                            settings.certificateChain().toFile(),
                            settings.privateKey().toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols(settings.protocols());
            if (settings.clientAuthorities() != null) {
                readable(settings.clientAuthorities());
                builder.trustManager(settings.clientAuthorities().toFile()).clientAuth(ClientAuth.REQUIRE);
            }
            return builder.build();
        } catch (final IllegalArgumentException e) {
            // Netty says so for files that are not PEM; the cause says which and why.
            throw new IOException(
                    "cannot use " + settings.certificateChain() + " with " + settings.privateKey() + ": "
                            + (e.getCause() == null
                                    ? e.getMessage()
                                    : e.getCause().getMessage()),
                    e);
        }
    }

    private static void readable(final Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("cannot read " + file);
        }
    }
}
