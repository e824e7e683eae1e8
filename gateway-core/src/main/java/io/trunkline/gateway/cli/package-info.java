/**
 * The {@code trunkline} command: parsing, printing, exit codes. What commands do lives elsewhere; what they ask of a
 * running daemon goes through {@code admin}.
 */
package io.trunkline.gateway.cli;
