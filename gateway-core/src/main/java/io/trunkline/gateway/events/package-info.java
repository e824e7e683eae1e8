/**
 * What tenants are told: status and inbound events, in order per unit, at least once, from named durable cursors.
 * Live events go straight to the sink; whoever lags is served from the journal.
 */
package io.trunkline.gateway.events;
