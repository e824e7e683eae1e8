package io.trunkline.sip.trunk;

import io.trunkline.sip.locate.LocateLimits;
import io.trunkline.sip.locate.Locator;
import io.trunkline.sip.locate.RecordType;
import io.trunkline.sip.locate.Target;
import io.trunkline.sip.locate.Zone;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.MessageIndexer;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.PeerAddress;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.ServerTransaction;
import io.trunkline.sip.transaction.TimerValues;
import io.trunkline.sip.transaction.TransactionContext;
import io.trunkline.sip.transaction.TransactionEnd;
import io.trunkline.sip.transaction.TransactionLayer;
import io.trunkline.sip.transaction.TransactionLimits;
import io.trunkline.sip.transaction.TransactionUser;
import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.transport.Flow;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/** Trunks over a network that a test writes: clock, DNS, what was sent, and what comes back. */
final class TrunkRig implements EpochClock {
    /** What left, and where to. */
    record Sent(Flow to, String text) {
        String header(final String name) {
            for (final String line : text.split("\r\n", -1)) {
                if (line.startsWith(name + ": ")) {
                    return line.substring(name.length() + 2);
                }
            }
            return "";
        }

        String host() {
            return to.remote().getAddress().getHostAddress();
        }
    }

    /** A way in the written network. */
    static final class FakeFlow implements Flow {
        private final TransportProtocol protocol;
        private final InetSocketAddress remote;
        private final Set<String> names;
        private boolean connected = true;
        private Object mark;

        FakeFlow(final TransportProtocol protocol, final InetSocketAddress remote, final Set<String> names) {
            this.protocol = protocol;
            this.remote = remote;
            this.names = names;
        }

        void connected(final boolean cameAbout) {
            connected = cameAbout;
        }

        @Override
        public boolean mayHaveSent() {
            return connected;
        }

        @Override
        public boolean isReliable() {
            return protocol != TransportProtocol.UDP;
        }

        @Override
        public PeerAddress peer() {
            return PeerAddress.of(remote);
        }

        @Override
        public Hop withPort(final int port) {
            return new FakeFlow(protocol, new InetSocketAddress(remote.getAddress(), port), names);
        }

        @Override
        public TransportProtocol protocol() {
            return protocol;
        }

        @Override
        public InetSocketAddress local() {
            return new InetSocketAddress("198.51.100.1", 5060);
        }

        @Override
        public InetSocketAddress remote() {
            return remote;
        }

        @Override
        public String sentBy() {
            return "198.51.100.1:5060";
        }

        @Override
        public Set<String> peerNames() {
            return names;
        }

        @Override
        public Object mark() {
            return mark;
        }

        @Override
        public void mark(final Object object) {
            mark = object;
        }
    }

    /** Calls, as far as these tests have some. */
    static final class Calls implements TransactionUser {
        final List<String> heard = new ArrayList<>();
        boolean admitted = true;
        /** Our tag in a dialog that there is; empty for none. */
        String dialog = "";

        TrunkRig rig;

        @Override
        public boolean isInDialog(final SipMessage request) {
            return Octets.text(request.buffer(), request.toTag()).equals(dialog);
        }

        @Override
        public boolean admits(final SipMessage request, final Hop source) {
            if (!admitted) {
                rig.layer.refuse(request, source, 503, "Service Unavailable", HeaderName.RETRY_AFTER, "1");
            }
            return admitted;
        }

        @Override
        public void onRequest(final ServerTransaction transaction, final SipMessage request) {
            final Trunk trunk = rig.trunks.door().current();
            heard.add(request.method() + " " + (trunk == null ? "?" : trunk.name()));
        }

        @Override
        public void onCancel(final ServerTransaction cancel, final ServerTransaction invite, final SipMessage request) {
            heard.add("CANCEL " + (invite != null));
        }

        @Override
        public void onAck(final ServerTransaction invite, final SipMessage ack, final Hop source) {
            heard.add("ACK");
        }

        @Override
        public void onResponse(final ClientTransaction transaction, final SipMessage response) {
            heard.add(response.status() + " " + response.method());
        }

        @Override
        public void onStrayResponse(final SipMessage response, final Hop source) {
            heard.add("stray " + response.status());
        }

        @Override
        public void onEnded(final ClientTransaction transaction, final TransactionEnd end) {
            heard.add("ended " + end);
        }

