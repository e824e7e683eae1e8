/**
 * SMPP sessions in both roles: bind, window, pacing, enquire_link, timeouts, reconnect, drain. Single-threaded: all of a
 * session happens on its channel's event loop. Knows nothing of the gateway; what it has to tell goes to listeners.
 */
package io.trunkline.smpp.session;
