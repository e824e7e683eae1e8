package io.trunkline.sip.trunk;

import io.trunkline.sip.locate.LocateLimits;
import io.trunkline.sip.locate.Locator;
import io.trunkline.sip.locate.RecordType;
import io.trunkline.sip.locate.Zone;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.ResponseWriter;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
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
import io.trunkline.sip.transport.Loop;
import io.trunkline.sip.transport.MessageSink;
import io.trunkline.sip.transport.SipTransport;
import io.trunkline.sip.transport.TransportLimits;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Transport, trunks and transactions as a daemon joins them, on real sockets, with a user that answers everything 200. */
final class LiveRig implements AutoCloseable {
    private final class Answering implements TransactionUser {
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[16 * 1024]);
        private final OctetWriter out = new OctetWriter();
        private final MessageWriter writer = new MessageWriter(out);

        private void respond(final ServerTransaction transaction, final SipMessage request, final int status) {
            out.wrap(buffer, 0, buffer.capacity());
            ResponseWriter.start(request, status, "OK", "ours", transaction.peer(), writer);
            if (request.method() == SipMethod.INVITE) {
                writer.header(HeaderName.CONTACT, "<sip:" + ((Flow) transaction.hop()).sentBy() + ">");
            }
            writer.end();
            transaction.respond(status, buffer, 0, out.length());
        }

        @Override
        public void onRequest(final ServerTransaction transaction, final SipMessage request) {
            heard.add(request.method() + " " + trunks.door().current());
            respond(transaction, request, 200);
        }

        @Override
        public void onCancel(final ServerTransaction cancel, final ServerTransaction invite, final SipMessage request) {
            respond(cancel, request, 200);
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
        public void onStrayResponse(final SipMessage response, final Hop source) {}

        @Override
        public void onEnded(final ClientTransaction transaction, final TransactionEnd end) {
            heard.add("ended " + end);
        }

        @Override
        public void onEnded(final ServerTransaction transaction, final TransactionEnd end) {}
    }

    /** All peers of a test come from one address. */
    private static final TransportLimits LIMITS =
            new TransportLimits(SipLimits.DEFAULT, 16 * 1024, 4 << 20, 4_096, 2_048, 600_000, 10_000, 4_000, 0, 10_000);

    final Loop loop = new Loop();
    final Zone zone = new Zone();
    final List<String> heard = new ArrayList<>();
    final Trunks trunks;
    final SipTransport transport;
    final TransactionLayer layer;

    LiveRig(final DoorSettings door) {
        final SecureRandom random = new SecureRandom();
        final Locator locator = new Locator(
                zone,
                LocateLimits.DEFAULT,
                EnumSet.of(TransportProtocol.UDP, TransportProtocol.TCP),
                List.of(RecordType.A));
        trunks = new Trunks(new TrunksContext(locator, this::flow, loop, random::nextLong, door));
        transport = loop.transport(LIMITS, null, new MessageSink() {
            @Override
            public void onMessage(final SipMessage message, final Flow source) {
                trunks.door().onMessage(message, source);
            }

            @Override
            public void onFailed(final Flow flow) {
                trunks.door().onFailed(flow);
            }
        });
        layer = new TransactionLayer(new TransactionContext(
                TransactionLimits.DEFAULT,
                TimerValues.DEFAULT,
                loop,
                random::nextLong,
                transport,
                trunks.user(new Answering())));
        trunks.layer(layer);
        loop.everyTurn(() -> {
            layer.poll(Integer.MAX_VALUE);
            trunks.poll();
        });
    }

    private Flow flow(final Destination destination) {
        return transport.flow(destination);
    }

    InetSocketAddress listen(final TransportProtocol protocol) {
        return loop.listen(transport, protocol);
    }

    @Override
    public void close() {
        loop.close();
    }
}
