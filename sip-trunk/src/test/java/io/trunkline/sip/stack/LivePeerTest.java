package io.trunkline.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.call.Call;
import io.trunkline.sip.call.CallContext;
import io.trunkline.sip.call.CallDesk;
import io.trunkline.sip.call.CallLimits;
import io.trunkline.sip.call.CallListener;
import io.trunkline.sip.call.CallPlan;
import io.trunkline.sip.call.LegPolicy;
import io.trunkline.sip.call.OtherRequests;
import io.trunkline.sip.call.Target;
import io.trunkline.sip.dialog.DialogHops;
import io.trunkline.sip.dialog.LocalEnd;
import io.trunkline.sip.message.MessageIndexer;
import io.trunkline.sip.message.PeerAddress;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipUri;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.TimerValues;
import io.trunkline.sip.transaction.TransactionContext;
import io.trunkline.sip.transaction.TransactionLayer;
import io.trunkline.sip.transaction.TransactionLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.function.BooleanSupplier;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.AddressFactory;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** JAIN-SIP's whole stack, with its dialogs and transactions, calls itself through a desk over UDP sockets. */
class LivePeerTest implements SipListener, CallListener, DialogHops {
    private static final long PATIENCE_NS = 20_000_000_000L;
    private static final String HOST = "127.0.0.1";

    private record Way(InetSocketAddress address) implements Hop {
        @Override
        public boolean isReliable() {
            return false;
        }

        @Override
        public PeerAddress peer() {
            return PeerAddress.of(address);
        }

        @Override
        public Hop withPort(final int port) {
            return new Way(new InetSocketAddress(address.getAddress(), port));
        }
    }

    private final List<String> caller = Collections.synchronizedList(new ArrayList<>());
    private final List<String> callee = Collections.synchronizedList(new ArrayList<>());
    private final List<String> desked = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(65_536);
    private final MessageIndexer indexer = new MessageIndexer(SipLimits.DEFAULT);
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private DatagramChannel channel;
    private int port;
    private CallDesk desk;
    private TransactionLayer layer;
    private SipStack stack;
    private SipProvider callerSide;
    private SipProvider calleeSide;
    private HeaderFactory headers;
    private AddressFactory addresses;
    private MessageFactory messages;
    private volatile int calleeStatus = 200;
    private volatile Dialog dialog;

    @BeforeEach
    void open() throws Exception {
        channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        final SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        final Properties properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", "peer" + port);
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", JainPeer.NoLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.SERVER_LOGGER", JainPeer.NoServerLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
        stack = factory.createSipStack(properties);
        callerSide = provider();
        calleeSide = provider();
        headers = factory.createHeaderFactory();
        addresses = factory.createAddressFactory();
        messages = factory.createMessageFactory();
        stack.start();
        final Random random = new Random();
        final SystemEpochClock clock = SystemEpochClock.INSTANCE;
        desk = new CallDesk(new CallContext(
                CallLimits.DEFAULT,
                TimerValues.DEFAULT,
                LegPolicy.DEFAULT,
                clock,
                random::nextLong,
                this::send,
                this,
                (call, invite) -> call.route(CallPlan.of(Target.of(
                        new Way(new InetSocketAddress(InetAddress.getLoopbackAddress(), portOf(calleeSide))),
                        "sip:bob@" + HOST))),
                this,
                OtherRequests.NONE));
        layer = new TransactionLayer(new TransactionContext(
                TransactionLimits.DEFAULT, TimerValues.DEFAULT, clock, random::nextLong, this::send, desk));
        desk.serve(layer);
    }

    @AfterEach
    void close() throws IOException {
        stack.stop();
        channel.close();
    }

    private SipProvider provider() throws Exception {
        final ListeningPoint point = stack.createListeningPoint(HOST, freePort(), "udp");
        final SipProvider provider = stack.createSipProvider(point);
        provider.addSipListener(this);
        return provider;
    }

