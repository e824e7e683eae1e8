/**
 * The transaction layer (RFC 3261 §17 with RFC 6026 and RFC 3581): client and server transactions as plain single-threaded
 * state machines. Clock, randomness, transport and transaction user come in as interfaces; nothing here has a thread, a
 * lock or a socket, and the same code runs under a simulated network in the tests. Dialogs are the transaction user's.
 */
package io.trunkline.sip.transaction;
