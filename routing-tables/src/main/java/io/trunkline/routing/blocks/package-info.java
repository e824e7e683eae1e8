/**
 * What must not pass, whatever its route: block lists and the safe lists that win over them, and the countries that a tenant
 * may reach. Immutable snapshots that any thread reads without locks and without allocating. No sockets, no threads, no files.
 */
package io.trunkline.routing.blocks;
