/**
 * How much may pass: segments counted by tenant, sender, network, campaign, brand or destination, over seconds, minutes,
 * hours and calendar days. Single-threaded and deterministic; what has been used is rebuilt from the journal. Not here:
 * the rate of a tenant's own ({@code tps}) and of a bind, and whether something may pass at all.
 */
package io.trunkline.gateway.engine.limits;
