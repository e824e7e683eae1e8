package io.trunkline.gateway.calls;

/** Why calls were not even tried, since the daemon began. Written by the shard only. */
final class DispatchCounters {
    /** All of those below, and those that a limit of their peer's refused. */
    long refused;
    /** The number could not be read. */
    long withoutNumber;
    /** Not permitted: sender, destination, high risk, block lists. */
    long barred;
    /** No route leads there, or a rule refuses. */
    long overCost;

    long withoutRoute;
    /** No trunk of the route took it. */
    long withoutTrunk;
    /** Nobody owns the number. */
    long unowned;
    /** The journal had no room. */
    long withoutStorage;
}
