package io.trunkline.sip.trunk;

import io.trunkline.sip.digest.DigestOutcome;
import io.trunkline.sip.digest.DigestServer;
import io.trunkline.sip.locate.IpLiteral;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipFault;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.stack.HeaderGrammar;
import io.trunkline.sip.stack.HeaderReading.Element;
import io.trunkline.sip.stack.HeaderReading.Read;
import io.trunkline.sip.time.CallRate;
import io.trunkline.sip.transaction.TransactionLayer;
import io.trunkline.sip.transport.AddressBlock;
import io.trunkline.sip.transport.Flow;
import io.trunkline.sip.transport.MessageSink;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;

/**
 * Lets in what comes from a trunk and tells whose it is: by its address, by the name in its certificate, or by digest. From
 * unknown addresses nothing gets further than here but what belongs to a call that is there, and nothing is answered but with a
 * challenge, of which there are few; so scanners learn nothing, and nobody can be flooded through us.
 */
public final class InboundDoor implements MessageSink {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MAX_USER_AGENT = 256;
    /** Octets of the shortest request that is challenged: the answer to a shorter one would be more than twice as long. */
    private static final int LEAST_CHALLENGED = 220;

    /** Lines of Authorization that are read of a request: to read one takes longer than all else that is done with a stranger's. */
    private static final int MAX_CREDENTIALS = 4;

    private static final int MAX_CREDENTIALS_OCTETS = 1_024;

    /** What a flow is marked with: whose it is by its address, as long as the table is the same. */
    private record Owner(SourceTable table, Trunk trunk) {}

    /** A user of a digest trunk. */
    private record User(String ha1, Trunk trunk) {}

    private final EpochClock clock;
    private final LongSupplier random;
    private final CallRate challenges;
    private final Map<String, User> users = new HashMap<>();
    private final Remembered<InetAddress, Integer> strikes;
    private final Remembered<InetSocketAddress, Trunk> authenticated;
    private final DoorCounters counters = new DoorCounters();
    private DoorSettings settings;
    /** Null where nobody is challenged. */
    private DigestServer digest;

    private List<Trunk> known = List.of();
    private SourceTable table = new SourceTable(List.of());
    private TransactionLayer layer;
    private Trunk current;

    InboundDoor(final DoorSettings settings, final EpochClock clock, final LongSupplier random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        digest = digest();
        challenges = new CallRate(settings.challengesPerSecond() * 1000L, settings.challengesPerSecond(), clock.time());
        strikes = new Remembered<>(settings.maxTracked(), settings.banMs());
        authenticated = new Remembered<>(settings.maxTracked(), settings.banMs());
    }

    private DigestServer digest() {
        return settings.realm() == null
                ? null
                : new DigestServer(
                        settings.realm(),
                        settings.algorithm(),
                        settings.nonceLifetimeMs(),
                        settings.maxTracked(),
                        clock,
                        random);
    }

    /** From now on strangers are challenged in this realm, or in none, and refused or not; the other settings stay. */
    public void configure(final String realm, final boolean refuse) {
        final boolean sameRealm = Objects.equals(realm, settings.realm());
        if (sameRealm && refuse == settings.refuse()) {
            return;
        }
        settings = settings.challenging(realm, refuse);
        if (!sameRealm) {
            digest = digest();
            know(known);
        }
    }

    void layer(final TransactionLayer to) {
        layer = to;
    }

    /** Takes the trunks as they are now. */
    void know(final List<Trunk> trunks) {
        table = new SourceTable(trunks);
        known = trunks;
        users.clear();
        for (final Trunk trunk : trunks) {
            final Sources sources = trunk.settings().sources();
            if (sources.user() != null && digest != null) {
                users.put(sources.user(), new User(digest.ha1(sources.user(), sources.password()), trunk));
            }
        }
    }

    public DoorCounters counters() {
        return counters;
    }

    /** The trunk of the message that is being handled; null between messages, and for what belongs to a call and comes from nowhere known. */
    public Trunk current() {
        return current;
    }

    @Override
    public void onFailed(final Flow flow) {
        layer.onTransportFailed(flow);
    }

    @Override
    public void onMessage(final SipMessage message, final Flow source) {
        final Trunk owner = owner(source);
        if (owner != null) {
            counters.known++;
            pass(message, source, owner);
        } else if (layer.isExpected(message, source)) {
            // A user's answer to us, or a peer of a call that is at another address than it was, by its own doing or by
            // our
            // configuration's: it knows 64 random bits of our branch or tag.
            pass(message, source, authenticated.get(source.remote(), clock.time()));
        } else if (message.isRequest()) {
            fromUnknown(message, source);
        } else {
            counters.unknownResponses++;
        }
    }

    /** Another address of the trunk that a message came from. */
    @Override
    public InetAddress otherAddress(final Flow source, final String host) {
        final Trunk owner = owner(source);
        final InetAddress other = owner == null ? null : IpLiteral.parse(host);
        return other != null && table.find(other) == owner ? other : null;
    }

    private void pass(final SipMessage message, final Flow source, final Trunk trunk) {
        if (message.isRequest() && trunk != null) {
            source.listensAt(message);
        }
        current = trunk;
        try {
            layer.onMessage(
                    message, source, trunk == null ? null : trunk.admission().share());
        } finally {
            current = null;
        }
    }

    private Trunk owner(final Flow source) {
        if (source.mark() instanceof Owner owner && owner.table == table) {
            return owner.trunk;
        }
        Trunk trunk = table.find(source.remote().getAddress());
        for (final String name : source.peerNames()) {
            trunk = trunk == null ? table.find(name) : trunk;
        }
        source.mark(new Owner(table, trunk));
        return trunk;
    }

