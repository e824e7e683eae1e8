package io.trunkline.sip.trunk;

import io.trunkline.sip.locate.Locator;
import io.trunkline.sip.locate.PeerAddresses;
import io.trunkline.sip.locate.Target;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.Destination;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;

/**
 * A peer as calls see it: whether it takes one, and at which addresses. One call goes so:
 *
 * <pre>
 *   permit = acquire(now, urgent, candidates)    null: refusal() says why
 *   send to candidates[0]                        its Via has writeOverloadOffer, over forLength(...)
 *   responses                                    heard(destination, response)
 *   nothing in time, or no connection            failed(destination); then candidates[1], or over
 *   permit.release()                             when the call is over, however
 * </pre>
 */
public final class Trunk {
    private static final int LARGE = 1_300;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int FIRST_FINAL = 200;
    private static final long MILLIS = 1000;

    private final TrunkSettings settings;
    private final EpochClock clock;
    private final LongSupplier random;
    private final PeerAddresses addresses;
    private final Admission admission;
    private final TrunkDigest digest;
    private final Prober prober;
    private final Registration registration;
    private final Map<Destination, OverloadControl> overload;
    private final TrunkCounters counters = new TrunkCounters();
    private List<Destination> known = List.of();
    private long knownChanges;
    private boolean enabled = true;
    private Refusal refusal = Refusal.NONE;

    /**
     * A trunk; {@link Trunks} makes them.
     *
     * @param kept the places that calls have on the trunk in whose stead this one comes; null for none
     * @param before that trunk, whose addresses are known and this one's too if it is at the same place; null for none
     */
    Trunk(
            final TrunkSettings settings,
            final Admission kept,
            final Trunk before,
            final Locator locator,
            final OwnRequests requests,
            final EpochClock clock,
            final LongSupplier random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        final boolean sameAddresses = before != null
                && Objects.equals(settings.target(), before.settings.target())
                && settings.health().equals(before.settings.health());
        addresses = sameAddresses
                ? before.addresses
                : new PeerAddresses(settings.target(), locator, settings.health(), random);
        overload = sameAddresses ? before.overload : new HashMap<>();
        admission = kept == null
                ? new Admission(settings.limits(), clock.time())
                : kept.under(settings.limits(), clock.time());
        digest = settings.credentials() == null ? null : new TrunkDigest(this, settings.credentials(), random);
        prober = settings.probing() == null ? null : new Prober(this, settings.probing(), requests);
        registration = settings.registering() == null ? null : new Registration(this, settings.registering(), requests);
    }

    public String name() {
        return settings.name();
    }

    public TrunkSettings settings() {
        return settings;
    }

    public PeerAddresses addresses() {
        return addresses;
    }

    public Admission admission() {
        return admission;
    }

    public TrunkCounters counters() {
        return counters;
    }

    /** Answers its challenges; null where it has no credentials. */
    public TrunkDigest digest() {
        return digest;
    }

    /** Its registration; null where it does not register. */
    public Registration registration() {
        return registration;
    }

    long nowMs() {
        return clock.time();
    }

    /** A number below {@code bound}, or 0. */
    long chance(final long bound) {
        return bound < 1 ? 0 : Math.floorMod(random.getAsLong(), bound);
    }

    /** URI of the peer itself. */
    String peerUri() {
        final Target target = settings.target();
        final String host = target.host().indexOf(':') < 0 ? target.host() : "[" + target.host() + "]";
        final String port = target.port() == 0 ? "" : ":" + target.port();
        final String transport = target.transport() == TransportProtocol.TCP
                ? ";transport=tcp"
                : target.transport() == TransportProtocol.TLS && !target.secure() ? ";transport=tls" : "";
        return (target.secure() ? "sips:" : "sip:") + host + port + transport;
    }

    void poll(final long nowMs) {
        addresses.poll(nowMs);
        if (addresses.changes() != knownChanges) {
            knownChanges = addresses.changes();
            known = addresses.all();
            overload.keySet().retainAll(known);
        }
        if (prober != null) {
            prober.poll(nowMs);
        }
        if (registration != null) {
            registration.poll(nowMs);
        }
    }

    /** Takes it out of service for new calls, or puts it back. */
    public void enable(final boolean inService) {
        enabled = inService;
    }

    /** Why it would take no call now, as far as that can be known without one. */
    public Refusal state(final long nowMs) {
        if (!enabled) {
            return Refusal.DISABLED;
        }
        if (registration != null && !registration.isRegistered(nowMs)) {
            return Refusal.NOT_REGISTERED;
        }
        return addresses.isUsable(nowMs) ? Refusal.NONE : allHeldOff() ? Refusal.RETRY_LATER : Refusal.DOWN;
    }

    private boolean allHeldOff() {
        final List<Destination> all = addresses.all();
        for (int i = 0; i < all.size(); i++) {
            if (addresses.health().isDown(all.get(i))) {
                return false;
            }
        }
        return !all.isEmpty();
    }

