/**
 * Which mobile network a number belongs to, before anything is queued: ranges that networks were given, and numbers that were
 * ported away from them. That it is not known is an answer like others. No sockets, no threads; files only by {@link
 * io.trunkline.routing.numbers}.
 */
package io.trunkline.routing.networks;
