package io.trunkline.perf.calls;

import io.trunkline.perf.calls.Line.State;
import io.trunkline.sip.dialog.DialogHops;
import io.trunkline.sip.dialog.DialogReader;
import io.trunkline.sip.dialog.LocalEnd;
import io.trunkline.sip.message.HexTag;
import io.trunkline.sip.message.MessageIndexer;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.message.SipUri;
import io.trunkline.sip.time.TimerWheel;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.OctetStore;
import io.trunkline.sip.transaction.ServerTransaction;
import io.trunkline.sip.transaction.TransactionEnd;
import io.trunkline.sip.transaction.TransactionUser;
import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.transport.Flow;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * A plain user agent for many calls at a time: dialogs, responses, ACK, BYE. It answers by itself what every telephone
 * answers within a dialog. All of it happens on its node's thread.
 */
public abstract class CallAgent implements TransactionUser, DialogHops {
    private static final long LONGEST_WAIT_NS = 1_000_000;
    private static final int LONGEST_DIALOG = 8 * 1024;
    private static final long STORE = 512L << 20;
    private static final long T1_MS = 500;
    private static final long T2_MS = 4_000;
    private final Long2ObjectHashMap<Line> byTag = new Long2ObjectHashMap<>();
    private final ArrayDeque<Line> free = new ArrayDeque<>();
    private final OctetStore store = new OctetStore(STORE);
    private final DialogReader dialogs = new DialogReader(this, LONGEST_DIALOG);
    private final MessageIndexer indexer = new MessageIndexer(SipLimits.DEFAULT);
    private final SipMessage invitation = new SipMessage(SipLimits.DEFAULT);
    private final HexTag tagText = new HexTag();
    private final SecureRandom random = new SecureRandom();
    private TimerWheel wheel;
    private SipNode node;
    private CallWriter writer;

    // ---- what an agent is made of

    /** It rings, or is answered, or is refused: the first provisional response above 100 to our INVITE, and the final one. */
    protected abstract void onAnswer(Line line, int status);

    /** The peer's INVITE. */
    protected abstract void onInvited(Line line, SipMessage invite);

    /** The moment of {@link #next} has come. */
    protected abstract void onNext(Line line);

    /** The ACK to our answer is there. */
    protected abstract void onAcknowledged(Line line);

    /** The call is over, for whatever reason. */
    protected abstract void onOver(Line line, Ending ending);

    /** What is due now, without waiting; returns nanoseconds that may pass until it is called again. */
    protected long pump() {
        return LONGEST_WAIT_NS;
    }

    /** Status of the answer to an OPTIONS that asks whether we live; 0: none. */
    protected int optionsStatus() {
        return 200;
    }

    /** How a call came to its end. */
    public enum Ending {
        /** The peer hung up. */
        BY_PEER,
        /** We hung up and the peer agreed. */
        BY_US,
        /** We hung up and the peer said no, or nothing. */
        BY_US_ALONE,
        /** Refused with a final status. */
        REFUSED,
        /** Cancelled before an answer, by whoever called. */
        CANCELLED,
        /** Nothing came: no response, or no ACK. */
        TIMEOUT
    }

    // ---- life

    void begin(final SipNode on) {
        node = on;
        wheel = new TimerWheel(on.time());
        writer = new CallWriter(on.address());
        onBegun();
    }

    /** The node listens: {@link #node()} may be used from now on. */
    protected void onBegun() {}

    long turn() {
        wheel.poll(node.time(), Integer.MAX_VALUE);
        return pump();
    }

    protected final SipNode node() {
        return node;
    }

    /** Calls that are not over. */
    protected final int open() {
        return byTag.size();
    }

    private Line newLine() {
        final Line line = free.isEmpty() ? new Line(this, store) : free.pollLast();
        do {
            line.tag = random.nextLong();
        } while (line.tag == 0 || byTag.containsKey(line.tag));
        byTag.put(line.tag, line);
        line.become(State.INVITED);
        return line;
    }

    private void over(final Line line, final Ending ending) {
        if (line.state() == State.OVER) {
            return;
        }
        line.become(State.OVER);
        wheel.cancel(line);
        byTag.remove(line.tag);
        onOver(line, ending);
        if (line.invitedBy != null) {
            line.invitedBy.attach(null);
        }
        if (line.inviting != null) {
            line.inviting.attach(null);
        }
        if (line.leaving != null) {
            line.leaving.attach(null);
        }
        line.clear();
        free.addLast(line);
    }

    /** Has {@link #onNext} called so many milliseconds from now. */
    protected final void next(final Line line, final long inMs) {
        wheel.schedule(line, node.time() + inMs);
    }

