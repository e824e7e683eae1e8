/**
 * From records to money: what the journal says of each message ({@code UnitFold}), what is owed for it ({@code Rater}), and sums.
 * The same records and the same decks give the same amounts. Decks themselves are in {@code io.trunkline.routing.rates}; files
 * of call detail records in {@code cdr}; commands in {@code cli}.
 */
package io.trunkline.gateway.billing;
