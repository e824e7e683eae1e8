package io.trunkline.sip.digest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.concurrent.EpochClock;

/**
 * Challenges and checks credentials. A nonce carries the time it was made and a mark only we can make, so nothing is kept for
 * challenges that nobody answers; of nonces that were answered the counts are kept, in a table of fixed size whose oldest entry
 * gives way. Single-threaded.
 */
public final class DigestServer {
    private static final int MARK_DIGITS = 32;
    private static final int WORD_DIGITS = 16;
    private static final int WINDOW = Long.SIZE;

    /** Nonce counts seen: the highest, and the 64 up to it as bits, as requests may overtake each other. */
    private static final class Counts {
        private long highest;
        private long seen;

        boolean take(final long count) {
            if (count > highest) {
                final long ahead = count - highest;
                seen = ahead >= WINDOW ? 1 : seen << ahead | 1;
                highest = count;
                return true;
            }
            final long behind = highest - count;
            if (behind >= WINDOW || (seen >>> behind & 1) != 0) {
                return false;
            }
            seen |= 1L << behind;
            return true;
        }
    }

    private final String realm;
    private final DigestAlgorithm algorithm;
    private final long lifetimeMs;
    private final int maxNonces;
    private final EpochClock clock;
    private final LongSupplier random;
    private final Mac mac;
    private final LinkedHashMap<String, Counts> counts = new LinkedHashMap<>();
    /** Nonces made up to then may have been forgotten with their counts: they are stale. */
    private long forgottenUntilMs = Long.MIN_VALUE;

    /**
     * A server for one realm.
     *
     * @param lifetimeMs how long a nonce may be used, ms
     * @param maxNonces nonces whose counts are kept
     * @param random 64 bits that peers cannot guess
     */
    public DigestServer(
            final String realm,
            final DigestAlgorithm algorithm,
            final long lifetimeMs,
            final int maxNonces,
            final EpochClock clock,
            final LongSupplier random) {
        this.realm = realm;
        this.algorithm = algorithm;
        this.lifetimeMs = lifetimeMs;
        this.maxNonces = maxNonces;
        this.clock = clock;
        this.random = random;
        final byte[] secret = HexFormat.of()
                .parseHex(hex(random.getAsLong())
                        + hex(random.getAsLong())
                        + hex(random.getAsLong())
                        + hex(random.getAsLong()));
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks HmacSHA256", e);
        }
    }

    private static String hex(final long value) {
        return HexFormat.of().toHexDigits(value);
    }

    /** Value of a WWW-Authenticate or Proxy-Authenticate with a fresh nonce. */
    public String challenge(final boolean stale) {
        final String body = hex(clock.time()) + hex(random.getAsLong());
        return "Digest realm=\"" + realm + "\", nonce=\"" + body + mark(body) + "\", qop=\"auth\", algorithm="
                + algorithm.token() + (stale ? ", stale=true" : "");
    }

    private String mark(final String body) {
        return HexFormat.of()
                .formatHex(mac.doFinal(body.getBytes(StandardCharsets.US_ASCII)))
                .substring(0, MARK_DIGITS);
    }

    /** H(A1) as {@link #verify} wants it from its users. */
    public String ha1(final String user, final String password) {
        return algorithm.ha1(user, realm, password);
    }

    /**
     * Judges credentials.
     *
     * @param credentials parameters of Authorization or Proxy-Authorization, names in lower case, values without quotes
     * @param method the request's method
     * @param requestUri its Request-URI as written; the uri parameter must be the same
     * @param users from user name to H(A1), null for nobody
     */
    public DigestOutcome verify(
            final Map<String, String> credentials,
            final String method,
            final String requestUri,
            final UnaryOperator<String> users) {
        final String user = credentials.get("username");
        final String nonce = credentials.get("nonce");
        final String nc = credentials.get("nc");
        final String cnonce = credentials.get("cnonce");
        final String given = credentials.get("response");
        final boolean whole =
                user != null && cnonce != null && given != null && nc != null && nc.matches("[0-9a-fA-F]{8}");
        if (!whole
                || !realm.equals(credentials.get("realm"))
                || !requestUri.equals(credentials.get("uri"))
                || !"auth".equalsIgnoreCase(credentials.get("qop"))
                || DigestAlgorithm.of(credentials.get("algorithm")) != algorithm
                || !isOurs(nonce)) {
            return DigestOutcome.MALFORMED;
        }
        final String known = users.apply(user);
        final String ha1 = known == null ? ha1(user, nonce) : known;
        final String right = algorithm.response(ha1, nonce, nc, cnonce, "auth", method, requestUri);
        final boolean equal = MessageDigest.isEqual(
                right.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
        if (known == null || !equal) {
            return DigestOutcome.WRONG;
        }
        return count(nonce, Long.parseLong(nc, 16));
    }

    private boolean isOurs(final String nonce) {
        if (nonce == null || nonce.length() != WORD_DIGITS * 2 + MARK_DIGITS) {
            return false;
        }
        final String expected = mark(nonce.substring(0, WORD_DIGITS * 2));
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                nonce.substring(WORD_DIGITS * 2).getBytes(StandardCharsets.UTF_8));
    }

    private DigestOutcome count(final String nonce, final long count) {
        final long madeMs = HexFormat.fromHexDigitsToLong(nonce, 0, WORD_DIGITS);
        if (clock.time() - madeMs >= lifetimeMs) {
            counts.remove(nonce);
            return DigestOutcome.STALE;
        }
        Counts used = counts.get(nonce);
        if (used == null) {
            if (madeMs <= forgottenUntilMs) {
                return DigestOutcome.STALE;
            }
            if (counts.size() == maxNonces) {
                forgetOldest();
            }
            used = new Counts();
            counts.put(nonce, used);
        }
        return used.take(count) ? DigestOutcome.ACCEPTED : DigestOutcome.REPLAYED;
    }

    private void forgetOldest() {
        final String oldest = counts.keySet().iterator().next();
        counts.remove(oldest);
        forgottenUntilMs = Math.max(forgottenUntilMs, HexFormat.fromHexDigitsToLong(oldest, 0, WORD_DIGITS));
    }

    /** Nonces whose counts are kept. */
    int nonces() {
        return counts.size();
    }
}
