package io.trunkline.sip.call;

import io.trunkline.sip.message.MessageEdit;
import io.trunkline.sip.message.MessageIndexer;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.KeptOctets;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Session descriptions of anchored calls. A message with one waits here until the relay has rewritten it, then goes on as if it had
 * come so; all else goes on meanwhile, and what has become pointless by then is dropped.
 *
 * <p>The caller's side is {@code a} to the relay, a target's {@code b} and a hash of its tag, so that forks are told apart.
 */
final class Anchoring {
    private static final String CALLER = "a";
    private static final int MAX_EDITS = 2;

    private final CallDesk desk;
    private final Workbench bench;
    private final MediaAnchor media;
    private final MessageIndexer indexer = new MessageIndexer(SipLimits.DEFAULT);
    private final SipMessage original = new SipMessage(SipLimits.DEFAULT);
    private final SipMessage rewritten = new SipMessage(SipLimits.DEFAULT);
    private final OctetWriter out = new OctetWriter();
    private final UnsafeBuffer room;
    private final MessageEdit edit;

    Anchoring(final CallDesk desk) {
        this.desk = desk;
        bench = desk.bench;
        media = bench.context.media();
        final int maxMessage = bench.context.limits().maxMessage();
        room = new UnsafeBuffer(new byte[maxMessage]);
        edit = new MessageEdit(MAX_EDITS, maxMessage);
    }

    // ---- who is anchored, and under which names ----

    private static boolean isAnchored(final Attempt attempt) {
        return attempt != null && !attempt.first && attempt.target.anchored();
    }

    /** Whether what a message says of media must be rewritten before it goes on between the two sides of a call. */
    private static boolean concerns(final Call call, final SipMessage message) {
        return isAnchored(call.attempt) && Workbench.hasDescription(message);
    }

    private static String name(final Call call) {
        return Long.toHexString(call.id);
    }

    private static String side(final Leg leg) {
        return leg.isCaller() ? CALLER : side(leg.mediaTag);
    }

    private static String side(final long tag) {
        return "b" + Long.toHexString(tag);
    }

