package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.CarrierDesk;
import io.trunkline.gateway.engine.CarrierDesk.Unanswered;
import io.trunkline.gateway.engine.CarrierLink;
import io.trunkline.gateway.engine.CarrierProtocol;
import io.trunkline.gateway.engine.Conclusion;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.Unit;
import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.transport.Flow;
import io.trunkline.sip.trunk.Flows;
import io.trunkline.sip.trunk.MessageSender;
import io.trunkline.sip.trunk.OutboundMessage;
import io.trunkline.sip.trunk.Trunks;
import io.trunkline.smpp.text.SegmentPlan;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One trunk that messages go over: the engine's {@link CarrierLink} on this side, a {@link MessageSender} on the other. */
final class SipCarrierLink implements CarrierLink, MessageSender.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SipCarrierLink.class);
    private static final int OK = 200;
    private static final int FIRST_REFUSAL = 300;
    private static final long NANOS = 1_000_000;

    /**
     * What all links of a shard work with.
     *
     * @param clock of the calls, ms
     * @param nowMs wall time
     */
    record Context(
            Trunks trunks, CarrierDesk desk, Flows flows, DialogWays ways, EpochClock clock, LongSupplier nowMs) {}

    private final Peer peer;
    private final Context context;
    private final MessageSender sender;
    private final MessageComposer composer;
    private final UnsafeBuffer none = new UnsafeBuffer(0, 0);
    private boolean up;
    private boolean enabled = true;
    private boolean drained;
    private boolean retired;
    /** What {@link #refusal} has composed, and for which unit. */
    private OutboundMessage composed;

    private long composedFor;

    SipCarrierLink(final Peer peer, final Context context) {
        this.peer = peer;
        this.context = context;
        sender = context.trunks()
                .messages(peer.trunk(), peer.identity().messagesOut().how(), this);
        composer = new MessageComposer(peer.identity());
    }

    Peer peer() {
        return peer;
    }

    /** Whether it is connected to nobody, or sends nothing new. */
    void use(final boolean isEnabled, final boolean isDrained) {
        enabled = isEnabled;
        drained = isDrained;
        update(context.clock().time());
    }

    /** Its trunk is gone, or another has taken its place: what is under way is waited for. */
    void retire() {
        retired = true;
        update(context.clock().time());
    }

    /** Whether nothing is under way any more. */
    boolean idle() {
        return sender.underWay() == 0;
    }

    boolean up() {
        return up;
    }

    /** What is due, every few milliseconds. */
    void poll(final long nowMs) {
        sender.poll(nowMs);
        update(nowMs);
    }

    private void update(final long nowMs) {
        final boolean usable = enabled && !retired && sender.isUp(nowMs);
        if (usable == up) {
            return;
        }
        up = usable;
        LOG.info("trunk {} {}", peer, usable ? "takes messages" : "takes no messages");
        if (usable) {
            context.desk().linkUp(this);
        } else {
            context.desk().linkDown(this);
        }
    }

    @Override
    public int number() {
        return peer.identity().link();
    }

    @Override
    public int carrier() {
        return peer.identity().carrier();
    }

    @Override
    public CarrierProtocol protocol() {
        return CarrierProtocol.SIP;
    }

    @Override
    public boolean ready(final long nowNs) {
        return up && !drained && sender.isReady(context.clock().time());
    }

    @Override
    public long paceReadyAtNs(final long nowNs) {
        final long waitMs = drained ? 0 : sender.paceMs(context.clock().time());
        return waitMs == 0 ? Long.MAX_VALUE : nowNs + waitMs * NANOS;
    }

    @Override
    public ErrorCode refusal(final Unit unit) {
        if (!unit.isText()) {
            return ErrorCode.BODY_NOT_CARRIED;
        }
        composed = composer.compose(unit, host(), context.nowMs().getAsLong());
        composedFor = unit.id();
        return sender.fits(composed) ? ErrorCode.NONE : ErrorCode.BODY_NOT_CARRIED;
    }

    /** Our name as the trunk knows it. */
    private String host() {
        final List<Destination> addresses = peer.trunk().addresses().all();
        final Flow way = addresses.isEmpty() ? null : context.flows().to(addresses.get(0));
        return way == null ? peer.identity().host() : context.ways().host(way);
    }

    @Override
    public int submit(final long ticket, final Unit unit, final SegmentPlan plan, final int segment, final long nowNs) {
        final OutboundMessage message = composedFor == unit.id() && composed != null
                ? composed
                : composer.compose(unit, host(), context.nowMs().getAsLong());
        composed = null;
        peer.meter().messages++;
        peer.meter().messagesUnderWay++;
        return sender.send(ticket, message, unit.attempt(), context.clock().time());
    }

    @Override
    public void onAnswered(final long ticket, final int status, final boolean late) {
        peer.meter().messagesUnderWay -= late ? 0 : 1;
        if (status >= FIRST_REFUSAL) {
            peer.meter().messagesRefused++;
            context.desk().answered(this, ticket, status, none, 0, 0, late);
            return;
        }
        peer.meter().messagesTaken++;
        final boolean delivered = status == OK && peer.identity().messagesOut().okDelivers();
        context.desk()
                .concluded(this, ticket, status, delivered ? Conclusion.DELIVERED : Conclusion.NOTHING_FOLLOWS, late);
    }

    @Override
    public void onLost(final long ticket) {
        peer.meter().messagesLost++;
        peer.meter().messagesUnderWay--;
        context.desk().unanswered(this, ticket, Unanswered.TIMEOUT);
    }
}
