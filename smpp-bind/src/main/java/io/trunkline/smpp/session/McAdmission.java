package io.trunkline.smpp.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts sessions in all, per address and per system id against their limits; shared by all event loops of a server. */
final class McAdmission {
    private final McSettings settings;
    private final AtomicInteger sessions = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Integer> bySystemId = new ConcurrentHashMap<>();

    McAdmission(final McSettings settings) {
        this.settings = settings;
    }

    /** Takes a connection in, or refuses it; what was taken in goes out by {@link #leave}. */
    boolean enter(final SocketAddress remote) {
        if (sessions.incrementAndGet() > settings.maxSessions()) {
            sessions.decrementAndGet();
            return false;
        }
        if (remote instanceof InetSocketAddress inet
                && !take(byAddress, inet.getAddress(), settings.maxSessionsPerAddress())) {
            sessions.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave(final SocketAddress remote) {
        sessions.decrementAndGet();
        if (remote instanceof InetSocketAddress inet) {
            giveBack(byAddress, inet.getAddress());
        }
    }

    boolean bind(final String systemId) {
        return take(bySystemId, systemId, settings.maxSessionsPerSystemId());
    }

    void unbind(final String systemId) {
        giveBack(bySystemId, systemId);
    }

    int sessions() {
        return sessions.get();
    }

    int bound(final String systemId) {
        return bySystemId.getOrDefault(systemId, 0);
    }

    private static <K> boolean take(final ConcurrentHashMap<K, Integer> counts, final K key, final int limit) {
        final boolean[] taken = new boolean[1];
        counts.compute(key, (k, count) -> {
            final int before = count == null ? 0 : count;
            taken[0] = before < limit;
            return taken[0] ? Integer.valueOf(before + 1) : count;
        });
        return taken[0];
    }

    private static <K> void giveBack(final ConcurrentHashMap<K, Integer> counts, final K key) {
        counts.computeIfPresent(key, (k, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }
}
