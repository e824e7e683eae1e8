package io.trunkline.gateway.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS 1.2 and later on a listener; PEM files.
 *
 * @param clientCa authorities of client certificates; where it is present a client must show one
 */
public record ServerTls(Path certificate, Path key, Optional<Path> clientCa) {}