    private void fromUnknown(final SipMessage request, final Flow source) {
        final long nowMs = clock.time();
        if (users.isEmpty() || request.fault() != SipFault.NONE) {
            // A faulty request gets no 400 either: whoever sent it has not said who he is.
            counters.unknownRequests++;
            refuseStranger(request, source, nowMs);
            return;
        }
        if (isBanned(source, nowMs)) {
            counters.banned++;
        } else if (isScanner(request)) {
            counters.scanners++;
        } else if (request.method() == SipMethod.ACK || request.method() == SipMethod.CANCEL) {
            // They cannot be challenged (RFC 3261 §22.1), so they must come from where something good came from.
            final Trunk trunk = authenticated.get(source.remote(), nowMs);
            if (trunk == null) {
                counters.unknownRequests++;
            } else {
                pass(request, source, trunk);
            }
        } else {
            authenticate(request, source, nowMs);
        }
    }

    private void refuseStranger(final SipMessage request, final Flow source, final long nowMs) {
        if (settings.refuse()
                && request.fault() == SipFault.NONE
                && request.method() != SipMethod.ACK
                && !isScanner(request)
                && challenges.isReady(nowMs)) {
            challenges.take();
            layer.refuse(request, source, FORBIDDEN, "Forbidden", null, null);
        }
    }

    /** Not one that has proved who he is: somebody else may have sent the wrong passwords in his name. */
    private boolean isBanned(final Flow source, final long nowMs) {
        final Integer struck = strikes.get(AddressBlock.of(source.remote().getAddress()), nowMs);
        return struck != null && struck >= settings.strikes() && authenticated.get(source.remote(), nowMs) == null;
    }

    private boolean isScanner(final SipMessage request) {
        final int line = request.first(HeaderName.USER_AGENT);
        if (line < 0) {
            return false;
        }
        final long value = request.value(line);
        final long begin = Range.of(Range.offset(value), Math.min(Range.length(value), MAX_USER_AGENT));
        final String agent = Octets.text(request.buffer(), begin).toLowerCase(Locale.ROOT);
        for (final String scanner : settings.scanners()) {
            if (agent.contains(scanner)) {
                return true;
            }
        }
        return false;
    }

    private void authenticate(final SipMessage request, final Flow source, final long nowMs) {
        final Map<String, String> credentials = credentials(request);
        if (credentials == null) {
            challenge(request, source, false, nowMs);
            return;
        }
        final DigestOutcome outcome = digest.verify(
                credentials,
                Octets.text(request.buffer(), request.methodRange()),
                Octets.text(request.buffer(), request.requestUriRange()),
                name -> users.containsKey(name) ? users.get(name).ha1() : null);
        switch (outcome) {
            case ACCEPTED -> {
                counters.authenticated++;
                final Trunk trunk = users.get(credentials.get("username")).trunk();
                authenticated.put(source.remote(), trunk, nowMs);
                pass(request, source, trunk);
            }
            case STALE -> challenge(request, source, true, nowMs);
            case MALFORMED -> challenge(request, source, false, nowMs);
            case REPLAYED -> {
                // Over UDP most copies are retransmissions, and their transaction knows them.
                counters.replayed++;
                if (authenticated.get(source.remote(), nowMs) == null) {
                    strike(request, source, nowMs);
                } else if (!isRetransmission(request, source)) {
                    // Of one that was refused without a transaction, as a rule: he may ask anew.
                    challenge(request, source, true, nowMs);
                }
            }
            case WRONG -> {
                counters.wrong++;
                strike(request, source, nowMs);
            }
        }
    }

    /** Hands a copy to its transaction, if there is one: from the address that sent the original only. */
    private boolean isRetransmission(final SipMessage request, final Flow source) {
        if (!layer.isKnown(request)) {
            return false;
        }
        pass(request, source, authenticated.get(source.remote(), clock.time()));
        return true;
    }

    private Map<String, String> credentials(final SipMessage request) {
        int lines = 0;
        for (int line = request.first(HeaderName.AUTHORIZATION);
                line >= 0 && lines < MAX_CREDENTIALS;
                line = request.next(line)) {
            lines++;
            if (Range.length(request.value(line)) <= MAX_CREDENTIALS_OCTETS
                    && HeaderGrammar.read(request, line) instanceof Read read) {
                for (final Element element : read.elements()) {
                    if ("Digest".equalsIgnoreCase(element.value())
                            && settings.realm().equals(element.parameters().get("realm"))) {
                        return element.parameters();
                    }
                }
            }
        }
        return null;
    }

    private void challenge(final SipMessage request, final Flow source, final boolean stale, final long nowMs) {
        if (request.length() < LEAST_CHALLENGED || !challenges.isReady(nowMs)) {
            counters.challengesSuppressed++;
            return;
        }
        challenges.take();
        counters.challenged++;
        layer.refuse(
                request, source, UNAUTHORIZED, "Unauthorized", HeaderName.WWW_AUTHENTICATE, digest.challenge(stale));
    }

    private void strike(final SipMessage request, final Flow source, final long nowMs) {
        final InetAddress address = AddressBlock.of(source.remote().getAddress());
        final Integer before = strikes.get(address, nowMs);
        final int count = before == null ? 1 : before + 1;
        strikes.put(address, count, nowMs);
        if (count == settings.strikes()) {
            counters.bans++;
        } else if (challenges.isReady(nowMs)) {
            challenges.take();
            layer.refuse(request, source, FORBIDDEN, "Forbidden", null, null);
        }
    }
}
