/**
 * What the upstream servers share: who may come in (accounts, allow-lists, lockout, caps), TLS contexts and counters.
 * The protocols themselves live in {@code upstream.binary} and {@code upstream.smpp}.
 */
package io.trunkline.gateway.upstream;
