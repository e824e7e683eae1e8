/**
 * The transport layer (RFC 3261 §18): UDP, TCP and TLS sockets on the caller's event loop. Cuts what comes in into messages and
 * hands them over indexed; takes what goes out and lets it go when the owner says so. Everything is bounded, and nothing
 * blocks: what is over a limit is dropped or closed, and counted. Who the peers are is {@code ..sip.trunk}'s business.
 */
package io.trunkline.sip.transport;
