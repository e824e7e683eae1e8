package io.trunkline.gateway.daemon;

/**
 * All that a configuration needs to be in force, made beside the shard: the shard only takes over references, and sets up what
 * differs.
 *
 * @param changes what the shard has to do something for
 * @param who applied it, and with which comment: for the journal
 */
record Takeover(
        Changeover changes,
        RoutingTables.Prepared routing,
        TrafficTables.Prepared traffic,
        TenantAccounts accounts,
        String who,
        String comment) {}
