package io.trunkline.sip.stir;

import com.nimbusds.jose.JOSEException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochClock;

/**
 * Verifies calls (RFC 8224 §6.2). What is cheap comes first, so that a stranger's call costs neither a fetch nor a signature
 * unless it looks like one that could be right. Single-threaded, but for the signatures themselves.
 *
 * <pre>
 *   header ─▶ claims ─▶ URL ─▶ certificate (cache, else fetched) ─▶ its numbers ─▶ signature (offloaded) ─▶ used before?
 * </pre>
 */
public final class Verifier {
    /** Identity headers of one call that are looked at; more of them are an attack. */
    public static final int MAX_HEADERS = 4;

    private static final int MAX_SEEN = 100_000;

    private final VerifyPolicy policy;
    private final CertificateCache certificates;
    private final Offload offload;
    private final EpochClock clock;
    private final StirCounters counters;
    private final SeenPassports seen;

    /**
     * A verifier.
     *
     * @param clock wall clock, ms since 1970
     */
    public Verifier(
            final VerifyPolicy policy,
            final CertificateCache certificates,
            final Offload offload,
            final EpochClock clock,
            final StirCounters counters) {
        this.policy = policy;
        this.certificates = certificates;
        this.offload = offload;
        this.clock = clock;
        this.counters = counters;
        seen = new SeenPassports(MAX_SEEN, policy.maxCalls(), 3_000 * policy.freshSec());
    }

    /**
     * Verifies a call.
     *
     * @param identities values of its Identity headers, in order
     * @param then hears the verdict exactly once, perhaps before this returns
     */
    public void verify(final List<String> identities, final CallFacts facts, final Consumer<Verdict> then) {
        final Consumer<Verdict> counted = verdict -> {
            counters.count(verdict.outcome());
            then.accept(verdict);
        };
        if (identities.isEmpty() || identities.size() > MAX_HEADERS) {
            counted.accept(
                    identities.isEmpty()
                            ? Verdict.of(Outcome.NO_IDENTITY, "no Identity header")
                            : Verdict.of(Outcome.MALFORMED, "more than " + MAX_HEADERS + " Identity headers"));
            return;
        }
        final List<IdentityHeader> headers = identities.stream()
                .map(IdentityHeader::read)
                .filter(Objects::nonNull)
                .toList();
        final IdentityHeader chosen = chosen(headers);
        if (chosen == null) {
            counted.accept(
                    headers.isEmpty()
                            ? Verdict.of(Outcome.MALFORMED, "Identity header is not as RFC 8224 says")
                            : Verdict.of(Outcome.UNSUPPORTED, "no PASSporT of a kind that is known"));
            return;
        }
        final ReceivedPassport received = ReceivedPassport.read(chosen, facts);
        final Verdict refusal = received.refusal() == null ? claims(received.passport(), facts) : received.refusal();
        if (refusal != null) {
            counted.accept(refusal);
            return;
        }
        certificates.get(
                received.passport().x5u(), clock.time(), fetched -> certified(received, facts, fetched, counted));
    }

    /** The first of SHAKEN; those for diversions (RFC 8946), names (RFC 9795) and the like say nothing of who calls. */
    private static IdentityHeader chosen(final List<IdentityHeader> headers) {
        IdentityHeader base = null;
        for (final IdentityHeader header : headers) {
            if (header.ppt().equals(Passport.SHAKEN)) {
                return header;
            }
            // Without the parameter the PASSporT itself says what it is.
            base = base == null && header.ppt().isEmpty() ? header : base;
        }
        return base;
    }

    /** What is wrong with the claims, or null. */
    private Verdict claims(final Passport passport, final CallFacts facts) {
        if (!passport.isShaken() && !(policy.baseTaken() && passport.ppt().isEmpty())) {
            return Verdict.of(Outcome.UNSUPPORTED, passport, "", "no SHAKEN PASSporT");
        }
        final long ageSec = clock.time() / 1_000 - passport.iatSec();
        if (ageSec > policy.freshSec() || ageSec < -policy.freshSec()) {
            return Verdict.of(Outcome.STALE, passport, "", "signed " + ageSec + " s ago");
        }
        if (facts.orig() == null || !facts.orig().equals(passport.orig())) {
            return Verdict.of(Outcome.WRONG_NUMBER, passport, "", "signed for another calling number");
        }
        if (facts.dest() == null || !passport.dest().contains(facts.dest())) {
            return Verdict.of(Outcome.WRONG_NUMBER, passport, "", "signed for another called number");
        }
        if (!policy.divertedTaken()
                && facts.target() != null
                && !passport.dest().contains(facts.target())) {
            return Verdict.of(Outcome.WRONG_NUMBER, passport, "", "signed for To, but sent to another number");
        }
        final String refusal = policy.urls().refusal(passport.x5u());
        return refusal == null ? null : Verdict.of(Outcome.UNREACHABLE, passport, "", refusal);
    }

    private void certified(
            final ReceivedPassport received,
            final CallFacts facts,
            final FetchedCertificate fetched,
            final Consumer<Verdict> then) {
        final Passport passport = received.passport();
        final SignerCertificate certificate = fetched.certificate();
        if (certificate == null) {
            then.accept(Verdict.of(fetched.outcome(), passport, "", fetched.why()));
        } else if (!certificate.isValidAt(clock.time())) {
            then.accept(
                    Verdict.of(Outcome.UNTRUSTED, passport, certificate.name(), "the certificate is not valid now"));
        } else if (certificate.numbers().isGiven() && !certificate.numbers().covers(passport.orig())) {
            then.accept(Verdict.of(
                    Outcome.UNTRUSTED, passport, certificate.name(), "the certificate is not good for this number"));
        } else if (!offload.submit(new Work(received, facts, certificate, then))) {
            then.accept(Verdict.of(Outcome.OVERLOADED, passport, certificate.name(), "too many to verify"));
        }
    }

    private final class Work implements Offload.Work {
        private final ReceivedPassport received;
        private final CallFacts facts;
        private final SignerCertificate certificate;
        private final Consumer<Verdict> then;
        private boolean right;
        private long hash;

        Work(
                final ReceivedPassport received,
                final CallFacts facts,
                final SignerCertificate certificate,
                final Consumer<Verdict> then) {
            this.received = received;
            this.facts = facts;
            this.certificate = certificate;
            this.then = then;
        }

        @Override
        public void run() {
            try {
                hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(received.signingInput()))
                        .getLong();
                right = SigningKey.isSignedBy(certificate.key(), received.signingInput(), received.signature());
            } catch (final JOSEException | NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void done() {
            then.accept(verdict());
        }

        private Verdict verdict() {
            final Passport passport = received.passport();
            final String name = certificate.name();
            if (!right) {
                certificates.doubt(passport.x5u());
                return Verdict.of(Outcome.FORGED, passport, name, "the signature is not the certificate's");
            }
            return seen.use(hash, facts.call(), clock.time())
                    ? Verdict.of(Outcome.VERIFIED, passport, name, "")
                    : Verdict.of(Outcome.REPLAYED, passport, name, "used for other calls before");
        }
    }
}
