/**
 * Peers that speak a protocol byte by byte over a plain blocking socket: for tests and claims that must say things
 * which no well-behaved library would.
 */
package io.trunkline.perf.wire;