    private static String text(final SipMessage message) {
        final byte[] octets = new byte[Range.length(message.body())];
        message.buffer().getBytes(Range.offset(message.body()), octets);
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private void offer(final Call call, final String from, final String sdp, final Consumer<String> then) {
        call.relayed = true;
        media.offer(name(call), from, sdp, then);
    }

    private void answer(
            final Call call, final String from, final String to, final String sdp, final Consumer<String> then) {
        call.relayed = true;
        media.answer(name(call), from, to, sdp, then);
    }

    /** The call is over. */
    void ended(final Call call) {
        if (call.relayed) {
            call.relayed = false;
            media.end(name(call));
        }
    }

    // ---- the INVITE to a target ----

    /** Whether an INVITE has to wait for its offer; it is sent when that has come. */
    boolean holds(final Attempt attempt) {
        final Call call = attempt.call;
        if (!isAnchored(attempt) || attempt.offer != null) {
            return false;
        }
        final SipMessage invite = bench.restore(call.invite);
        if (!Workbench.hasDescription(invite)) {
            return false;
        }
        final long tag = attempt.tag;
        offer(call, CALLER, text(invite), sdp -> {
            if (attempt.tag == tag && attempt.call.isInviting() && attempt.call.attempt == attempt) {
                if (sdp == null) {
                    desk.setup.notAnchored(attempt);
                } else {
                    attempt.offer = sdp;
                    desk.setup.send(attempt);
                }
            }
        });
        return true;
    }

    // ---- what a target says to its INVITE ----

    /** Whether a response waits for its description; it goes to {@link CallSetup#proceed} when that has come. */
    boolean holds(final Attempt attempt, final ClientTransaction transaction, final SipMessage response) {
        final Call call = attempt.call;
        final boolean wanted =
                call.state == CallState.TRYING && attempt == call.attempt && transaction == attempt.transaction;
        if (!wanted) {
            // A copy of an answer that nobody wants any more is dealt with now, and what waits is forgotten.
            attempt.heldAnswer = 0;
            return false;
        }
        if (response.status() >= 300 || !concerns(call, response)) {
            return false;
        }
        final long answering = bench.hashOf(response, response.toTag());
        final boolean last = response.status() >= 200;
        if (last && attempt.heldAnswer == answering) {
            // A copy of one that waits.
            return true;
        }
        final KeptOctets kept = kept(response);
        attempt.heldAnswer = last ? answering : attempt.heldAnswer;
        final long tag = attempt.tag;
        final Consumer<String> then = sdp -> {
            if (attempt.tag != tag || (last && attempt.heldAnswer != answering)) {
                kept.clear();
                return;
            }
            attempt.heldAnswer = last ? 0 : attempt.heldAnswer;
            final SipMessage whole = sdp == null ? null : rewrite(kept, sdp);
            if (whole != null) {
                desk.setup.proceed(attempt, transaction, whole);
            } else if (last && !kept.isEmpty()) {
                desk.setup.notAnchored(attempt, transaction, restore(kept));
            }
            kept.clear();
            desk.arm(attempt.call);
        };
        if (kept.isEmpty()) {
            // No room: nobody hears of a description that must not pass. A 2xx comes again.
            attempt.heldAnswer = last ? 0 : attempt.heldAnswer;
        } else if (call.lateOffer) {
            offer(call, side(answering), text(response), then);
        } else {
            answer(call, CALLER, side(answering), text(response), then);
        }
        return true;
    }

    // ---- within the dialogs ----

    /** Whether a request in a dialog waits for its description; it goes on from its exchange when that has come. */
    boolean holds(final Exchange exchange, final SipMessage request) {
        final Call call = exchange.call;
        if (!concerns(call, request)) {
            return false;
        }
        final long serial = exchange.serial;
        final Consumer<String> then = sdp -> {
            if (exchange.serial != serial || exchange.answered) {
                return;
            }
            final SipMessage whole = sdp == null ? null : rewrite(exchange.request, sdp);
            if (whole == null || !exchange.request.keep(whole.buffer(), 0, whole.length())) {
                desk.conversation.refuse(exchange);
            } else {
                desk.conversation.goOn(exchange);
            }
        };
        final boolean answers = exchange.method == SipMethod.PRACK && call.lateOffer;
        if (answers) {
            answer(call, side(exchange.to), side(exchange.from), text(request), then);
        } else {
            offer(call, side(exchange.from), text(request), then);
        }
        return true;
    }

    /** Whether a 2xx in a dialog waits for its description; it goes to {@link Replies#proceed} when that has come. */
    boolean holds(final Exchange exchange, final ClientTransaction transaction, final SipMessage response) {
        final Call call = exchange.call;
        if (exchange.held) {
            return true;
        }
        if (exchange.isOurs() || response.status() >= 300 || !concerns(call, response)) {
            return false;
        }
        final KeptOctets kept = kept(response);
        if (kept.isEmpty()) {
            desk.replies.notAnchored(exchange, response);
            return true;
        }
        exchange.held = true;
        final long serial = exchange.serial;
        final long identity = call.id;
        final Consumer<String> then = sdp -> {
            if (exchange.serial == serial) {
                exchange.held = false;
                if (!exchange.answered) {
                    final SipMessage whole = sdp == null ? null : rewrite(kept, sdp);
                    if (whole == null) {
                        desk.replies.notAnchored(exchange, restore(kept));
                    } else {
                        desk.replies.proceed(exchange, whole);
                    }
                }
                desk.conversation.release(exchange);
                if (call.id == identity) {
                    desk.arm(call);
                }
            }
            kept.clear();
        };
        final boolean offers =
                exchange.method == SipMethod.INVITE && !Workbench.hasBody(bench.restore(exchange.request));
        if (offers) {
            offer(call, side(exchange.to), text(response), then);
        } else {
            answer(call, side(exchange.from), side(exchange.to), text(response), then);
        }
        return true;
    }

    /** Whether an ACK that answers a late offer waits for its description; it goes to the other side when that has come. */
    boolean holds(final Leg from, final Leg to, final SipMessage ack) {
        final Call call = from.call;
        if (!concerns(call, ack)) {
            return false;
        }
        final KeptOctets kept = kept(ack);
        final long identity = call.id;
        final long cseq = to.acceptedCseq;
        final Consumer<String> then = sdp -> {
            final boolean waits = call.id == identity
                    && call.state == CallState.ANSWERED
                    && !to.closed
                    && to.acceptedCseq == cseq
                    && !to.acknowledged;
            if (waits) {
                final SipMessage whole = sdp == null ? null : rewrite(kept, sdp);
                if (whole == null) {
                    desk.release.broken(call, EndReason.LOCAL_FAILURE, ReleaseCause.TEMPORARY_FAILURE, null);
                } else {
                    desk.answers.acknowledge(to, whole);
                }
                desk.arm(call);
            }
            kept.clear();
        };
        if (kept.isEmpty()) {
            then.accept(null);
        } else {
            answer(call, side(to), side(from), text(ack), then);
        }
        return true;
    }

    // ---- the message again ----

    private KeptOctets kept(final SipMessage message) {
        final KeptOctets kept = new KeptOctets(bench.store);
        kept.keep(message.buffer(), 0, message.length());
        return kept;
    }

    private SipMessage restore(final KeptOctets kept) {
        indexer.indexDatagram(kept.buffer(), 0, kept.length(), original);
        return original;
    }

    /** A message with another description, valid until the next one; null where that is larger than any message may be. */
    private SipMessage rewrite(final KeptOctets kept, final String sdp) {
        final byte[] octets = sdp.getBytes(StandardCharsets.ISO_8859_1);
        out.wrap(room, 0, room.capacity());
        final int length = edit.of(restore(kept))
                .body(new UnsafeBuffer(octets), Range.of(0, octets.length))
                .write(out);
        if (length == MessageEdit.OVERFLOW) {
            return null;
        }
        indexer.indexDatagram(room, 0, length, rewritten);
        return rewritten;
    }
}
