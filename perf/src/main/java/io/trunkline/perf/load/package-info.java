/**
 * Load for people and for claims: a schedule says when each unit is meant to leave, a mix says what it is, a run sends
 * it and follows it to its end, a report says what came of all of them. Latency counts from the intended time.
 */
package io.trunkline.perf.load;
