/**
 * Calls on a shard: whose a call is, whether it may be made, which carriers' trunks it goes to, what the journal learns of it. SIP
 * itself is the module {@code sip-trunk}'s; where numbers lead is the routing's, asked through the engine's {@code Router}.
 */
package io.trunkline.gateway.calls;
