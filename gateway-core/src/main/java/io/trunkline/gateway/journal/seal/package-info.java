/**
 * Bodies that nobody may read once their message has ended: a stream cipher, and a file of keys each of which is overwritten when
 * the last who needs it is gone. Knows nothing of records, units or the engine.
 */
package io.trunkline.gateway.journal.seal;
