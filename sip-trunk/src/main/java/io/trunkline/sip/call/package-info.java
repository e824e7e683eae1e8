/**
 * Calls: a back-to-back user agent (RFC 3261 §6) over two or more dialogs, as a single-threaded state machine above the
 * transaction layer. {@link io.trunkline.sip.call.CallDesk} is its door; {@link io.trunkline.sip.call.CallRouter} decides where
 * calls go and {@link io.trunkline.sip.call.CallListener} hears what became of them. Who pays, and which carriers there are, is
 * not known here.
 */
package io.trunkline.sip.call;
