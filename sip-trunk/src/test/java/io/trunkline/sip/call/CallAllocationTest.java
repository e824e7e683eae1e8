package io.trunkline.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.dialog.DialogHops;
import io.trunkline.sip.dialog.LocalEnd;
import io.trunkline.sip.message.Allocation;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.MessageIndexer;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.PeerAddress;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.ResponseWriter;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.message.SipUri;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.TimerValues;
import io.trunkline.sip.transaction.TransactionContext;
import io.trunkline.sip.transaction.TransactionLayer;
import io.trunkline.sip.transaction.TransactionLimits;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A whole call over both legs allocates nothing to speak of once as many have been there at a time before. */
class CallAllocationTest implements CallListener, DialogHops {
    private static final int ROUNDS = 2_000;
    private static final int GOAL = 8 * 1024;
    private static final long BETWEEN_CALLS_MS = 40;
    private static final int QUEUE = 16;
    private static final byte[] SDP = Octets.ascii("v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\n");

    private record Way(PeerAddress peer, boolean isReliable) implements Hop {
        @Override
        public Hop withPort(final int port) {
            throw new AssertionError("not asked for");
        }
    }

    private static final Hop CALLER = new Way(new PeerAddress("192.0.2.2", 5060), false);
    private static final Hop CALLEE = new Way(new PeerAddress("192.0.2.3", 5060), false);

