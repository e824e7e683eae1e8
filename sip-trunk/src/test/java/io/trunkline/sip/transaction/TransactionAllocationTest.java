package io.trunkline.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.Allocation;
import io.trunkline.sip.message.MessageIndexer;
import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.PeerAddress;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A transaction on both sides, with its timers, allocates nothing once objects and blocks are there to be used again. */
class TransactionAllocationTest {
    private static final int ROUNDS = 1_000;
    private static final int BRANCH_AT =
            "OPTIONS sip:b@example.com SIP/2.0\r\nVia: SIP/2.0/UDP uac.example.com;rport;branch=".length();

    /** The way to the one other end. */
    private static final Hop PEER = new Hop() {
        private final PeerAddress address = new PeerAddress("192.0.2.1", 5060);

        @Override
        public boolean isReliable() {
            return false;
        }

        @Override
        public PeerAddress peer() {
            return address;
        }

        @Override
        public Hop withPort(final int port) {
            throw new AssertionError("not asked for");
        }
    };

    /** Answers every request with what was prepared, its branch put in. */
    private static final class QuietUser extends TestUser {
        private byte[] answer200 = {};
        private int branchInAnswer;
        private int responses;

        @Override
        public void onRequest(final ServerTransaction transaction, final SipMessage request) {
            buffer.putBytes(4096, answer200);
            request.buffer().getBytes(BRANCH_AT, buffer, 4096 + branchInAnswer, ClientTransaction.BRANCH_LENGTH);
            transaction.respond(200, buffer, 4096, answer200.length);
        }

        @Override
        public void onResponse(final ClientTransaction transaction, final SipMessage response) {
            responses++;
        }

        @Override
        public void onEnded(final ClientTransaction transaction, final TransactionEnd end) {}

        @Override
        public void onEnded(final ServerTransaction transaction, final TransactionEnd end) {}
    }

    private final QuietUser user = new QuietUser();
    private final Random random = new Random(1);
    private final MessageIndexer indexer = new MessageIndexer(SipLimits.DEFAULT);
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final UnsafeBuffer wire = new UnsafeBuffer(new byte[4096]);
    private final OctetWriter branch = new OctetWriter();
    private int onWire;
    private int requestLength;
    private long nowMs = 1_000;

    private boolean send(final Hop hop, final DirectBuffer buffer, final int offset, final int length) {
        wire.putBytes(0, buffer, offset, length);
        onWire = length;
        return true;
    }

    private void deliver() {
        indexer.indexDatagram(wire, 0, onWire, message);
        user.layer.onMessage(message, PEER);
    }

    private void oneTransaction() {
        final ClientTransaction transaction = user.layer.newClient(SipMethod.OPTIONS, PEER);
        transaction.writeBranch(branch.wrap(user.buffer, BRANCH_AT, ClientTransaction.BRANCH_LENGTH));
        transaction.send(user.buffer, 0, requestLength);
        deliver();
        deliver();
        nowMs += 100;
        user.layer.poll(Integer.MAX_VALUE);
    }

    @Test
    void aTransactionAllocatesNothing() {
        final EpochClock clock = () -> nowMs;
        user.layer = new TransactionLayer(new TransactionContext(
                TransactionLimits.DEFAULT, TimerValues.DEFAULT, clock, random::nextLong, this::send, user));
        final ClientTransaction first = user.layer.newClient(SipMethod.OPTIONS, PEER);
        requestLength = user.write(first, SipMethod.OPTIONS);
        user.buffer.putStringWithoutLengthAscii(BRANCH_AT, user.branch());
        final SipMessage request = Messages.index(bytes(requestLength));
        assertThat(Messages.text(request, request.branch())).isEqualTo(user.branch());
        final UnsafeBuffer kept = new UnsafeBuffer(bytes(requestLength));
        first.abandon();
        final String ok = "SIP/2.0 200 OK\r\n"
                + kept.getStringWithoutLengthAscii(0, requestLength)
                        .substring("OPTIONS sip:b@example.com SIP/2.0\r\n".length());
        user.answer200 = ok.getBytes(StandardCharsets.US_ASCII);
        user.branchInAnswer = ok.indexOf("z9hG4bK");
        assertThat(Allocation.leastOf(ROUNDS, this::oneTransaction)).isLessThan(ROUNDS);
        assertThat(user.responses).isGreaterThan(ROUNDS);
        assertThat(user.layer.counters().strayResponses()).isZero();
    }

    private byte[] bytes(final int length) {
        final byte[] octets = new byte[length];
        user.buffer.getBytes(0, octets);
        return octets;
    }
}
