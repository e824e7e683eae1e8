/** What the claims about money need: a journal of as many messages as wanted, decks of rates, a database beside it, damage. */
package io.trunkline.perf.billing;