        @Override
        public void onEnded(final ServerTransaction transaction, final TransactionEnd end) {
            heard.add("ended " + end);
        }
    }

    static final String NAME = "carrier.example";
    private static final long STEP_MS = 100;

    final Zone zone = new Zone().address(NAME, 3_600, "192.0.2.1");
    final List<Sent> sent = new ArrayList<>();
    final Calls calls = new Calls();
    final Trunks trunks;
    final TransactionLayer layer;
    final Random random = new Random(3);
    /** From a request's address to the answer's status line and headers, lines ending in \n; null for silence. */
    final Map<String, Function<Sent, String>> peers = new HashMap<>();

    private final Map<Destination, FakeFlow> flows = new HashMap<>();
    private final MessageIndexer indexer = new MessageIndexer(SipLimits.DEFAULT);
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private long nowMs = 1_000_000;

    TrunkRig() {
        this(DoorSettings.closed());
    }

    TrunkRig(final DoorSettings door) {
        final Locator locator = new Locator(
                zone,
                LocateLimits.DEFAULT,
                EnumSet.of(TransportProtocol.UDP, TransportProtocol.TCP),
                List.of(RecordType.A));
        trunks = new Trunks(new TrunksContext(locator, this::flow, this, random::nextLong, door));
        layer = new TransactionLayer(new TransactionContext(
                TransactionLimits.DEFAULT,
                TimerValues.DEFAULT,
                this,
                random::nextLong,
                this::send,
                trunks.user(calls)));
        trunks.layer(layer);
        calls.rig = this;
    }

    static TrunkSettings settings() {
        return TrunkSettings.of("carrier", new Target(false, NAME, 5060, null));
    }

    static Destination destination(final int last) {
        return new Destination(TransportProtocol.UDP, new InetSocketAddress("192.0.2." + last, 5060), "");
    }

    @Override
    public long time() {
        return nowMs;
    }

    FakeFlow flow(final Destination destination) {
        return flows.computeIfAbsent(destination, to -> new FakeFlow(to.protocol(), to.address(), Set.of()));
    }

    FakeFlow from(final String address, final int port) {
        return flow(new Destination(TransportProtocol.UDP, new InetSocketAddress(address, port), ""));
    }

    private boolean send(final Hop hop, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] octets = new byte[length];
        buffer.getBytes(offset, octets);
        sent.add(new Sent((Flow) hop, new String(octets, StandardCharsets.UTF_8)));
        return true;
    }

    /** Lets time pass; peers answer at once, everyone else never. */
    void run(final long forMs) {
        final long until = nowMs + forMs;
        int answered = sent.size();
        trunks.poll();
        while (true) {
            for (; answered < sent.size(); answered++) {
                final Sent request = sent.get(answered);
                final Function<Sent, String> peer = peers.get(request.host());
                final String answer = peer == null || request.text().startsWith("SIP/2.0") ? null : peer.apply(request);
                if (answer != null) {
                    answer(request, answer);
                }
            }
            if (nowMs >= until) {
                return;
            }
            nowMs = Math.min(until, nowMs + STEP_MS);
            layer.poll(Integer.MAX_VALUE);
            trunks.poll();
        }
    }

    /** A response to what was sent, from where it was sent to. */
    void answer(final Sent request, final String statusAndHeaders) {
        final String text = "SIP/2.0 " + statusAndHeaders.replace("\n", "\r\n")
                + "\r\nVia: " + request.header("Via")
                + "\r\nFrom: " + request.header("From")
                + "\r\nTo: " + request.header("To") + ";tag=peer"
                + "\r\nCall-ID: " + request.header("Call-ID")
                + "\r\nCSeq: " + request.header("CSeq")
                + "\r\nContent-Length: 0\r\n\r\n";
        receive(text, request.to());
    }

    void receive(final String text, final Flow from) {
        final byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        indexer.indexDatagram(new UnsafeBuffer(octets), 0, octets.length, message);
        trunks.door().onMessage(message, from);
    }

    Sent last() {
        return sent.get(sent.size() - 1);
    }

    long sentTo(final String host) {
        return sent.stream().filter(one -> one.host().equals(host)).count();
    }

    static SipMessage index(final String text) {
        return io.trunkline.sip.message.Messages.index(text);
    }
}