    final void onDue(final Line line, final long nowMs) {
        if (line.state() == State.ANSWERED) {
            repeatAnswer(line, nowMs);
        } else if (line.state() != State.OVER) {
            onNext(line);
        }
    }

    // ---- as caller

    /**
     * Calls a number.
     *
     * @param destination where the INVITE goes
     * @param from the caller's number, digits
     * @param to the called number, digits
     * @return null where there is no room for another transaction
     */
    protected final Line call(final Destination destination, final String from, final String to) {
        final Flow flow = node.transport().flow(destination);
        final ClientTransaction transaction = flow == null ? null : node.layer().newClient(SipMethod.INVITE, flow);
        if (transaction == null) {
            return null;
        }
        final Line line = newLine();
        line.inviting = transaction;
        transaction.attach(line);
        writer.invite(destination, flow, transaction, line.tag, from, to);
        transaction.send(writer.buffer(), 0, writer.length());
        return line;
    }

    /** Gives up a call that is not answered. */
    protected final void cancel(final Line line) {
        if (line.state() == State.INVITED || line.state() == State.RINGING) {
            line.become(State.CANCELLED);
            line.inviting.cancel();
        }
    }

    /** Ends an answered call. */
    protected final void hangUp(final Line line) {
        if (line.state() != State.TALKING) {
            return;
        }
        wheel.cancel(line);
        line.become(State.HANGING_UP);
        if (!bye(line)) {
            over(line, Ending.BY_US_ALONE);
        }
    }

    private boolean bye(final Line line) {
        final ClientTransaction transaction = node.layer().newClient(SipMethod.BYE, line.dialog.hop());
        if (transaction == null) {
            return false;
        }
        transaction.attach(line);
        line.leaving = transaction;
        writer.bye(line.dialog, transaction);
        return transaction.send(writer.buffer(), 0, writer.length());
    }

    @Override
    public final void onResponse(final ClientTransaction transaction, final SipMessage response) {
        if (transaction.method() == SipMethod.BYE) {
            if (transaction.attachment() instanceof Line line && response.status() >= 200) {
                over(line, response.status() < 300 ? Ending.BY_US : Ending.BY_US_ALONE);
            }
            return;
        }
        if (transaction.method() != SipMethod.INVITE || !(transaction.attachment() instanceof Line line)) {
            return;
        }
        if (response.status() >= 300) {
            final boolean cancelled = line.state() == State.CANCELLED;
            onAnswer(line, response.status());
            over(line, cancelled ? Ending.CANCELLED : Ending.REFUSED);
        } else if (response.status() >= 200) {
            answered(line, response);
        } else if (response.status() > 100 && line.state() == State.INVITED) {
            line.become(State.RINGING);
            onAnswer(line, response.status());
        }
    }

    private void answered(final Line line, final SipMessage response) {
        final boolean again = line.dialog.exists();
        if (!again && !dialogs.ofResponse(response, line.inviting.hop(), line.dialog)) {
            over(line, Ending.REFUSED);
            return;
        }
        writer.ack(line.dialog, response, random.nextLong());
        node.transport().send(line.dialog.hop(), writer.buffer(), 0, writer.length());
        if (again) {
            return;
        }
        final boolean unwanted = line.state() == State.CANCELLED;
        line.become(State.TALKING);
        if (unwanted) {
            // The CANCEL crossed the answer.
            hangUp(line);
        } else {
            onAnswer(line, response.status());
        }
    }

    // ---- as callee

    @Override
    public final void onRequest(final ServerTransaction transaction, final SipMessage request) {
        if (request.toTag() != Range.NONE) {
            inDialog(transaction, request);
        } else if (request.method() == SipMethod.INVITE) {
            invited(transaction, request);
        } else if (request.method() == SipMethod.OPTIONS) {
            if (optionsStatus() > 0) {
                respond(transaction, request, optionsStatus(), random.nextLong(), false);
            }
        } else {
            respond(transaction, request, 405, random.nextLong(), false);
        }
    }

    private void invited(final ServerTransaction transaction, final SipMessage request) {
        final Line line = newLine();
        line.invitedBy = transaction;
        transaction.attach(line);
        final boolean kept = line.invitation.keep(request.buffer(), 0, request.length())
                && dialogs.ofRequest(request, tagText.of(line.tag), transaction.hop(), line.dialog);
        if (kept) {
            onInvited(line, request);
        } else {
            respond(transaction, request, 500, line.tag, false);
            over(line, Ending.REFUSED);
        }
    }

