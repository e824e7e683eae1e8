package io.trunkline.gateway.config.history;

/**
 * A configuration that was put in force.
 *
 * @param version the number that the journal names it by; ascending, not without gaps
 * @param hash of its content, as {@link io.trunkline.gateway.config.GatewayConfig#hash}
 * @param who {@code start}, {@code SIGHUP}, or the user of the command
 * @param comment what that user said of it; may be empty
 * @param wallMs when, milliseconds since 1970
 */
public record ConfigVersion(int version, String hash, String who, String comment, long wallMs) {}
