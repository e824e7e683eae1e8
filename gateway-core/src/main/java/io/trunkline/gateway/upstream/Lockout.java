package io.trunkline.gateway.upstream;

import java.net.InetAddress;
import java.util.Map;

/**
 * Slows down guessing without giving a stranger the means to shut a tenant out. Attempts are judged on one of two
 * tracks:
 *
 * <ul>
 *   <li><b>Known</b>: the address is named by the account's allow-list, or this account came in from it before. Only
 *       failures of this account from this very address count, and only they lock; nothing that happens elsewhere
 *       does.
 *   <li><b>Stranger</b>: failures count both against the address (an IPv6 address stands for its /64) and against the
 *       account name, whether or not there is such an account, so that a lock betrays nothing.
 * </ul>
 *
 * One instance serves all listeners, so that an address locked on one is locked on the other.
 */
public final class Lockout {
    private record Pair(String name, InetAddress address) {}

    private final FailureTable<Long> addresses;
    private final FailureTable<String> names;
    private final FailureTable<Pair> pairs;
    private final Map<Pair, Boolean> cameInBefore;

    public Lockout(final LockoutPolicy policy) {
        addresses = new FailureTable<>(policy.freePerAddress(), policy);
        names = new FailureTable<>(policy.freePerName(), policy);
        pairs = new FailureTable<>(policy.freePerAddress(), policy);
        cameInBefore = new FailureTable.Bounded<>(policy.maxEntries());
    }

    /** Whether the attempt is judged on the track of the known. */
    boolean known(final String name, final InetAddress address, final boolean listed) {
        return listed || cameInBefore.containsKey(new Pair(name, address));
    }

    /** Milliseconds until this attempt would be looked at; 0: now. */
    long lockedForMs(final String name, final InetAddress address, final boolean known, final long nowMs) {
        if (known) {
            return pairs.lockedForMs(new Pair(name, address), nowMs);
        }
        return Math.max(addresses.lockedForMs(AddressKey.of(address), nowMs), names.lockedForMs(name, nowMs));
    }

    void failed(final String name, final InetAddress address, final boolean known, final long nowMs) {
        if (known) {
            pairs.failed(new Pair(name, address), nowMs);
        } else {
            addresses.failed(AddressKey.of(address), nowMs);
            names.failed(name, nowMs);
        }
    }

    /** The secret was right but the address is not on the list: a mistake of the account, so the name stays clear. */
    void strayed(final InetAddress address, final long nowMs) {
        addresses.failed(AddressKey.of(address), nowMs);
    }

    /**
     * The account came in. The address's own failures stay: else whoever has one account could clear them at will
     * while guessing at others.
     */
    void succeeded(final String name, final InetAddress address) {
        final Pair pair = new Pair(name, address);
        pairs.forget(pair);
        cameInBefore.put(pair, Boolean.TRUE);
    }

    /** Keys remembered now, over all tables. */
    int size() {
        return addresses.size() + names.size() + pairs.size() + cameInBefore.size();
    }
}