    private static int freePort() throws IOException {
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return ((InetSocketAddress) probe.getLocalAddress()).getPort();
        }
    }

    private static int portOf(final SipProvider provider) {
        return provider.getListeningPoint("udp").getPort();
    }

    private boolean send(final Hop hop, final DirectBuffer buffer, final int offset, final int length) {
        final ByteBuffer octets = ByteBuffer.allocate(length);
        buffer.getBytes(offset, octets, length);
        octets.flip();
        try {
            return channel.send(octets, ((Way) hop).address()) == length;
        } catch (final IOException e) {
            return false;
        }
    }

    /** Serves the socket until something is so. */
    private void serveUntil(final BooleanSupplier done) throws IOException {
        final long until = System.nanoTime() + PATIENCE_NS;
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(() -> "caller " + caller + " callee " + callee + " desk " + desked)
                    .isLessThan(until);
            in.clear();
            final InetSocketAddress source = (InetSocketAddress) channel.receive(in);
            if (source == null) {
                Thread.onSpinWait();
            } else {
                indexer.indexDatagram(new UnsafeBuffer(in, 0, in.position()), 0, in.position(), message);
                layer.onMessage(message, new Way(source));
            }
            layer.poll(Integer.MAX_VALUE);
            desk.poll(Integer.MAX_VALUE);
        }
    }

    private void invite() throws Exception {
        final int from = portOf(callerSide);
        final Request invite = messages.createRequest(
                addresses.createSipURI("bob", HOST + ":" + port),
                Request.INVITE,
                callerSide.getNewCallId(),
                headers.createCSeqHeader(1L, Request.INVITE),
                headers.createFromHeader(addresses.createAddress("sip:alice@" + HOST), "alice-1"),
                headers.createToHeader(addresses.createAddress("sip:bob@" + HOST), null),
                List.of(headers.createViaHeader(HOST, from, "udp", null)),
                headers.createMaxForwardsHeader(70));
        invite.addHeader(contact(from));
        invite.setContent("v=0\r\n", headers.createContentTypeHeader("application", "sdp"));
        final ClientTransaction transaction = callerSide.getNewClientTransaction(invite);
        transaction.sendRequest();
    }

    private ContactHeader contact(final int at) throws Exception {
        return headers.createContactHeader(addresses.createAddress("sip:x@" + HOST + ":" + at));
    }

    @Test
    void aCallIsMadeAnsweredAndEnded() throws Exception {
        invite();
        serveUntil(() -> caller.contains("200 INVITE") && callee.contains("ACK"));
        dialog.sendRequest(callerSide.getNewClientTransaction(dialog.createRequest(Request.BYE)));
        serveUntil(() -> caller.contains("200 BYE") && callee.contains("BYE"));
        assertThat(desked).containsExactly("attempt", "progress 180", "answered", "ended CALLER_HUNG_UP");
        assertThat(caller).contains("180 INVITE");
        assertThat(desk.counters().unknownDialogs()).isZero();
    }

    @Test
    void aRefusalReachesTheCaller() throws Exception {
        calleeStatus = 486;
        invite();
        serveUntil(() -> caller.contains("486 INVITE"));
        assertThat(desked).containsExactly("attempt", "progress 180", "failed 486", "ended TARGET_REFUSED");
    }

    @Override
    public void processRequest(final RequestEvent event) {
        final Request request = event.getRequest();
        callee.add(request.getMethod());
        try {
            if (request.getMethod().equals(Request.ACK)) {
                return;
            }
            final ServerTransaction transaction = event.getServerTransaction() == null
                    ? calleeSide.getNewServerTransaction(request)
                    : event.getServerTransaction();
            if (request.getMethod().equals(Request.INVITE)) {
                transaction.sendResponse(response(request, 180));
                transaction.sendResponse(response(request, calleeStatus));
            } else {
                transaction.sendResponse(messages.createResponse(200, request));
            }
        } catch (final Exception e) {
            callee.add(e.toString());
        }
    }

    private Response response(final Request request, final int status) throws Exception {
        final Response response = messages.createResponse(status, request);
        ((ToHeader) response.getHeader(ToHeader.NAME)).setTag("bob-1");
        response.addHeader(contact(portOf(calleeSide)));
        if (status == 200) {
            response.setContent("v=0\r\n", headers.createContentTypeHeader("application", "sdp"));
        }
        return response;
    }

    @Override
    public void processResponse(final ResponseEvent event) {
        final Response response = event.getResponse();
        final CSeqHeader cseq = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
        try {
            assertThat(response.getHeaders(ViaHeader.NAME).hasNext()).isTrue();
            if (response.getStatusCode() == 200 && cseq.getMethod().equals(Request.INVITE)) {
                dialog = event.getDialog();
                dialog.sendAck(dialog.createAck(cseq.getSeqNumber()));
            }
            caller.add(response.getStatusCode() + " " + cseq.getMethod());
        } catch (final Exception e) {
            caller.add(e.toString());
        }
    }

    @Override
    public void processTimeout(final TimeoutEvent event) {}

    @Override
    public void processIOException(final IOExceptionEvent event) {}

    @Override
    public void processTransactionTerminated(final TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(final DialogTerminatedEvent event) {}

    @Override
    public void onAttempt(final Call call, final Target target) {
        desked.add("attempt");
    }

    @Override
    public void onProgress(final Call call, final int status) {
        desked.add("progress " + status);
    }

    @Override
    public void onAttemptFailed(final Call call, final Target target, final int status, final int cause) {
        desked.add("failed " + status);
    }

    @Override
    public void onAnswered(final Call call) {
        desked.add("answered");
    }

    @Override
    public void onEnded(final Call call) {
        desked.add("ended " + call.endReason());
    }

    @Override
    public Hop next(final Hop established, final SipUri next) {
        return established;
    }

    @Override
    public LocalEnd localEnd(final Hop hop) {
        return new LocalEnd("UDP " + HOST + ":" + port + ";rport", "sip:" + HOST + ":" + port, HOST);
    }
}
