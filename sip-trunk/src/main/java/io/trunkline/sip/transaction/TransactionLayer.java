package io.trunkline.sip.transaction;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.HexTag;
import io.trunkline.sip.message.HopByHopWriter;
import io.trunkline.sip.message.MessageIndexer;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.OverloadReport;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.ResponseWriter;
import io.trunkline.sip.message.SipFault;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.message.ViaField;
import io.trunkline.sip.time.TimerWheel;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds the transaction that a message belongs to (RFC 3261 §17.1.3, §17.2.3), makes and ends transactions, and answers by
 * itself what needs no transaction user: faulty requests, and requests beyond the limit. One thread only: that calls {@link
 * #onMessage} for what was received and {@link #poll} at least every few milliseconds.
 */
public final class TransactionLayer {
    private static final int DEFAULT_PORT = 5060;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int TRYING = 100;
    private static final long CANCEL_MARK = 0x4341_4e43_454cL;

    final TimerWheel wheel;
    final OctetStore store;
    final TransactionCounters counters = new TransactionCounters();
    final TimerValues timers;
    final MessageTransport transport;
    final TransactionUser user;

    private final TransactionLimits limits;
    private final EpochClock clock;
    private final LongSupplier random;
    private final Long2ObjectHashMap<ClientTransaction> clients;
    private final ServerTable servers;
    private final ArrayDeque<ClientTransaction> freeClients = new ArrayDeque<>();
    private final ArrayDeque<ServerTransaction> freeServers = new ArrayDeque<>();
    private final RequestKey keys;
    private final MessageIndexer indexer = new MessageIndexer(SipLimits.DEFAULT);
    private final SipMessage invite = new SipMessage(SipLimits.DEFAULT);
    private final UnsafeBuffer scratch;
    private final OctetWriter out = new OctetWriter();
    private final MessageWriter writer = new MessageWriter(out);
    private final HexTag statelessTag = new HexTag();
    private final String retryAfter;

    /** A layer without transactions. */
    public TransactionLayer(final TransactionContext context) {
        limits = context.limits();
        retryAfter = Integer.toString(limits.retryAfterSec());
        timers = context.timers();
        clock = context.clock();
        random = context.random();
        transport = context.transport();
        user = context.user();
        wheel = new TimerWheel(clock.time());
        store = new OctetStore(limits.maxStored());
        servers = new ServerTable(limits.maxServer());
        clients = new Long2ObjectHashMap<>(limits.maxClient() * 2, 0.6f);
        keys = new RequestKey(new KeyHash(random.getAsLong(), random.getAsLong()));
        scratch = new UnsafeBuffer(new byte[limits.maxMessage()]);
    }

    long nowMs() {
        return clock.time();
    }

    /** What responses that the layer writes by itself tell of our load. */
    public void report(final OverloadReport toPeers) {
        writer.report(toPeers);
    }

    /**
     * Fires timers that are due, at most {@code limit}.
     *
     * @return number of timers fired
     */
    public int poll(final int limit) {
        return wheel.poll(clock.time(), limit);
    }

    /** Client transactions that have not ended. */
    public int clientTransactions() {
        return clients.size();
    }

    /** Whether another client transaction can begin. */
    public boolean hasClientRoom() {
        return clients.size() < limits.maxClient();
    }

    /** Server transactions that have not ended. */
    public int serverTransactions() {
        return servers.size();
    }

    /** Transactions with a timer; all that have not ended have one. */
    public int timersSet() {
        return wheel.scheduled();
    }

    /** Messages kept for retransmission. */
    public int messagesStored() {
        return store.used();
    }

    public TransactionCounters counters() {
        return counters;
    }

    /**
     * A client transaction for a request, other than ACK and CANCEL, that is about to be sent.
     *
     * @return null at the limit
     */
    public ClientTransaction newClient(final SipMethod method, final Hop hop) {
        if (method == SipMethod.ACK || method == SipMethod.CANCEL) {
            throw new IllegalArgumentException(method + " has no client transaction of its own to ask for");
        }
        long id = random.getAsLong();
        while (clients.containsKey(id) || clients.containsKey(id ^ CANCEL_MARK)) {
            id = random.getAsLong();
        }
        return newClient(method, hop, id, id);
    }

    private ClientTransaction newClient(final SipMethod method, final Hop hop, final long id, final long key) {
        if (!hasClientRoom()) {
            return null;
        }
        final ClientTransaction free = freeClients.pollLast();
        final ClientTransaction transaction = free == null ? new ClientTransaction(this) : free;
        clients.put(key, transaction);
        transaction.begin(method, hop, id);
        counters.clientBegun++;
        return transaction;
    }

    /**
     * Takes what was received.
     *
     * @param message indexed, perhaps with a fault; not used after the call
     * @param source where it came from
     */
    public void onMessage(final SipMessage message, final Hop source) {
        onMessage(message, source, null);
    }

    /**
     * The same.
     *
     * @param share the sender's; null for one who may have the whole table
     */
    public void onMessage(final SipMessage message, final Hop source, final TransactionShare share) {
        if (message.isRequest()) {
            if (message.fault() == SipFault.NONE) {
                onRequest(message, source, share);
            } else {
                counters.faultyRequests++;
                respondStatelessly(
                        message,
                        source,
                        message.fault().status(),
                        message.fault().reason());
            }
        } else if (message.fault() == SipFault.NONE) {
            onResponse(message, source);
        } else {
            counters.faultyResponses++;
        }
    }

    /**
     * Ends the client transactions over a connection that failed and that have heard nothing yet, at the next poll: their request
     * may never have arrived (RFC 3261 §18.4). Those that have heard something wait on, as the peer may open a connection of
     * its own. Looks at every client transaction, so it is for connections that fail, not for messages.
     */
    public void onTransportFailed(final Hop hop) {
        for (final ClientTransaction transaction : clients.values()) {
            if (transaction.hop() == hop && transaction.isUnanswered()) {
                counters.transportErrors++;
                transaction.endNow(TransactionEnd.TRANSPORT_ERROR);
            }
        }
    }

    private void onResponse(final SipMessage response, final Hop source) {
        final ClientTransaction transaction = clientOf(response);
        if (transaction == null) {
            counters.strayResponses++;
            user.onStrayResponse(response, source);
        } else {
            transaction.onResponse(response);
        }
    }

    /**
     * Whether a message belongs to what is here already, whoever sends it: a response to a client transaction, a request to a dialog of the
     * user's, an ACK or CANCEL to the transaction of an INVITE that came from the same address.
     */
    public boolean isExpected(final SipMessage message, final Hop source) {
        if (message.fault() != SipFault.NONE) {
            return false;
        }
        if (!message.isRequest()) {
            return clientOf(message) != null;
        }
        if (message.toTag() != Range.NONE && user.isInDialog(message)) {
            return true;
        }
        if (message.method() != SipMethod.ACK && message.method() != SipMethod.CANCEL) {
            return false;
        }
        final long key = keys.of(message, SipMethod.INVITE);
        final ServerTransaction known = servers.find(key, keys.rest());
        return known != null && known.peer().equals(source.peer());
    }

    /** Whether a request without fault, other than ACK, is a copy of one that has a transaction. */
    public boolean isKnown(final SipMessage request) {
        return servers.find(keys.of(request, request.method()), keys.rest()) != null;
    }

    /** Top Via's branch and the method of CSeq (RFC 3261 §17.1.3); more than our own Via is not for us (§8.1.3.3). */
    private ClientTransaction clientOf(final SipMessage response) {
        final long branch = response.branch();
        if (branch == Range.NONE
                || Range.length(branch) != ClientTransaction.BRANCH_LENGTH
                || !response.topVia().hasMagicCookie()
                || response.topVia().hasNext()
                || response.next(response.first(HeaderName.VIA)) >= 0) {
            return null;
        }
        long id = 0;
        for (int at = Range.end(branch) - Long.BYTES * 2; at < Range.end(branch); at++) {
            final int digit = Character.digit(response.buffer().getByte(at), 16);
            if (digit < 0) {
                return null;
            }
            id = id << 4 | digit;
        }
        final boolean cancel = response.cseqMethod() == SipMethod.CANCEL;
        final ClientTransaction transaction = clients.get(cancel ? id ^ CANCEL_MARK : id);
        return transaction == null || transaction.method() != response.cseqMethod() ? null : transaction;
    }

    private void onRequest(final SipMessage request, final Hop source, final TransactionShare share) {
        final SipMethod method = request.method();
        final long key = keys.of(request, method == SipMethod.ACK ? SipMethod.INVITE : method);
        final long rest = keys.rest();
        final ServerTransaction known = servers.find(key, rest);
        if (method == SipMethod.ACK) {
            if (known == null || !known.onAck()) {
                user.onAck(known, request, source);
            }
            return;
        }
        if (known != null) {
            known.onRetransmission();
            return;
        }
        if (method != SipMethod.CANCEL && !user.admits(request, source)) {
            counters.refusedByUser++;
            return;
        }
        final int free = limits.maxServer() - servers.size();
        if (share == null ? free <= 0 : !share.takes(free)) {
            counters.refusedAtLimit++;
            respondStatelessly(request, source, SERVICE_UNAVAILABLE, "Service Unavailable");
            return;
        }
        final ServerTransaction transaction = newServer(request, source, key, rest);
        transaction.share = share;
        if (method == SipMethod.CANCEL) {
            final long inviteKey = keys.of(request, SipMethod.INVITE);
            user.onCancel(transaction, servers.find(inviteKey, keys.rest()), request);
        } else {
            user.onRequest(transaction, request);
        }
    }

    private ServerTransaction newServer(
            final SipMessage request, final Hop source, final long key, final long keyRest) {
        final ServerTransaction free = freeServers.pollLast();
        final ServerTransaction transaction = free == null ? new ServerTransaction(this) : free;
        transaction.key = key;
        transaction.keyRest = keyRest;
        servers.add(transaction);
        counters.serverBegun++;
        transaction.begin(request.method(), responsesTo(request, source), source.peer());
        if (request.method() == SipMethod.INVITE) {
            out.wrap(scratch, 0, scratch.capacity());
            ResponseWriter.start(request, TRYING, "Trying", null, source.peer(), writer);
            writer.end();
            if (!out.overflowed()) {
                transaction.tryingLater(scratch, out.length());
            }
        }
        return transaction;
    }

    /**
     * Where responses go (RFC 3261 §18.2.2, RFC 3581 §4): the same connection; over UDP to maddr where that is another address of the
     * same peer, as it would aim our answers at others else; or the address the request came from, and its port if rport was asked for,
     * else the port of sent-by.
     */
    private static Hop responsesTo(final SipMessage request, final Hop source) {
        final ViaField via = request.topVia();
        if (source.isReliable()) {
            return source;
        }
        final int port = via.port() == ViaField.ABSENT ? DEFAULT_PORT : via.port();
        final Hop other =
                via.maddr() == Range.NONE ? null : source.elsewhere(Octets.text(request.buffer(), via.maddr()), port);
        if (other != null) {
            return other;
        }
        if (via.rportGiven()) {
            return source;
        }
        return port == source.peer().port() ? source : source.withPort(port);
    }

    /** Answers without a transaction; a 503 says when to come again. */
    private void respondStatelessly(final SipMessage request, final Hop source, final int status, final String reason) {
        final boolean comeAgain = status == SERVICE_UNAVAILABLE;
        refuse(
                request,
                source,
                status,
                reason,
                comeAgain ? HeaderName.RETRY_AFTER : null,
                comeAgain ? retryAfter : null);
    }

    /**
     * Answers a request that is not to become a transaction (RFC 3261 §8.2.7); not an ACK, nor where nothing can be written. Equal
     * requests get equal answers.
     *
     * @param header one header of the answer, or null
     * @param value its value, ASCII
     */
    public void refuse(
            final SipMessage request,
            final Hop source,
            final int status,
            final String reason,
            final HeaderName header,
            final String value) {
        if (!request.isAnswerable()) {
            return;
        }
        final HexTag tag = statelessTag.of(keys.of(request, request.method()));
        out.wrap(scratch, 0, scratch.capacity());
        ResponseWriter.start(request, status, reason, tag, source.peer(), writer);
        if (header != null) {
            writer.header(header, value);
        }
        writer.end();
        if (!out.overflowed() && !transport.send(responsesTo(request, source), scratch, 0, out.length())) {
            counters.transportErrors++;
        }
    }

    /** Sends the ACK to a refusal and keeps it for the refusal's copies. */
    void acknowledge(final ClientTransaction transaction, final SipMessage response) {
        if (!restoreInvite(transaction)) {
            return;
        }
        HopByHopWriter.ack(invite, response, writer);
        if (out.overflowed()) {
            return;
        }
        if (transaction.hop().isReliable()) {
            transaction.forget();
        } else {
            transaction.keep(scratch, 0, out.length());
        }
        transaction.transmit(scratch, 0, out.length());
    }

    /** Sends a CANCEL in a transaction of its own, if there is room for one. */
    void sendCancel(final ClientTransaction transaction) {
        if (!restoreInvite(transaction)) {
            return;
        }
        final ClientTransaction cancel =
                newClient(SipMethod.CANCEL, transaction.hop(), transaction.id(), transaction.id() ^ CANCEL_MARK);
        if (cancel == null) {
            return;
        }
        HopByHopWriter.cancel(invite, transaction.cancelReason(), writer);
        cancel.attach(transaction.attachment());
        if (out.overflowed()) {
            cancel.abandon();
        } else {
            cancel.send(scratch, 0, out.length());
        }
    }

    /** Indexes the INVITE that was sent; false where there was no room to keep it. */
    private boolean restoreInvite(final ClientTransaction transaction) {
        if (!transaction.hasStored()) {
            return false;
        }
        indexer.indexDatagram(transaction.stored(), 0, transaction.storedLength(), invite);
        out.wrap(scratch, 0, scratch.capacity());
        return invite.fault() == SipFault.NONE;
    }

    void ended(final ClientTransaction transaction) {
        final boolean cancel = transaction.method() == SipMethod.CANCEL;
        clients.remove(cancel ? transaction.id() ^ CANCEL_MARK : transaction.id());
        transaction.forget();
        transaction.state = TransactionState.TERMINATED;
        counters.clientEnded++;
        user.onEnded(transaction, transaction.end);
        transaction.attach(null);
        freeClients.addLast(transaction);
    }

    void ended(final ServerTransaction transaction) {
        servers.remove(transaction);
        if (transaction.share != null) {
            transaction.share.ended();
        }
        transaction.forget();
        transaction.state = TransactionState.TERMINATED;
        counters.serverEnded++;
        user.onEnded(transaction, transaction.end);
        transaction.attach(null);
        freeServers.addLast(transaction);
    }
}
