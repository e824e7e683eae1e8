package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.SipIdentity;
import io.trunkline.gateway.config.SipStir;
import io.trunkline.gateway.config.SipTrunk;
import io.trunkline.gateway.engine.Router;
import io.trunkline.gateway.engine.Treatment;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.stir.Attestation;
import io.trunkline.sip.stir.CallFacts;
import io.trunkline.sip.stir.CertificateCache;
import io.trunkline.sip.stir.CertificateUrls;
import io.trunkline.sip.stir.Offload;
import io.trunkline.sip.stir.Outcome;
import io.trunkline.sip.stir.Signer;
import io.trunkline.sip.stir.SigningKey;
import io.trunkline.sip.stir.StirCounters;
import io.trunkline.sip.stir.TrustAnchors;
import io.trunkline.sip.stir.Verdict;
import io.trunkline.sip.stir.Verifier;
import io.trunkline.sip.stir.VerifyPolicy;
import io.trunkline.sip.stir.offload.HttpsCertificates;
import io.trunkline.sip.stir.offload.StirWorker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs calls to carriers and verifies those from them (STIR/SHAKEN), as the configuration wants it. Files are read and signatures
 * made on a thread of their own; a call waits for its signature as it would for any decision about it.
 */
final class CallTrust implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallTrust.class);
    private static final Set<Integer> HTTPS_PORTS = Set.of(443, 8443);
    private static final int WORKS_PER_POLL = 256;
    private static final Verdict NOT_READY =
            new Verdict(Outcome.OVERLOADED, null, "", "", "the authorities are not read yet");

    /** What a signature says; the call itself may be over when its turn comes, and its object another call's. */
    private record Signed(String from, String to, Attestation attestation, String owner) {}

    private final Runnable wake;
    private final TrunkBook book;
    private final Router router;
    private final EpochClock wall;
    private final StirCounters counters = new StirCounters();
    private final IdentityReader reader = new IdentityReader();
    private Optional<SipStir> config = Optional.empty();
    private StirWorker worker;
    private HttpsCertificates certificates;
    private Signer signer;
    private Verifier verifier;
    /** What the verifier was made of. */
    private SipStir.Verifying verifying;

    private byte[] authorities = {};
    /** Configurations whose files are being read: calls wait for them. */
    private int readings;

    /**
     * Nothing is signed or verified yet.
     *
     * @param wake lets the shard's thread poll; called by others
     * @param wall wall clock, ms since 1970
     */
    CallTrust(final Runnable wake, final TrunkBook book, final Router router, final EpochClock wall) {
        this.wake = wake;
        this.book = book;
        this.router = router;
        this.wall = wall;
    }

    StirCounters counters() {
        return counters;
    }

    /** Takes over a configuration; its files are read anew, and what was read before serves until they are. */
    void configure(final Optional<SipStir> next) {
        final boolean sameRoom = worker != null && config.map(SipStir::waiting).equals(next.map(SipStir::waiting));
        config = next;
        if (next.isEmpty() || !sameRoom) {
            close();
        }
        next.ifPresent(stir -> {
            if (worker == null) {
                // One place more, for the files.
                worker = new StirWorker(stir.waiting() + 1, wake);
            }
            readings += worker.submit(new Reading(stir)) ? 1 : 0;
        });
    }

    /** Whether a call that a tenant makes is to be signed for one of the carriers that it may go to. */
    boolean signs(final LiveCall call) {
        if (call.inbound || config.flatMap(SipStir::sign).isEmpty() || call.fromLength == 0) {
            return false;
        }
        for (int i = 0; i < call.route.count; i++) {
            for (final Peer peer : book.open(call.route.carriers[i])) {
                if (mayShow(call, peer, call.route.treatments[i])) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a peer gets our signature: it wants one, learns the caller's number, and gets both numbers as they were signed. */
    static boolean mayShow(final LiveCall call, final Peer peer, final int treatment) {
        final SipIdentity shown = peer.identity().shown();
        return shown.signature() == SipIdentity.Signature.SIGN
                && (!call.isPrivate || shown.learnsHidden())
                && treatment == Treatment.NONE
                && call.route.rewrite == Treatment.NONE;
    }

    /**
     * Signs a call: A where the number is the tenant's, B where it is not. The call says which from here on; it may end before it
     * is signed.
     *
     * @param then hears the header line; empty where there is none
     */
    void sign(final LiveCall call, final Consumer<String> then) {
        final boolean owned = router.owner(call.from, 0, call.fromLength) == call.tenant;
        call.attestation = owned ? Attestation.FULL : Attestation.PARTIAL;
        sign(
                new Signed(
                        LiveCall.text(call.from, call.fromLength),
                        LiveCall.text(call.to, call.toLength),
                        call.attestation,
                        call.caller.identity().owner()),
                then);
    }

    private void sign(final Signed what, final Consumer<String> then) {
        if (signer == null) {
            final boolean waits = readings > 0 && worker.submit(afterReading(() -> sign(what, then)));
            if (!waits) {
                then.accept("");
            }
            return;
        }
        final String owner = what.owner() + '@' + signer.key().url();
        signer.sign(
                what.from(),
                what.to(),
                what.attestation(),
                UUID.nameUUIDFromBytes(owner.getBytes(StandardCharsets.UTF_8)).toString(),
                then);
    }

    /** Whether a call that cannot be signed does not go out. */
    boolean refusesUnsigned() {
        return config.flatMap(SipStir::sign)
                .filter(sign -> sign.unsigned() == SipStir.Unsigned.REFUSE)
                .isPresent();
    }

    /** Verifies a call from a carrier; its header is read before this returns. */
    void verify(final LiveCall call, final SipMessage invite, final Consumer<Verdict> then) {
        verify(reader.identities(invite), reader.facts(invite, call), then);
    }

    private void verify(final List<String> identities, final CallFacts facts, final Consumer<Verdict> then) {
        if (verifier != null) {
            verifier.verify(identities, facts, then);
        } else if (readings == 0 || !worker.submit(afterReading(() -> verify(identities, facts, then)))) {
            then.accept(NOT_READY);
        }
    }

    /** The worker does one thing after the other, so what is submitted now is done when the files have been read. */
    private static Offload.Work afterReading(final Runnable then) {
        return new Offload.Work() {
            @Override
            public void run() {
                // Its turn is all that is waited for.
            }

            @Override
            public void done() {
                then.run();
            }
        };
    }

    /** Whether a trunk's calls with such a verdict do not go on. */
    static boolean refuses(final SipTrunk.Verify mode, final Verdict verdict) {
        return switch (mode) {
            case OFF, MARK -> false;
            case REFUSE ->
                switch (verdict.outcome()) {
                    case VERIFIED, NO_IDENTITY, UNSUPPORTED, UNREACHABLE, OVERLOADED -> false;
                    default -> true;
                };
            case REQUIRE -> !verdict.isVerified();
        };
    }

    /** Whether no configuration is being read. */
    boolean isReady() {
        return readings == 0;
    }

    /** What verifies now; null where nothing does. */
    Verifier verifier() {
        return verifier;
    }

    /** What is due in a duty cycle. */
    int poll() {
        if (worker == null) {
            return 0;
        }
        final int fetched = certificates == null ? 0 : certificates.poll();
        // What was fetched may end calls, and calls may end the configuration, but not within this.
        return worker.poll(WORKS_PER_POLL) + fetched;
    }

    @Override
    public void close() {
        signer = null;
        verifier = null;
        if (worker != null) {
            worker.close();
            worker = null;
            readings = 0;
        }
        if (certificates != null) {
            certificates.close();
            certificates = null;
        }
    }

    /** Reads the files of a configuration. */
    private final class Reading implements Offload.Work {
        private final SipStir stir;
        private SigningKey key;
        private byte[] read = {};
        private TrustAnchors anchors;

        Reading(final SipStir stir) {
            this.stir = stir;
        }

        @Override
        public void run() {
            try {
                if (stir.sign().isPresent()) {
                    final SipStir.Signing sign = stir.sign().get();
                    key = SigningKey.read(
                            Files.readString(sign.key()), Files.readAllBytes(sign.certificate()), sign.url());
                }
                if (stir.verify().isPresent()) {
                    final SipStir.Verifying verify = stir.verify().get();
                    read = Files.readAllBytes(verify.authorities());
                    anchors = new TrustAnchors(read, verify.numberLists());
                }
            } catch (final IOException | GeneralSecurityException e) {
                LOG.error("STIR/SHAKEN: {}; what was read before stays in force", e.getMessage());
            }
        }

        @Override
        public void done() {
            readings--;
            if (config.filter(stir::equals).isEmpty()) {
                return;
            }
            if (stir.sign().isEmpty()) {
                signer = null;
            } else if (key != null) {
                signer = new Signer(key, worker, wall, counters);
            }
            if (stir.verify().isEmpty()) {
                verifier = null;
            } else if (anchors != null && !isInForce(stir.verify().get())) {
                believe(stir.verify().get());
            }
        }

        /** Then the certificates that it has, and the calls that wait for some, stay. */
        private boolean isInForce(final SipStir.Verifying verify) {
            return verifier != null && verify.equals(verifying) && Arrays.equals(read, authorities);
        }

        private void believe(final SipStir.Verifying verify) {
            if (certificates != null) {
                certificates.close();
            }
            verifying = verify;
            authorities = read;
            certificates = new HttpsCertificates(anchors, HttpsCertificates.Settings.DEFAULT, wall, wake);
            verifier = new Verifier(
                    new VerifyPolicy(
                            verify.fresh().toSeconds(),
                            verify.calls(),
                            verify.diverted(),
                            false,
                            new CertificateUrls(new HashSet<>(verify.hosts()), HTTPS_PORTS, false)),
                    new CertificateCache(certificates, wall, CertificateCache.Limits.DEFAULT),
                    worker,
                    wall,
                    counters);
        }
    }
}
