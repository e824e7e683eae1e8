/**
 * The journal as the gateway sees it: records, their frame, reading, recovery's fold. How they reach the disk is the
 * business of {@code journal.chronicle} alone.
 */
package io.trunkline.gateway.journal;
