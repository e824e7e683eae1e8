package io.trunkline.sip.trunk;

import io.trunkline.sip.digest.DigestAlgorithm;
import java.util.List;
import java.util.Locale;

/**
 * How what comes from unknown addresses is met.
 *
 * @param realm in which users are challenged; null where nobody is: then unknown addresses get no answer at all
 * @param algorithm of the challenges
 * @param nonceLifetimeMs how long a nonce may be used, ms
 * @param maxTracked nonces, authenticated addresses and suspects that are remembered, of each
 * @param challengesPerSecond most challenges to all unknown addresses together, so that nobody can be flooded through us
 * @param strikes wrong passwords or copies after which an address is banned
 * @param banMs for how long, ms; also how long a strike is remembered, and an authenticated address
 * @param scanners parts of a User-Agent, in any case, whose requests get no answer
 * @param refuse whether unknown addresses that are not challenged get 403, as often as there would be challenges; else silence
 */
public record DoorSettings(
        String realm,
        DigestAlgorithm algorithm,
        long nonceLifetimeMs,
        int maxTracked,
        int challengesPerSecond,
        int strikes,
        long banMs,
        List<String> scanners,
        boolean refuse) {
    /** Names that the common scanners give themselves. */
    public static final List<String> SCANNERS = List.of(
            "friendly-scanner",
            "sipvicious",
            "sipcli",
            "sundayddr",
            "vaxsip",
            "sip-scan",
            "pplsip",
            "iwar",
            "sipptk",
            "smap",
            "gulp");

    public DoorSettings {
        if (realm != null) {
            Texts.quotable(realm, "realm");
        }
        if (nonceLifetimeMs < 1 || maxTracked < 1 || challengesPerSecond < 1 || strikes < 1 || banMs < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        scanners = scanners.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** Known addresses only. */
    public static DoorSettings closed() {
        return in(null);
    }

    /** Users are challenged in a realm, with SHA-256. */
    public static DoorSettings in(final String realm) {
        return new DoorSettings(realm, DigestAlgorithm.SHA_256, 300_000, 8_192, 200, 5, 600_000, SCANNERS, false);
    }

    public DoorSettings withAlgorithm(final DigestAlgorithm other) {
        return new DoorSettings(
                realm, other, nonceLifetimeMs, maxTracked, challengesPerSecond, strikes, banMs, scanners, refuse);
    }

    /** The same, but that who is not challenged is refused. */
    public DoorSettings refusing() {
        return challenging(realm, true);
    }

    DoorSettings challenging(final String inRealm, final boolean refusing) {
        return new DoorSettings(
                inRealm,
                algorithm,
                nonceLifetimeMs,
                maxTracked,
                challengesPerSecond,
                strikes,
                banMs,
                scanners,
                refusing);
    }
}
