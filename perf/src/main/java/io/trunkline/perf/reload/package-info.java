/**
 * Changes of the configuration under load: candidates with and without mistakes, whoever applies them, what they cost the
 * traffic, and who tells by the journal and the carriers' logs which version routed each unit.
 */
package io.trunkline.perf.reload;