    /** Rings: a provisional response with our tag. */
    protected final void ring(final Line line, final int status) {
        if (line.state() == State.INVITED) {
            line.become(State.RINGING);
            answerInvitation(line, status);
        }
    }

    /** Answers with 200, repeated until the ACK comes (RFC 3261 §13.3.1.4), or refuses, with which the call is over. */
    protected final void answer(final Line line, final int status) {
        if (line.state() != State.INVITED && line.state() != State.RINGING) {
            return;
        }
        answerInvitation(line, status);
        if (status >= 300) {
            over(line, Ending.REFUSED);
            return;
        }
        line.become(State.ANSWERED);
        line.repeatMs = T1_MS;
        line.givenUpAtMs = node.time() + 64 * T1_MS;
        next(line, T1_MS);
    }

    private void repeatAnswer(final Line line, final long nowMs) {
        if (nowMs >= line.givenUpAtMs || line.invitedBy == null) {
            over(line, Ending.TIMEOUT);
            return;
        }
        answerInvitation(line, 200);
        line.repeatMs = Math.min(line.repeatMs * 2, T2_MS);
        next(line, line.repeatMs);
    }

    private void answerInvitation(final Line line, final int status) {
        if (line.invitedBy == null || line.invitation.isEmpty()) {
            return;
        }
        indexer.indexDatagram(line.invitation.buffer(), 0, line.invitation.length(), invitation);
        respond(line.invitedBy, invitation, status, line.tag, true);
    }

    private void respond(
            final ServerTransaction transaction,
            final SipMessage request,
            final int status,
            final long tag,
            final boolean dialog) {
        if (writer.response(transaction, request, status, tag, dialog)) {
            transaction.respond(status, writer.buffer(), 0, writer.length());
        }
    }

    private void inDialog(final ServerTransaction transaction, final SipMessage request) {
        final Line line = lineOf(request);
        if (line == null) {
            respond(transaction, request, 481, 0, false);
            return;
        }
        if (!answersInDialog(line)) {
            return;
        }
        switch (request.method()) {
            case BYE -> {
                respond(transaction, request, 200, line.tag, false);
                over(line, Ending.BY_PEER);
            }
            case INVITE, UPDATE -> respond(transaction, request, 200, line.tag, true);
            default -> respond(transaction, request, 200, line.tag, false);
        }
    }

    /** Whether requests within the dialog are answered; a peer that has vanished answers none. */
    protected boolean answersInDialog(final Line line) {
        return true;
    }

    private Line lineOf(final SipMessage request) {
        return byTag.get(HexTag.read(request.buffer(), request.toTag()));
    }

    @Override
    public final void onCancel(
            final ServerTransaction cancel, final ServerTransaction invite, final SipMessage request) {
        final Line line = invite != null && invite.attachment() instanceof Line known ? known : null;
        respond(cancel, request, line == null ? 481 : 200, line == null ? 0 : line.tag, false);
        if (line != null && (line.state() == State.INVITED || line.state() == State.RINGING)) {
            answerInvitation(line, 487);
            over(line, Ending.CANCELLED);
        }
    }

    @Override
    public final void onAck(final ServerTransaction invite, final SipMessage ack, final Hop source) {
        final Line line = ack.toTag() == Range.NONE ? null : lineOf(ack);
        if (line != null && line.state() == State.ANSWERED) {
            wheel.cancel(line);
            line.become(State.TALKING);
            onAcknowledged(line);
        }
    }

    @Override
    public final void onStrayResponse(final SipMessage response, final Hop source) {}

    @Override
    public final void onEnded(final ClientTransaction transaction, final TransactionEnd end) {
        if (!(transaction.attachment() instanceof Line line)) {
            return;
        }
        if (transaction.method() == SipMethod.BYE) {
            over(line, Ending.BY_US_ALONE);
        } else if (transaction == line.inviting) {
            line.inviting = null;
            if (line.state() == State.INVITED || line.state() == State.RINGING || line.state() == State.CANCELLED) {
                over(line, Ending.TIMEOUT);
            }
        }
    }

    @Override
    public final void onEnded(final ServerTransaction transaction, final TransactionEnd end) {
        if (transaction.attachment() instanceof Line line && line.invitedBy == transaction) {
            line.invitedBy = null;
            line.invitation.clear();
            if (line.state() == State.INVITED || line.state() == State.RINGING || line.state() == State.ANSWERED) {
                over(line, Ending.TIMEOUT);
            }
        }
    }

    // ---- ways

    @Override
    public final Hop next(final Hop established, final SipUri target) {
        return established;
    }

    @Override
    public final LocalEnd localEnd(final Hop hop) {
        return writer.localEnd(hop);
    }
}
