/**
 * Routing as data: immutable snapshots, compiled from rows into primitive arrays, read by any thread without locks and
 * without allocating. Knows numbers, tenants and carriers only by their numeric ids. No sockets, no threads, no files.
 */
package io.trunkline.routing;
