/**
 * The threads of {@link io.trunkline.sip.stir}: one that signs and verifies, and those that fetch certificates. Everything else
 * there runs on the thread that handles calls, and hears from here when that thread polls.
 */
package io.trunkline.sip.stir.offload;
