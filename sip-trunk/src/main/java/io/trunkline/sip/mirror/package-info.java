/**
 * Copies of what comes and goes, for those who look on: a mirror to a collector that speaks HEP3, as Homer, and a ring of the latest
 * messages from which single calls are written as pcap. Nothing waits for either.
 */
package io.trunkline.sip.mirror;
