/**
 * What a unit costs: prices of tenants, costs and fees of carriers, by prefix, network and class of sender, each for a time; and
 * the arithmetic of segments and seconds. Decimal throughout: amounts are whole millionths in a long. No files, no threads.
 */
package io.trunkline.routing.rates;