    /**
     * Takes a place for a call that goes out, and says where it may go.
     *
     * @param urgent not subject to the peer's load shedding: emergency calls (RFC 7339 §5.10.1)
     * @param candidates cleared, then filled in the order to try; the address that we are registered at comes first
     * @return null where the trunk does not take the call; then {@link #refusal()} says why
     */
    public Permit acquire(final long nowMs, final boolean urgent, final List<Destination> candidates) {
        if (!route(nowMs, urgent, candidates)) {
            return null;
        }
        final Permit permit = admission.acquire(true, nowMs);
        refusal = admission.refusal();
        if (permit == null) {
            candidates.clear();
        }
        return permit;
    }

    /**
     * Says where something may go that takes no call's place.
     *
     * @param candidates as for {@link #acquire}
     * @return false where the trunk takes nothing; then {@link #refusal()} says why
     */
    boolean route(final long nowMs, final boolean urgent, final List<Destination> candidates) {
        candidates.clear();
        refusal = state(nowMs);
        if (refusal != Refusal.NONE) {
            return false;
        }
        addresses.candidates(nowMs, candidates);
        if (registration != null && candidates.remove(registration.boundAt())) {
            candidates.add(0, registration.boundAt());
        }
        if (!urgent) {
            shed(nowMs, candidates);
        }
        refusal = candidates.isEmpty() ? Refusal.OVERLOADED : Refusal.NONE;
        return !candidates.isEmpty();
    }

    private void shed(final long nowMs, final List<Destination> candidates) {
        for (int i = candidates.size() - 1; i >= 0; i--) {
            final OverloadControl control = overload.get(candidates.get(i));
            if (control != null && !control.admits(random, nowMs)) {
                counters.shed++;
                candidates.remove(i);
            }
        }
    }

    /** Why it would take no call that came in now; {@link Refusal#NONE} where {@link #acquireInbound} takes it. */
    public Refusal stateInbound(final long nowMs) {
        return enabled ? admission.look(false, nowMs) : Refusal.DISABLED;
    }

    /** Takes a place for a call that came in; null where there is none. */
    public Permit acquireInbound(final long nowMs) {
        final Permit permit = enabled ? admission.acquire(false, nowMs) : null;
        refusal = enabled ? admission.refusal() : Refusal.DISABLED;
        return permit;
    }

    /** Why the last call was refused. */
    public Refusal refusal() {
        return refusal;
    }

    /** Appends to the Via of a request that we obey the peer's load shedding (RFC 7339 §5.1). */
    public void writeOverloadOffer(final OctetWriter via) {
        OverloadControl.offer(via);
    }

    /**
     * Where a request of this length goes: over TCP where it is too large for UDP (RFC 3261 §18.1.1) and the trunk allows it. Its Via
     * has to say so.
     */
    public Destination forLength(final Destination destination, final int length) {
        return destination.protocol() == TransportProtocol.UDP && length > LARGE && settings.largeOverTcp()
                ? destination.over(TransportProtocol.TCP)
                : destination;
    }

    /**
     * A response to a call's request came from an address: it is there; what it says of its own load is noted, and of a 503 for how
     * long to leave it alone.
     *
     * @param destination as it was among the candidates
     */
    public void heard(final Destination destination, final SipMessage response, final long nowMs) {
        noteLoad(destination, response, nowMs);
        if (response.status() >= FIRST_FINAL && response.status() != SERVICE_UNAVAILABLE) {
            answered(destination);
        }
    }

    void noteLoad(final Destination destination, final SipMessage response, final long nowMs) {
        if (!known.contains(destination)) {
            return;
        }
        overload.computeIfAbsent(destination, key -> new OverloadControl()).onResponse(response, nowMs);
        if (response.status() == SERVICE_UNAVAILABLE) {
            final long seconds = RetryAfter.seconds(response);
            if (seconds > 0) {
                counters.heldOff++;
                final long forMs = Math.min(seconds * MILLIS, settings.maxRetryAfterMs());
                addresses.health().holdOff(destination, nowMs + forMs);
            }
        }
    }

    /** An address did not answer in time, or could not be reached. */
    public void failed(final Destination destination) {
        if (known.contains(destination) && addresses.health().failed(destination, clock.time())) {
            counters.addressesDown++;
        }
        if (!addresses.isUsable(clock.time())) {
            addresses.refresh();
        }
    }

    void answered(final Destination destination) {
        if (addresses.health().answered(destination)) {
            counters.addressesUp++;
        }
    }

    /** Comes in another's stead: a registration of the same contact is not ended and made anew, but goes on. */
    void succeed(final Trunk before) {
        if (registration != null
                && before.registration != null
                && Objects.equals(settings.target(), before.settings.target())
                && settings.registering().isSameContact(before.settings.registering())) {
            registration.goOn(
                    before.registration,
                    settings.registering().equals(before.settings.registering())
                            && Objects.equals(settings.credentials(), before.settings.credentials()));
        }
    }

    /** Gives back what the peer keeps of us. */
    void end() {
        enabled = false;
        if (registration != null) {
            registration.end();
        }
    }

    /** Whether the peer has not said yet that it has given it back. */
    boolean isLeaving() {
        return registration != null && registration.isLeaving();
    }

    @Override
    public String toString() {
        return settings.name();
    }
}
