package io.trunkline.sip.stir;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.util.Base64URL;
import io.trunkline.sip.message.HeaderName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochClock;

/** Signs calls (RFC 8224 §6.1). Single-threaded, but for the signatures themselves. */
public final class Signer {
    private final SigningKey key;
    private final Offload offload;
    private final EpochClock clock;
    private final StirCounters counters;

    /**
     * A signer.
     *
     * @param clock wall clock, ms since 1970
     */
    public Signer(final SigningKey key, final Offload offload, final EpochClock clock, final StirCounters counters) {
        this.key = key;
        this.offload = offload;
        this.clock = clock;
        this.counters = counters;
    }

    public SigningKey key() {
        return key;
    }

    /**
     * Signs a call from one number to another with a SHAKEN PASSporT.
     *
     * @param orig calling number, canonical
     * @param dest called number, canonical
     * @param origid a UUID that says where the call came from, to ourselves only
     * @param then hears the Identity header line with CRLF; empty where there was no room, the certificate has run out or the
     *     signature failed. Perhaps before this returns
     */
    public void sign(
            final String orig,
            final String dest,
            final Attestation attestation,
            final String origid,
            final Consumer<String> then) {
        final long nowMs = clock.time();
        if (nowMs > key.notAfterMs()) {
            counters.notSigned++;
            then.accept("");
            return;
        }
        final Passport passport = Passport.shaken(key.url(), orig, dest, nowMs / 1_000, attestation, origid);
        if (!offload.submit(new Work(passport, then))) {
            counters.notSigned++;
            then.accept("");
        }
    }

    /** The header of a PASSporT, signed here and now; for {@link #sign}, tests and tools. */
    public static IdentityHeader header(final SigningKey key, final Passport passport) throws JOSEException {
        final byte[] input = signingInput(passport);
        final String token = new String(input, StandardCharsets.US_ASCII) + '.' + key.sign(input);
        return new IdentityHeader(token, passport.x5u(), "ES256", passport.ppt());
    }

    /** The compact form (RFC 8224 §7.1) of a PASSporT that is not SHAKEN. */
    public static IdentityHeader compactHeader(final SigningKey key, final Passport passport) throws JOSEException {
        return new IdentityHeader(".." + key.sign(signingInput(passport)), passport.x5u(), "ES256", passport.ppt());
    }

    static byte[] signingInput(final Passport passport) {
        final List<String> parts = List.of(
                Base64URL.encode(passport.headerJson()).toString(),
                Base64URL.encode(passport.claimsJson()).toString());
        return String.join(".", parts).getBytes(StandardCharsets.US_ASCII);
    }

    private final class Work implements Offload.Work {
        private final Passport passport;
        private final Consumer<String> then;
        private String line = "";

        Work(final Passport passport, final Consumer<String> then) {
            this.passport = passport;
            this.then = then;
        }

        @Override
        public void run() {
            try {
                line = HeaderName.IDENTITY.text() + ": " + header(key, passport).text() + "\r\n";
            } catch (final JOSEException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void done() {
            if (line.isEmpty()) {
                counters.notSigned++;
            } else {
                counters.signed++;
            }
            then.accept(line);
        }
    }
}
