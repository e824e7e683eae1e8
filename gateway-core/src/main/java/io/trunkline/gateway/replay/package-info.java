/**
 * Recorded traffic under another configuration: a fold over the journal's {@code UnitAccepted} records that asks a
 * candidate's routing where each unit would go, and the difference. No files, no clock, no configuration lives here: records
 * and routing come in as interfaces.
 */
package io.trunkline.gateway.replay;
