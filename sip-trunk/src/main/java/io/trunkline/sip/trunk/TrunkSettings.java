package io.trunkline.sip.trunk;

import io.trunkline.sip.locate.AddressHealth;
import io.trunkline.sip.locate.Target;
import java.util.function.Consumer;

/**
 * What a trunk is.
 *
 * @param name ours for it
 * @param target where the peer is; null where calls only come from it
 * @param sources what comes from it
 * @param limits what it may carry
 * @param health when one of its addresses is down
 * @param credentials null where the peer knows us by our address
 * @param probing null for none
 * @param registering null for none
 * @param largeOverTcp whether requests too large for UDP go over TCP (RFC 3261 §18.1.1); no for peers that speak UDP only
 * @param maxRetryAfterMs Retry-After is obeyed for so long at most, ms
 */
public record TrunkSettings(
        String name,
        Target target,
        Sources sources,
        CallLimits limits,
        AddressHealth.Policy health,
        Credentials credentials,
        Probing probing,
        Registering registering,
        boolean largeOverTcp,
        long maxRetryAfterMs) {
    private static final long MAX_RETRY_AFTER_MS = 300_000;

    public TrunkSettings {
        if (maxRetryAfterMs < 0) {
            throw new IllegalArgumentException("maxRetryAfterMs must not be negative: " + maxRetryAfterMs);
        }
        if (health.probed() != (probing != null)) {
            throw new IllegalArgumentException("health waits for probes exactly where there are some");
        }
    }

    /** A trunk that is known by its addresses, without limits, probes or registration. */
    public static TrunkSettings of(final String name, final Target target) {
        return new TrunkSettings(
                name,
                target,
                Sources.PEER_ONLY,
                CallLimits.NONE,
                AddressHealth.Policy.DEFAULT,
                null,
                null,
                null,
                true,
                MAX_RETRY_AFTER_MS);
    }

    public TrunkSettings withSources(final Sources other) {
        return but(draft -> draft.sources = other);
    }

    public TrunkSettings withLimits(final CallLimits other) {
        return but(draft -> draft.limits = other);
    }

    public TrunkSettings withCredentials(final Credentials other) {
        return but(draft -> draft.credentials = other);
    }

    /** Probed: an address comes up after so many answers, and down after so many failures. */
    public TrunkSettings withProbing(final Probing other, final int failuresDown, final int answersUp) {
        return but(draft -> {
            draft.probing = other;
            draft.health = new AddressHealth.Policy(
                    failuresDown, answersUp, true, health.firstBackoffMs(), health.maxBackoffMs());
        });
    }

    public TrunkSettings withRegistering(final Registering other) {
        return but(draft -> draft.registering = other);
    }

    public TrunkSettings withLargeOverTcp(final boolean other) {
        return but(draft -> draft.largeOverTcp = other);
    }

    /** Obeys Retry-After for so long at most, ms. */
    public TrunkSettings withMaxRetryAfter(final long other) {
        return but(draft -> draft.maxRetryAfterMs = other);
    }

    private TrunkSettings but(final Consumer<Draft> change) {
        final Draft draft = new Draft(this);
        change.accept(draft);
        return new TrunkSettings(
                name,
                target,
                draft.sources,
                draft.limits,
                draft.health,
                draft.credentials,
                draft.probing,
                draft.registering,
                draft.largeOverTcp,
                draft.maxRetryAfterMs);
    }

    /** What may be changed. */
    private static final class Draft {
        private Sources sources;
        private CallLimits limits;
        private AddressHealth.Policy health;
        private Credentials credentials;
        private Probing probing;
        private Registering registering;
        private boolean largeOverTcp;
        private long maxRetryAfterMs;

        Draft(final TrunkSettings of) {
            sources = of.sources;
            limits = of.limits;
            health = of.health;
            credentials = of.credentials;
            probing = of.probing;
            registering = of.registering;
            largeOverTcp = of.largeOverTcp;
            maxRetryAfterMs = of.maxRetryAfterMs;
        }
    }
}
