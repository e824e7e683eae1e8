/**
 * Claims and what they are proved with: the real daemon as a child process, simulated carriers, and a judge that joins
 * what the client was told, what the carriers saw, and what the journal holds.
 */
package io.trunkline.perf.prove;
