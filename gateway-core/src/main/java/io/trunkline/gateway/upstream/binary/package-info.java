/**
 * The server side of the upstream binary protocol: SBE frames over TCP or TLS, on the shard's event loop. Authenticates,
 * keeps credit and event windows, hands submits to the desk and events to the client. What a frame looks like is the
 * business of {@code io.trunkline.client}; what becomes of a submit is the engine's.
 */
package io.trunkline.gateway.upstream.binary;
