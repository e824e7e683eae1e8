package io.trunkline.sip.trunk;

import io.trunkline.sip.locate.AddressHealth;
import io.trunkline.sip.locate.Target;

/**
 * What a trunk is.
 *
 * @param name ours for it
 * @param target where the peer is; null where calls only come from it
 * @param sources what comes from it
 * @param limits what it may carry
 * @param failover what its refusals mean
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
        FailoverPolicy failover,
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
                FailoverPolicy.DEFAULT,
                AddressHealth.Policy.DEFAULT,
                null,
                null,
                null,
                true,
                MAX_RETRY_AFTER_MS);
    }

    public TrunkSettings withSources(final Sources other) {
        return new TrunkSettings(
                name,
                target,
                other,
                limits,
                failover,
                health,
                credentials,
                probing,
                registering,
                largeOverTcp,
                maxRetryAfterMs);
    }

    public TrunkSettings withLimits(final CallLimits other) {
        return new TrunkSettings(
                name,
                target,
                sources,
                other,
                failover,
                health,
                credentials,
                probing,
                registering,
                largeOverTcp,
                maxRetryAfterMs);
    }

    public TrunkSettings withFailover(final FailoverPolicy other) {
        return new TrunkSettings(
                name,
                target,
                sources,
                limits,
                other,
                health,
                credentials,
                probing,
                registering,
                largeOverTcp,
                maxRetryAfterMs);
    }

    public TrunkSettings withCredentials(final Credentials other) {
        return new TrunkSettings(
                name,
                target,
                sources,
                limits,
                failover,
                health,
                other,
                probing,
                registering,
                largeOverTcp,
                maxRetryAfterMs);
    }

    /** Probed: an address comes up after so many answers, and down after so many failures. */
    public TrunkSettings withProbing(final Probing other, final int failuresDown, final int answersUp) {
        final AddressHealth.Policy policy =
                new AddressHealth.Policy(failuresDown, answersUp, true, health.firstBackoffMs(), health.maxBackoffMs());
        return new TrunkSettings(
                name,
                target,
                sources,
                limits,
                failover,
                policy,
                credentials,
                other,
                registering,
                largeOverTcp,
                maxRetryAfterMs);
    }

    public TrunkSettings withRegistering(final Registering other) {
        return new TrunkSettings(
                name,
                target,
                sources,
                limits,
                failover,
                health,
                credentials,
                probing,
                other,
                largeOverTcp,
                maxRetryAfterMs);
    }

    public TrunkSettings withLargeOverTcp(final boolean other) {
        return new TrunkSettings(
                name,
                target,
                sources,
                limits,
                failover,
                health,
                credentials,
                probing,
                registering,
                other,
                maxRetryAfterMs);
    }

    /** Obeys Retry-After for so long at most, ms. */
    public TrunkSettings withMaxRetryAfter(final long other) {
        return new TrunkSettings(
                name,
                target,
                sources,
                limits,
                failover,
                health,
                credentials,
                probing,
                registering,
                largeOverTcp,
                other);
    }
}
