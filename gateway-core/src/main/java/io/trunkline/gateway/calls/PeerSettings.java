package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.Cidr;
import io.trunkline.gateway.config.Sip;
import io.trunkline.gateway.config.SipAccess;
import io.trunkline.gateway.config.SipIdentity;
import io.trunkline.gateway.config.SipProbe;
import io.trunkline.gateway.config.SipTrunk;
import io.trunkline.gateway.config.SipUser;
import io.trunkline.sip.call.FailoverPolicy;
import io.trunkline.sip.call.HeaderPolicy;
import io.trunkline.sip.call.LegPolicy;
import io.trunkline.sip.call.StatusSet;
import io.trunkline.sip.digest.DigestAlgorithm;
import io.trunkline.sip.locate.Target;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.trunk.CallLimits;
import io.trunkline.sip.trunk.Credentials;
import io.trunkline.sip.trunk.MessageSettings;
import io.trunkline.sip.trunk.Probing;
import io.trunkline.sip.trunk.Registering;
import io.trunkline.sip.trunk.Sources;
import io.trunkline.sip.trunk.TrunkSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** From configured trunks and platforms to what {@code sip-trunk} wants to know of them. */
final class PeerSettings {
    private static final double THOUSANDTHS = 1000.0;
    private static final int REDIRECTIONS_FROM = 300;
    private static final int REDIRECTIONS_TO = 400;

    private PeerSettings() {}

    static TrunkSettings of(final String name, final SipTrunk trunk) {
        TrunkSettings settings = TrunkSettings.of(name, target(trunk.host(), trunk.port(), trunk.transport()))
                .withSources(sources(trunk.sources(), trunk.certificateNames(), trunk.accept()))
                .withLimits(new CallLimits(trunk.maxCalls(), thousandths(trunk.cps()), thousandths(trunk.cpsIn())))
                .withLargeOverTcp(trunk.largeOverTcp())
                .withMaxRetryAfter(trunk.maxRetryAfter().toMillis());
        if (trunk.digest().isPresent()) {
            settings = settings.withCredentials(credentials(trunk.digest().get()));
        }
        if (trunk.register().isPresent()) {
            final SipTrunk.Register register = trunk.register().get();
            final Registering usual = Registering.of(register.user(), register.domain());
            settings = settings.withRegistering(new Registering(
                    usual.user(),
                    usual.domain(),
                    (int) register.expires().toSeconds(),
                    usual.timeoutMs(),
                    usual.firstRetryMs(),
                    usual.maxRetryMs(),
                    usual.forbiddenRetryMs()));
        }
        return probed(settings, trunk.probe());
    }

    static TrunkSettings of(final String name, final SipAccess access) {
        final Target to = access.to()
                .map(platform -> target(platform.host(), platform.port(), platform.transport()))
                .orElse(null);
        final TrunkSettings settings = TrunkSettings.of(name, to)
                .withSources(sources(access.sources(), access.certificateNames(), access.digest()))
                .withLimits(new CallLimits(access.maxCalls(), 0, thousandths(access.cps())));
        return probed(settings, access.to().flatMap(SipAccess.Platform::probe));
    }

    private static TrunkSettings probed(final TrunkSettings settings, final Optional<SipProbe> probe) {
        return probe.map(how -> settings.withProbing(
                        new Probing(
                                how.interval().toMillis(),
                                how.whenDown().toMillis(),
                                how.timeout().toMillis(),
                                Probing.DEFAULT.failures()),
                        how.failures(),
                        how.answers()))
                .orElse(settings);
    }

    private static Target target(
            final String host, final Optional<Integer> port, final Optional<Sip.Transport> transport) {
        return new Target(
                false,
                host,
                port.orElse(0),
                transport.map(PeerSettings::protocol).orElse(null));
    }

    static TransportProtocol protocol(final Sip.Transport transport) {
        return switch (transport) {
            case UDP -> TransportProtocol.UDP;
            case TCP -> TransportProtocol.TCP;
            case TLS -> TransportProtocol.TLS;
        };
    }

    private static Sources sources(
            final List<Cidr> blocks, final List<String> certificateNames, final Optional<SipUser> user) {
        return new Sources(
                blocks.stream().map(Cidr::toString).toList(),
                new HashSet<>(certificateNames),
                user.map(SipUser::user).orElse(null),
                user.map(account -> text(account.password().reveal())).orElse(null));
    }

    private static Credentials credentials(final SipTrunk.Digest digest) {
        final DigestAlgorithm weakest = switch (digest.weakest()) {
            case MD5 -> DigestAlgorithm.MD5;
            case SHA_256 -> DigestAlgorithm.SHA_256;
            case SHA_512_256 -> DigestAlgorithm.SHA_512_256;
        };
        return new Credentials(
                digest.user(), digest.realm(), text(digest.password().reveal()), weakest);
    }

    private static String text(final byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static long thousandths(final double perSecond) {
        return Math.round(perSecond * THOUSANDTHS);
    }

    /** What Request-URIs to a peer name. */
    static String host(final String host, final Optional<Integer> port) {
        final String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port.map(number -> bracketed + ":" + number).orElse(bracketed);
    }

    /**
     * How a peer is spoken to.
     *
     * @param believed whether the other side is: of what one says who is not, nothing passes (RFC 3325 §5), but its signature, which the peer
     *     may judge for itself
     */
    static LegPolicy leg(
            final SipIdentity identity, final boolean believed, final Duration sessionTimer, final Sip.Times times) {
        final List<String> more = new ArrayList<>(identity.headers());
        if (identity.asserted() == SipIdentity.Asserted.PASS && believed) {
            more.add("P-Asserted-Identity");
        }
        if (identity.remoteParty() == SipIdentity.Asserted.PASS && believed) {
            more.add("Remote-Party-ID");
        }
        if (identity.signature() == SipIdentity.Signature.PASS) {
            more.add("Identity");
        }
        if (identity.redirections() && believed) {
            more.add("Diversion");
            more.add("History-Info");
        }
        return new LegPolicy(HeaderPolicy.DEFAULT.with(more), false, (int) sessionTimer.toSeconds(), (int)
                times.minSessionTimer().toSeconds());
    }

    /** How messages go to a trunk; null: not at all. */
    static Peer.MessagesOut messagesOut(final SipTrunk trunk) {
        return trunk.messagesOut()
                .map(out -> new Peer.MessagesOut(
                        new MessageSettings(
                                out.window(),
                                thousandths(out.perSecond()),
                                out.timeout().toMillis(),
                                new HashSet<>(trunk.failover().on()),
                                out.maxOctets()),
                        out.ok() == SipTrunk.Ok.DELIVERED))
                .orElse(null);
    }

    /** A redirection is a failure of this way, whatever else is one: what it leads to, if anything, is another way. */
    static FailoverPolicy failover(final SipTrunk.Failover failover) {
        final IntStream redirections = IntStream.range(REDIRECTIONS_FROM, REDIRECTIONS_TO);
        return new FailoverPolicy(
                StatusSet.of(IntStream.concat(failover.on().stream().mapToInt(Integer::intValue), redirections)
                        .toArray()),
                failover.afterProvisional(),
                failover.response().toMillis(),
                failover.ring().toMillis());
    }
}
