/**
 * Trunks: the peers that calls come from and go to. What each may carry at most, whether it is there (OPTIONS), how we show who we
 * are (digest, REGISTER), what its refusals mean, how it says that it has too much; and, for what comes in, whose it is. Knows
 * requests of its own and nothing of calls.
 */
package io.trunkline.sip.trunk;
