/**
 * The life of a message: accepted, queued, sent, answered, receipted, closed. Plain single-threaded code; clock, ids,
 * journal and links come in as interfaces. No sockets, no threads, no {@code System.nanoTime()}.
 */
package io.trunkline.gateway.engine;
