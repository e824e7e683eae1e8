/**
 * The SMPP side of upstream: tenants' SMPP clients bind here as to a message centre. Translates submit_sm into submits,
 * statuses into delivery receipts, inbound messages into deliver_sm. Sessions, windows and timers of the protocol are the
 * business of {@code io.trunkline.smpp.session}.
 */
package io.trunkline.gateway.upstream.smpp;
