/**
 * Puts the parts together into one running gateway: config in, journal recovered, shard started, listeners and binds up,
 * and down again in order. The only package that knows them all.
 */
package io.trunkline.gateway.daemon;
