/**
 * The claims themselves, one class each: what is broken on purpose, how often, and what must come of it all the same.
 */
package io.trunkline.perf.claims;
