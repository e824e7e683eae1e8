/**
 * The one thread that owns a share of everything: its sockets, timers, units, and a journal appender. Here is its duty
 * cycle, and the gate that holds every byte back until the journal has what it speaks of.
 */
package io.trunkline.gateway.shard;
