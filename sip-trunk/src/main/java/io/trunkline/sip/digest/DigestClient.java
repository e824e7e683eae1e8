package io.trunkline.sip.digest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Answers the challenges of one trunk with its credentials. Keeps the last nonce, so that later requests carry credentials at
 * once, with a rising nonce count. Only the trunk's own realm is answered: to any other nothing is computed that could be
 * taken away and tried offline.
 */
public final class DigestClient {
    private static final String AUTH = "auth";

    private final String user;
    private final String realm;
    private final String password;
    private final DigestAlgorithm weakest;
    private final LongSupplier random;
    private DigestAlgorithm algorithm = DigestAlgorithm.MD5;
    private String ha1 = "";
    private String nonce = "";
    private String opaque = "";
    private boolean qop;
    private int nonceCount;

    /**
     * A client that has not been challenged.
     *
     * @param user user name
     * @param realm the only realm that is answered
     * @param password in clear
     * @param weakest weaker algorithms are not answered
     * @param random 64 bits that peers cannot guess, for cnonce
     */
    public DigestClient(
            final String user,
            final String realm,
            final String password,
            final DigestAlgorithm weakest,
            final LongSupplier random) {
        this.user = user;
        this.realm = realm;
        this.password = password;
        this.weakest = weakest;
        this.random = random;
    }

    /**
     * Takes the challenges of a 401 or 407 and chooses the strongest that it can answer.
     *
     * @param challenges parameters of each Digest challenge, names in lower case, values without quotes
     * @param shown the nonce that the refused request had credentials for; empty where it had none
     * @return whether {@link #credentials} now answers one of them. False where none fits, and where the nonce is the one that
     *     the request answered and not called stale: then the credentials are wrong and trying again would lock us out
     */
    public boolean challenged(final List<Map<String, String>> challenges, final String shown) {
        Map<String, String> best = null;
        for (final Map<String, String> challenge : challenges) {
            if (isAnswerable(challenge) && (best == null || strength(challenge) > strength(best))) {
                best = challenge;
            }
        }
        if (best == null) {
            return false;
        }
        final String offered = best.get("nonce");
        if (offered.equals(shown) && !"true".equalsIgnoreCase(best.get("stale"))) {
            return false;
        }
        algorithm = DigestAlgorithm.of(best.get("algorithm"));
        ha1 = algorithm.ha1(user, realm, password);
        opaque = best.getOrDefault("opaque", "");
        qop = best.containsKey("qop");
        if (!offered.equals(nonce)) {
            // Else somebody else has used it meanwhile: some servers make one nonce for all who ask within a second.
            nonce = offered;
            nonceCount = 0;
        }
        return true;
    }

    private boolean isAnswerable(final Map<String, String> challenge) {
        final DigestAlgorithm offered = DigestAlgorithm.of(challenge.get("algorithm"));
        final String nonceOffered = challenge.get("nonce");
        return offered != null
                && offered.compareTo(weakest) >= 0
                && realm.equals(challenge.get("realm"))
                && nonceOffered != null
                && isQuotable(nonceOffered)
                && isQuotable(challenge.getOrDefault("opaque", ""))
                && (challenge.get("qop") == null || offersAuth(challenge.get("qop")));
    }

    /** Text that can stand between quotes as it is; anything else would end the string, or the header. */
    private static boolean isQuotable(final String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\');
    }

    private static boolean offersAuth(final String offered) {
        for (final String one : offered.toLowerCase(Locale.ROOT).split("[, ]+", -1)) {
            if (AUTH.equals(one)) {
                return true;
            }
        }
        return false;
    }

    private static DigestAlgorithm algorithm(final Map<String, String> challenge) {
        return DigestAlgorithm.of(challenge.get("algorithm"));
    }

    private static int strength(final Map<String, String> challenge) {
        final DigestAlgorithm offered = algorithm(challenge);
        return offered == DigestAlgorithm.SHA_512_256 ? 2 : offered == DigestAlgorithm.SHA_256 ? 1 : 0;
    }

    /** Whether there is a nonce to answer with. */
    public boolean hasNonce() {
        return !nonce.isEmpty();
    }

    /** What {@link #credentials} answers; empty before the first challenge. */
    public String nonce() {
        return nonce;
    }

    /**
     * Value of the Authorization or Proxy-Authorization of a request; each call counts the nonce up.
     *
     * @param method the request's method
     * @param uri its Request-URI as written
     */
    public String credentials(final String method, final String uri) {
        if (!hasNonce()) {
            throw new IllegalStateException("not challenged yet");
        }
        nonceCount++;
        final String nc = String.format(Locale.ROOT, "%08x", nonceCount);
        final String cnonce = Long.toHexString(random.getAsLong());
        final String response = algorithm.response(ha1, nonce, nc, cnonce, qop ? AUTH : null, method, uri);
        final StringBuilder value = new StringBuilder(300)
                .append("Digest username=\"")
                .append(user)
                .append("\", realm=\"")
                .append(realm)
                .append("\", nonce=\"")
                .append(nonce)
                .append("\", uri=\"")
                .append(uri)
                .append("\", response=\"")
                .append(response)
                .append("\", algorithm=")
                .append(algorithm.token());
        if (qop) {
            value.append(", qop=auth, nc=")
                    .append(nc)
                    .append(", cnonce=\"")
                    .append(cnonce)
                    .append('"');
        }
        if (!opaque.isEmpty()) {
            value.append(", opaque=\"").append(opaque).append('"');
        }
        return value.toString();
    }
}
