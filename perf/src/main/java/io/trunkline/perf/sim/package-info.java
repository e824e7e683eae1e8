/**
 * A message centre as a fault lab: it takes binds and submits, answers and receipts them as told, and keeps a log of
 * its own that a judge can hold against the gateway's. It reads SMPP with its own eyes and not with the gateway's codec,
 * so that one misreading cannot hide on both sides of the wire (docs/decisions/070).
 */
package io.trunkline.perf.sim;
