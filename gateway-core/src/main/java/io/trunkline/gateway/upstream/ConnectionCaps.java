package io.trunkline.gateway.upstream;

import java.net.InetAddress;
import org.agrona.collections.Long2LongCounterMap;
import org.agrona.collections.Object2IntCounterMap;

/** Counts connections against their limits: in all, per address (IPv6: per /64), not yet authenticated, per account. */
public final class ConnectionCaps {
    /**
     * How many there may be.
     *
     * @param total connections in all
     * @param perAddress connections from one address
     * @param unauthenticated connections that have not said who they are
     */
    public record Limits(int total, int perAddress, int unauthenticated) {
        public static final Limits DEFAULT = new Limits(2_000, 200, 200);

        public Limits {
            if (total < 1 || perAddress < 1 || unauthenticated < 1) {
                throw new IllegalArgumentException("connection limits must be at least 1");
            }
        }
    }

    private final Limits limits;
    private final Long2LongCounterMap perAddress = new Long2LongCounterMap(0);
    private final Object2IntCounterMap<String> perAccount = new Object2IntCounterMap<>(0);
    private int total;
    private int unauthenticated;

    public ConnectionCaps(final Limits limits) {
        this.limits = limits;
    }

    /** Takes a place for a new connection; false: there is none, and nothing was counted. */
    public boolean connected(final InetAddress address) {
        final long key = AddressKey.of(address);
        if (total >= limits.total()
                || unauthenticated >= limits.unauthenticated()
                || perAddress.get(key) >= limits.perAddress()) {
            return false;
        }
        total++;
        unauthenticated++;
        perAddress.incrementAndGet(key);
        return true;
    }

    /** The connection is this account's from now on; false: the account has all it may have. */
    public boolean authenticated(final Account account) {
        if (perAccount.get(account.name()) >= account.maxSessions()) {
            return false;
        }
        perAccount.incrementAndGet(account.name());
        unauthenticated--;
        return true;
    }

    /** The connection is gone; {@code account} as given to {@link #authenticated}, null if it never came so far. */
    public void disconnected(final InetAddress address, final Account account) {
        total--;
        perAddress.decrementAndGet(AddressKey.of(address));
        if (account == null) {
            unauthenticated--;
        } else {
            perAccount.decrementAndGet(account.name());
        }
    }

    public int total() {
        return total;
    }

    public int unauthenticated() {
        return unauthenticated;
    }

    public int of(final String account) {
        return perAccount.get(account);
    }
}
