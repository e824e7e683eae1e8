/** The first thing that a newcomer runs: the daemon, two simulated carriers, and real messages through all of it. */
package io.trunkline.perf.quickstart;
