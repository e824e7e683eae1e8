/**
 * Parts that a run of load can play besides the gateway's own client: an SMPP client (ESME) against any message centre,
 * and handsets whose messages come in over a simulated carrier and are measured where the tenant gets them.
 */
package io.trunkline.perf.roles;
