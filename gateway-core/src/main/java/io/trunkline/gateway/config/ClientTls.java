package io.trunkline.gateway.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS 1.2 and later towards a carrier; PEM files.
 *
 * @param ca authorities that the carrier's certificate is checked against; empty: those of the JDK
 * @param certificate shown to the carrier, with {@code key}
 * @param verifyHost whether the certificate must name the host
 * @param serverName name to ask for and to check, where it is not the host
 */
public record ClientTls(
        Optional<Path> ca,
        Optional<Path> certificate,
        Optional<Path> key,
        boolean verifyHost,
        Optional<String> serverName) {}
