/**
 * Exact numbers by the hundred million, each with a value: who owns it, which network it was ported to. A memory-mapped file
 * that never changes, changes since in memory above it, and the rebuilding of the one from both. Files, but no sockets and no
 * threads of its own.
 */
package io.trunkline.routing.numbers;
