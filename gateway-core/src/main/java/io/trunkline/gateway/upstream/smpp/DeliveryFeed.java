package io.trunkline.gateway.upstream.smpp;

import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.events.CallEvent;
import io.trunkline.gateway.events.EventSink;
import io.trunkline.gateway.events.EventStreams;
import io.trunkline.gateway.events.InboundEvent;
import io.trunkline.gateway.events.StatusEvent;
import io.trunkline.gateway.events.Subscription;
import io.trunkline.gateway.upstream.UpstreamCounters;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.RegisteredDelivery;
import io.trunkline.smpp.session.McSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one account, spread over its receiving sessions. Holds what is on its way in a ring, in the order of the
 * stream, and acknowledges to the stream as far as everything before is answered:
 *
 * <pre>
 *         acknowledged | answered  sent  answered  to send  | not taken yet
 *   ------------------ head --------------------------- tail ----->  sequence
 * </pre>
 *
 * What is not answered, or answered with a code that means later, goes again after a growing delay, over another session
 * if there is one; in the end it is dropped and counted.
 */
final class DeliveryFeed implements EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryFeed.class);
    private static final int BINARY_PROTOCOL = 1;
    private static final int PART_BITS = 8;
    private static final int ACKNOWLEDGE_EVERY = 32;

    private final DeliveryContext context;
    private final UpstreamCounters counters;
    private final List<McSession> receivers = new ArrayList<>();
    private final DeliverySlot[] ring;
    private final int mask;
    private SmppAccount account;
    private Subscription subscription;
    private boolean subscribing;
    /** Events that the stream has not been told of, and the sequence to tell. */
    private int unacknowledged;

    private long acknowledgeable;
    private int nextReceiver;
    private long head;
    private long tail;
    private int waiting;
    private boolean holding;
    private boolean pumping;

    DeliveryFeed(final DeliveryContext context, final SmppAccount account) {
        this.context = context;
        this.counters = context.counters();
        this.account = account;
        ring = new DeliverySlot[context.settings().deliveriesInFlight()];
        mask = ring.length - 1;
        for (int i = 0; i < ring.length; i++) {
            ring[i] = new DeliverySlot();
        }
    }

    /** Another name would be another cursor: this one is for ever. */
    private String subscriptionName() {
        return "smpp:" + account.account().name();
    }

    void account(final SmppAccount renewed) {
        account = renewed;
    }

    /** A session that receives has bound; the first one starts the stream. */
    void add(final McSession session) {
        receivers.add(session);
        if (subscription == null) {
            subscribe();
        }
        pump(context.nanoClock().nanoTime());
    }

    private void subscribe() {
        subscribing = true;
        final Subscription attached = context.events()
                .subscribe(account.account().tenant(), subscriptionName(), EventStreams.FROM_STORED_CURSOR, this);
        subscribing = false;
        if (attached == null) {
            counters.subscriptionsRefused++;
            LOG.warn("{} has no event subscription: the tenant has all it may have", subscriptionName());
            return;
        }
        subscription = attached;
        resume();
    }

    /** A session has ended; with the last one the stream waits, and goes on from what was acknowledged. */
    void remove(final McSession session) {
        receivers.remove(session);
        if (receivers.isEmpty()) {
            final Subscription attached = subscription;
            flushAcknowledgement();
            forget();
            if (attached != null) {
                attached.detach();
            }
        }
    }

    private void forget() {
        subscription = null;
        unacknowledged = 0;
        holding = false;
        head = tail;
        waiting = 0;
    }

    boolean idle() {
        return receivers.isEmpty();
    }

    // ---- the stream ----

    @Override
    public boolean onStatus(final StatusEvent event) {
        final DeliverySlot slot = nextSlot();
        if (slot == null) {
            return false;
        }
        if (wanted(event)) {
            slot.take(event);
            taken();
        } else {
            skip(slot, event.sequence);
        }
        return true;
    }

    private void skip(final DeliverySlot slot, final long sequence) {
        counters.eventsSkipped++;
        slot.skip(sequence);
        tail++;
        acknowledge();
    }

    /** SMPP has no word for calls. */
    @Override
    public boolean onCall(final CallEvent event) {
        final DeliverySlot slot = nextSlot();
        if (slot != null) {
            skip(slot, event.sequence);
        }
        return slot != null;
    }

    @Override
    public boolean onInbound(final InboundEvent event) {
        final DeliverySlot slot = nextSlot();
        if (slot == null) {
            return false;
        }
        slot.take(event);
        taken();
        return true;
    }

    @Override
    public void onSuperseded() {
        counters.superseded++;
        forget();
    }

    private DeliverySlot nextSlot() {
        if ((subscription == null && !subscribing) || tail - head == ring.length) {
            if (!holding) {
                holding = true;
                counters.eventsHeld++;
            }
            return null;
        }
        return ring[(int) tail & mask];
    }

    private void taken() {
        tail++;
        waiting++;
        pump(context.nanoClock().nanoTime());
    }

    private boolean wanted(final StatusEvent event) {
        final UnitState state = UnitState.of(event.state);
        if (event.origin == BINARY_PROTOCOL || !ReceiptWishes.want(event.receiptWish, state)) {
            return false;
        }
        // 0x12 and 0x13 want intermediate states too, which the wish alone cannot say besides which end is wanted.
        return !context.memory().find(event.unitId)
                || ReceiptWishes.want(
                        SubmitSmReader.receiptWish(
                                context.memory().registeredDelivery() & RegisteredDelivery.RECEIPT_MASK),
                        state)
                || (state != null && !state.terminal());
    }

    // ---- the sessions ----

    /** Sends what may go now; called whenever there may be something to send or room to send it. */
    void pump(final long nowNs) {
        if (waiting == 0 || pumping) {
            return;
        }
        pumping = true;
        for (long position = head; position < tail && waiting > 0; position++) {
            final DeliverySlot slot = ring[(int) position & mask];
            if (slot.hasPartToSend() && nowNs >= slot.dueNs && !sendParts(position, slot, nowNs)) {
                break;
            }
        }
        pumping = false;
        acknowledge();
    }

    /** False where no session has room. */
    private boolean sendParts(final long position, final DeliverySlot slot, final long nowNs) {
        if (!slot.planned()) {
            final int parts = context.inboundWriter().plan(slot, account.text());
            slot.parts(parts);
            if (parts == 0) {
                waiting--;
                counters.eventsDropped++;
                LOG.warn("inbound message {} cannot be said in SMPP; dropped for {}", slot.unitId, subscriptionName());
                return true;
            }
        }
        while (slot.hasPartToSend()) {
            final McSession session = sessionFor(slot);
            if (session == null) {
                return false;
            }
            final int part = slot.nextPart();
            context.message().reset();
            if (slot.inbound) {
                context.inboundWriter().write(slot, part, account.text(), context.message());
            } else {
                context.receiptWriter().write(slot, context.message());
            }
            slot.sent(part);
            slot.session = session;
            session.deliver(position << PART_BITS | part, context.message(), nowNs);
            counters.eventsSent++;
        }
        waiting--;
        return true;
    }

    private McSession sessionFor(final DeliverySlot slot) {
        if (slot.session != null && slot.session.canDeliver()) {
            return slot.session;
        }
        for (int i = 0; i < receivers.size(); i++) {
            nextReceiver = nextReceiver + 1 < receivers.size() ? nextReceiver + 1 : 0;
            final McSession session = receivers.get(nextReceiver);
            if (session.canDeliver()) {
                return session;
            }
        }
        return null;
    }

    /** The client answered. */
    void onAnswered(final long ticket, final int status, final long nowNs) {
        final DeliverySlot slot = slotOf(ticket);
        if (slot != null) {
            if (status != CommandStatus.ESME_ROK && SmppStatuses.meansLater(status)) {
                retry(slot, partOf(ticket), nowNs);
            } else {
                if (status != CommandStatus.ESME_ROK) {
                    counters.eventsRefused++;
                }
                answered(slot, partOf(ticket));
            }
        }
        acknowledge();
        if (unacknowledged >= ACKNOWLEDGE_EVERY) {
            flushAcknowledgement();
        }
        pump(nowNs);
    }

    /** No answer came: the client may have it or not, so it gets it again. */
    void onUnanswered(final long ticket, final long nowNs) {
        final DeliverySlot slot = slotOf(ticket);
        if (slot != null) {
            retry(slot, partOf(ticket), nowNs);
        }
    }

    private void answered(final DeliverySlot slot, final int part) {
        final boolean waited = slot.hasPartToSend();
        slot.answered(part);
        if (waited && !slot.hasPartToSend()) {
            waiting--;
        }
    }

    private void retry(final DeliverySlot slot, final int part, final long nowNs) {
        final boolean waited = slot.hasPartToSend();
        if (!slot.again(part)) {
            return;
        }
        counters.eventRetries++;
        slot.attempts++;
        if (slot.attempts >= context.settings().deliveryAttempts()) {
            counters.eventsDropped++;
            LOG.warn(
                    "event {} of unit {} was not taken by {}; given up",
                    slot.sequence,
                    slot.unitId,
                    subscriptionName());
            slot.giveUp();
            waiting -= waited ? 1 : 0;
            return;
        }
        final long delayMs = Math.min(
                context.settings().retryMaxMs(),
                (long) context.settings().retryFirstMs() << Math.min(slot.attempts - 1, 16));
        slot.dueNs = nowNs + TimeUnit.MILLISECONDS.toNanos(delayMs);
        waiting += waited ? 0 : 1;
    }

    private DeliverySlot slotOf(final long ticket) {
        final long position = ticket >>> PART_BITS;
        return position >= head && position < tail ? ring[(int) position & mask] : null;
    }

    private static int partOf(final long ticket) {
        return (int) ticket & ((1 << PART_BITS) - 1);
    }

    /** Moves over everything at the front that is done with, and takes more where the stream was held. */
    private void acknowledge() {
        final long before = head;
        while (head < tail && ring[(int) head & mask].done()) {
            acknowledgeable = ring[(int) head & mask].sequence;
            unacknowledged++;
            head++;
        }
        if (head != before) {
            resume();
        }
    }

    /**
     * An acknowledgement is a record in the journal: one for many events, and for the rest at every tick. Never while the
     * stream offers an event, which it does not count as taken before that.
     */
    private void flushAcknowledgement() {
        if (unacknowledged > 0 && subscription != null) {
            unacknowledged = 0;
            counters.eventAcks++;
            subscription.acknowledge(acknowledgeable);
        }
    }

    /** Called at intervals: tries again what is due, and tells the stream what was answered. */
    void tick(final long nowNs) {
        pump(nowNs);
        flushAcknowledgement();
    }

    private void resume() {
        if (holding && subscription != null && tail - head < ring.length) {
            holding = false;
            subscription.resume();
        }
    }
}
