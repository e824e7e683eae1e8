package io.trunkline.sip.trunk;

import io.trunkline.sip.transaction.TransactionLayer;
import io.trunkline.sip.transaction.TransactionUser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * All trunks of one event loop. They stand on both sides of the transaction layer: {@link #door} before it, {@link #user} behind
 * it.
 */
public final class Trunks {
    private static final long UNKNOWN = -1;

    private final TrunksContext context;
    private final OwnRequests requests;
    private final InboundDoor door;
    private final List<Trunk> trunks = new ArrayList<>();
    private long knownChanges;

    public Trunks(final TrunksContext context) {
        this.context = context;
        requests = new OwnRequests(context.flows(), context.random());
        door = new InboundDoor(context.door(), context.clock(), context.random());
    }

    /** Where the transport hands messages to. */
    public InboundDoor door() {
        return door;
    }

    /** The transaction layer's user: what the trunks have not sent themselves goes on to calls. */
    public TransactionUser user(final TransactionUser calls) {
        return new TrunkUser(calls);
    }

    /** The layer between; once, before anything else happens. */
    public void layer(final TransactionLayer layer) {
        requests.layer(layer);
        door.layer(layer);
    }

    /**
     * Adds a trunk.
     *
     * @throws IllegalArgumentException where its sources are another trunk's
     */
    public Trunk add(final TrunkSettings settings) {
        return exchange(Set.of(), List.of(new Coming(settings, null))).get(0);
    }

    /** Takes a trunk away; its calls go on, as their transactions know where they are. */
    public void remove(final Trunk trunk) {
        exchange(Set.of(trunk), List.of());
    }

    /**
     * A trunk that is to be.
     *
     * @param kept the places that calls have on the trunk in whose stead it comes, and which they keep; null for none
     */
    public record Coming(TrunkSettings settings, Admission kept) {}

    /**
     * Takes trunks away and adds others, in one step. One that is called as one that goes comes in its stead, and goes on with its addresses
     * and its registration where these are the same.
     *
     * @return those that were added, in their order
     * @throws IllegalArgumentException where the sources of one are another one's; then nothing was done
     */
    public List<Trunk> exchange(final Set<Trunk> gone, final List<Coming> coming) {
        final List<Trunk> next = new ArrayList<>(trunks.size() + coming.size());
        trunks.stream().filter(trunk -> !gone.contains(trunk)).forEach(next::add);
        final List<Trunk> added = coming.stream()
                .map(one -> new Trunk(
                        one.settings(),
                        one.kept(),
                        named(gone, one.settings().name()),
                        context.locator(),
                        requests,
                        context.clock(),
                        context.random()))
                .toList();
        next.addAll(added);
        door.know(next);
        for (final Trunk trunk : added) {
            final Trunk before = named(gone, trunk.name());
            if (before != null) {
                trunk.succeed(before);
            }
        }
        gone.forEach(Trunk::end);
        trunks.clear();
        trunks.addAll(next);
        // Those that came may soon have changed as often as those that went.
        knownChanges = UNKNOWN;
        return added;
    }

    private static Trunk named(final Set<Trunk> trunks, final String name) {
        return trunks.stream()
                .filter(trunk -> trunk.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** What sends messages over one of the trunks. */
    public MessageSender messages(
            final Trunk trunk, final MessageSettings settings, final MessageSender.Listener listener) {
        return new MessageSender(trunk, settings, requests, context.flows(), listener);
    }

    /** All trunks, in the order in which they were added. */
    public List<Trunk> all() {
        return Collections.unmodifiableList(trunks);
    }

    /** Ends for all of them: no new calls, no registrations. */
    public void leave() {
        trunks.forEach(Trunk::end);
    }

    /** Whether all registrars have heard of it, or cannot be reached. */
    public boolean hasLeft() {
        return trunks.stream().noneMatch(Trunk::isLeaving);
    }

    /** Does what is due: looks names up, probes, registers. To be called every 100 ms or so. */
    public void poll() {
        final long nowMs = context.clock().time();
        long changes = 0;
        for (int i = 0; i < trunks.size(); i++) {
            trunks.get(i).poll(nowMs);
            changes += trunks.get(i).addresses().changes();
        }
        if (changes != knownChanges) {
            knownChanges = changes;
            door.know(trunks);
        }
    }
}
