/** Runs the JMH and jcstress programs of {@code perf/bench}: fetches their harnesses, compiles, starts. */
package io.trunkline.perf.bench;
