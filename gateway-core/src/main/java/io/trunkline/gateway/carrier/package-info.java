/**
 * Carriers' binds as the engine sees them: what the engine decides becomes submit_sm, and what a carrier sends becomes
 * answers, receipts and inbound messages. Configured here, kept alive by {@code io.trunkline.smpp.session}.
 */
package io.trunkline.gateway.carrier;
