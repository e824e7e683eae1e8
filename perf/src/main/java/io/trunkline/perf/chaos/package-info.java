/** Networks that misbehave: a TCP proxy that delays, splits, stalls and drops, from a seed. */
package io.trunkline.perf.chaos;
