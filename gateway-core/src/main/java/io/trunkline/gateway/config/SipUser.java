package io.trunkline.gateway.config;

/** An account of digest authentication that a peer shows us. */
public record SipUser(String user, Secret password) {}