    private final Random random = new Random(1);
    private final LocalEnd end = new LocalEnd("UDP 192.0.2.1:5060;rport", "sip:192.0.2.1:5060", "edge.example");
    private final CallPlan plan = CallPlan.of(Target.of(CALLEE, "sip:+49301@carrier.example"));
    private final MessageIndexer indexer = new MessageIndexer(SipLimits.DEFAULT);
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final SipMessage heard = new SipMessage(SipLimits.DEFAULT);
    private final UnsafeBuffer sdp = new UnsafeBuffer(SDP);
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[8192]);
    private final OctetWriter octets = new OctetWriter();
    private final MessageWriter writer = new MessageWriter(octets);
    private final UnsafeBuffer[] queue = new UnsafeBuffer[QUEUE];
    private final int[] lengths = new int[QUEUE];
    private final Hop[] ways = new Hop[QUEUE];
    private int head;
    private int tail;
    private long nowMs = 1_000_000;
    private long number;
    private int ended;
    private int answered;
    private CallDesk desk;
    private TransactionLayer layer;

    private boolean send(final Hop hop, final DirectBuffer buffer, final int offset, final int length) {
        final int at = tail++ % QUEUE;
        queue[at].putBytes(0, buffer, offset, length);
        lengths[at] = length;
        ways[at] = hop;
        return true;
    }

    private void deliver(final Hop from) {
        indexer.indexDatagram(out, 0, octets.length(), message);
        layer.onMessage(message, from);
    }

    private void drain() {
        while (head < tail) {
            final int at = head++ % QUEUE;
            indexer.indexDatagram(queue[at], 0, lengths[at], heard);
            if (ways[at] == CALLEE) {
                callee();
            } else {
                caller();
            }
        }
    }

    private void callee() {
        if (heard.isRequest() && heard.method() != SipMethod.ACK) {
            final boolean invite = heard.method() == SipMethod.INVITE;
            if (invite) {
                respond(180, false);
                deliver(CALLEE);
            }
            respond(200, invite);
            deliver(CALLEE);
        }
    }

    private void respond(final int status, final boolean withBody) {
        octets.wrap(out, 0, out.capacity());
        ResponseWriter.start(heard, status, "OK", "callee", CALLER.peer(), writer);
        writer.header(HeaderName.CONTACT, "<sip:b@192.0.2.3:5060>");
        if (withBody) {
            writer.body("application/sdp", sdp, Range.of(0, SDP.length));
        } else {
            writer.end();
        }
    }

    private void caller() {
        if (!heard.isRequest() && heard.status() == 200 && heard.cseqMethod() == SipMethod.INVITE) {
            inDialog(SipMethod.ACK, 1);
            deliver(CALLER);
            inDialog(SipMethod.BYE, 2);
            deliver(CALLER);
        }
    }

    private void inDialog(final SipMethod method, final long cseq) {
        octets.wrap(out, 0, out.capacity());
        writer.requestLine(method, "sip:192.0.2.1:5060");
        via(method);
        writer.copyLine(heard, heard.first(HeaderName.FROM))
                .copyLine(heard, heard.first(HeaderName.TO))
                .copyLine(heard, heard.first(HeaderName.CALL_ID))
                .cseq(cseq, method)
                .end();
    }

    private void via(final SipMethod method) {
        writer.start(HeaderName.VIA)
                .ascii("SIP/2.0/UDP 192.0.2.2:5060;rport;branch=z9hG4bK")
                .ascii(method.name())
                .hex(number);
        writer.endLine().header(HeaderName.MAX_FORWARDS, 70);
    }

    private void oneCall() {
        number++;
        octets.wrap(out, 0, out.capacity());
        writer.requestLine(SipMethod.INVITE, "sip:+49301@edge.example");
        via(SipMethod.INVITE);
        writer.start(HeaderName.FROM)
                .ascii("\"A\" <sip:+49171@edge.example>;tag=")
                .hex(number);
        writer.endLine().header(HeaderName.TO, "<sip:+49301@edge.example>");
        writer.start(HeaderName.CALL_ID).hex(number);
        writer.endLine()
                .cseq(1, SipMethod.INVITE)
                .header(HeaderName.CONTACT, "<sip:a@192.0.2.2:5060>")
                .header(HeaderName.SUPPORTED, "timer, 100rel")
                .body("application/sdp", sdp, Range.of(0, SDP.length));
        deliver(CALLER);
        drain();
        nowMs += BETWEEN_CALLS_MS;
        layer.poll(Integer.MAX_VALUE);
        desk.poll(Integer.MAX_VALUE);
        drain();
    }

    @Test
    void aCallAllocatesNearlyNothing() {
        for (int i = 0; i < QUEUE; i++) {
            queue[i] = new UnsafeBuffer(new byte[8192]);
        }
        desk = new CallDesk(new CallContext(
                CallLimits.DEFAULT,
                TimerValues.DEFAULT,
                LegPolicy.DEFAULT,
                () -> nowMs,
                random::nextLong,
                this::send,
                this,
                (call, invite) -> call.route(plan),
                this,
                OtherRequests.NONE));
        layer = new TransactionLayer(new TransactionContext(
                TransactionLimits.DEFAULT, TimerValues.DEFAULT, () -> nowMs, random::nextLong, this::send, desk));
        desk.serve(layer);
        final long octetsPerCall = Allocation.leastOf(ROUNDS, this::oneCall) / ROUNDS;
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        final long began = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < ROUNDS; i++) {
            oneCall();
        }
        System.out.println("octets per call " + octetsPerCall + ", us of CPU per call with both peers "
                + (threads.getCurrentThreadCpuTime() - began) / 1_000 / ROUNDS);
        assertThat(octetsPerCall).isLessThan(GOAL / 32);
        assertThat(answered).isEqualTo((int) number);
        assertThat(ended).isEqualTo((int) number);
        assertThat(desk.calls()).isZero();
    }

    @Override
    public void onAttempt(final Call call, final Target target) {}

    @Override
    public void onProgress(final Call call, final int status) {}

    @Override
    public void onAttemptFailed(final Call call, final Target target, final int status, final int cause) {}

    @Override
    public void onAnswered(final Call call) {
        answered++;
    }

    @Override
    public void onEnded(final Call call) {
        ended++;
    }

    @Override
    public Hop next(final Hop established, final SipUri next) {
        return established;
    }

    @Override
    public LocalEnd localEnd(final Hop hop) {
        return end;
    }
}
