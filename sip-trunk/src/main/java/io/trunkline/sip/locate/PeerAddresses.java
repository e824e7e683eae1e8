package io.trunkline.sip.locate;

import io.trunkline.sip.locate.DnsAnswer.Outcome;
import io.trunkline.sip.transport.Destination;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The addresses of one peer, kept fresh: asked for again when their time to live is over, while the old ones go on being used;
 * also when name servers fail. With their health.
 */
public final class PeerAddresses {
    private static final Located NOWHERE = new Located(Outcome.FAILED, List.of(), 0);

    private final Target target;
    private final Locator locator;
    private final AddressHealth health;
    private final LongSupplier random;
    private Located located = NOWHERE;
    private List<Destination> all = List.of();
    private boolean asking;
    private long askAtMs = Long.MIN_VALUE;
    private long askedMs;
    private long changes;
    private long lookups;
    private long failures;

    /**
     * A peer that was not located yet.
     *
     * @param target null for one that is nowhere
     * @param random any 64 bits; decides between equals
     */
    public PeerAddresses(
            final Target target, final Locator locator, final AddressHealth.Policy policy, final LongSupplier random) {
        this.target = target;
        this.locator = locator;
        this.health = new AddressHealth(policy);
        this.random = random;
    }

    /** Asks again where it is time. */
    public void poll(final long nowMs) {
        if (target == null || asking || nowMs < askAtMs) {
            return;
        }
        asking = true;
        askedMs = nowMs;
        lookups++;
        locator.locate(target, answer -> {
            asking = false;
            askAtMs = nowMs + answer.ttlMs();
            if (answer.outcome() == Outcome.FAILED) {
                // What was true a while ago is better than nothing.
                failures++;
                return;
            }
            changes++;
            located = answer;
            final List<Destination> ordered = new ArrayList<>();
            answer.order(() -> 0, ordered);
            all = Collections.unmodifiableList(ordered);
            health.retain(answer);
        });
    }

    /** Asks again soon: none of the addresses was of use. */
    public void refresh() {
        askAtMs = Math.min(askAtMs, askedMs + locator.limits().minTtlMs());
    }

    /** All addresses, in some order. */
    public List<Destination> all() {
        return all;
    }

    /** Rises when the addresses may have changed. */
    public long changes() {
        return changes;
    }

    public AddressHealth health() {
        return health;
    }

    /** Whether there is an address that may be tried. */
    public boolean isUsable(final long nowMs) {
        for (int i = 0; i < all.size(); i++) {
            if (health.isUsable(all.get(i), nowMs)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The addresses that one call tries, in order; those that are down or want to be left alone are not among them.
     *
     * @param into is cleared first
     */
    public void candidates(final long nowMs, final List<Destination> into) {
        located.order(random, into);
        for (int i = into.size() - 1; i >= 0; i--) {
            if (!health.isUsable(into.get(i), nowMs)) {
                into.remove(i);
            }
        }
    }

    /** Times that the name servers were asked. */
    public long lookups() {
        return lookups;
    }

    /** Times that they did not answer. */
    public long failures() {
        return failures;
    }
}
