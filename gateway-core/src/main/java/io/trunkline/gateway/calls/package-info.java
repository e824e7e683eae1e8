/**
 * Calls on a shard: whose a call is, whether it may be made, which carriers' trunks it goes to; and what is remembered of it: a
 * record for every step, one end for each call whatever happens to the process ({@link
 * io.trunkline.gateway.calls.CallJournal}), and what its tenant is told. SIP itself is the module {@code sip-trunk}'s; where
 * numbers lead is the routing's, asked through the engine's {@code Router}. Messages that come over the same trunks are the engine's; only
 * their reading is here.
 */
package io.trunkline.gateway.calls;
