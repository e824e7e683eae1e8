/**
 * The harness's own end of calls: a thread with SIP transports and transactions, and the dialogs over them. What is made of a
 * call is up to the roles and the simulator that build on it.
 */
package io.trunkline.perf.calls;
