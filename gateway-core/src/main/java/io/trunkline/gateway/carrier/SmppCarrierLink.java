package io.trunkline.gateway.carrier;

import io.trunkline.client.ByteBufView;
import io.trunkline.gateway.config.Bind;
import io.trunkline.gateway.engine.CarrierDesk;
import io.trunkline.gateway.engine.CarrierDesk.Unanswered;
import io.trunkline.gateway.engine.CarrierLink;
import io.trunkline.gateway.engine.Unit;
import io.trunkline.smpp.codec.BindRespDecoder;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.SmRespDecoder;
import io.trunkline.smpp.session.CloseCause;
import io.trunkline.smpp.session.EsmeBind;
import io.trunkline.smpp.session.EsmeListener;
import io.trunkline.smpp.text.SegmentPlan;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One bind of a carrier: the engine's {@link CarrierLink} on this side, an {@link EsmeBind} on the other. */
final class SmppCarrierLink implements CarrierLink, EsmeListener {
    private static final Logger LOG = LoggerFactory.getLogger(SmppCarrierLink.class);

    private final int number;
    private final int carrierNumber;
    private final Bind config;
    private final CarrierDesk desk;
    private final CarrierClock clock;
    private final DeliverReader deliverReader;
    private final UnsafeBuffer messageId = new UnsafeBuffer(0, 0);
    private final SmComposer composer;
    private EsmeBind bind;
    private boolean up;
    private boolean drained;
    private long changedAtMs;
    private String lastError = "";

    SmppCarrierLink(
            final int number,
            final int carrierNumber,
            final Bind config,
            final SmComposer composer,
            final DeliverReader deliverReader,
            final CarrierDesk desk,
            final CarrierClock clock) {
        this.number = number;
        this.carrierNumber = carrierNumber;
        this.config = config;
        this.composer = composer;
        this.deliverReader = deliverReader;
        this.desk = desk;
        this.clock = clock;
    }

    /** Wall time of the duty cycle. */
    interface CarrierClock {
        long nowMs();
    }

    void bind(final EsmeBind newBind) {
        bind = newBind;
    }

    EsmeBind bind() {
        return bind;
    }

    Bind config() {
        return config;
    }

    /** Takes nothing new but stays bound for receipts; or takes units again. True if that is a change. */
    boolean drained(final boolean value) {
        final boolean change = drained != value;
        drained = value;
        return change;
    }

    /** When the bind came up or went down, wall time; 0: neither yet. */
    long changedAtMs() {
        return changedAtMs;
    }

    /** Why it went down last; empty where it never did. */
    String lastError() {
        return lastError;
    }

    /** It cannot come up, for this reason. */
    void failed(final String reason) {
        changedAtMs = clock.nowMs();
        lastError = reason;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public int carrier() {
        return carrierNumber;
    }

    @Override
    public boolean ready(final long nowNs) {
        return !drained && bind.canSubmit(nowNs);
    }

    @Override
    public long paceReadyAtNs(final long nowNs) {
        final long readyAtNs = drained ? nowNs : bind.paceReadyAtNs(nowNs);
        return readyAtNs - nowNs > 0 ? readyAtNs : Long.MAX_VALUE;
    }

    @Override
    public int submit(final long ticket, final Unit unit, final SegmentPlan plan, final int segment, final long nowNs) {
        final int paced = plan.payload() ? plan.segments() : 1;
        return bind.submit(ticket, composer.compose(unit, plan, segment, clock.nowMs()), paced, nowNs);
    }

    @Override
    public void onBound(final EsmeBind esmeBind, final BindRespDecoder answer) {
        LOG.info("bind {} is up", esmeBind.name());
        changedAtMs = clock.nowMs();
        if (config.type().sends()) {
            up = true;
            desk.linkUp(this);
        }
    }

    @Override
    public void onUnbound(final EsmeBind esmeBind, final CloseCause cause, final int status) {
        changedAtMs = clock.nowMs();
        lastError = cause.text() + (status == 0 ? "" : ", command_status 0x" + Integer.toHexString(status));
        LOG.info("bind {} is down: {}", esmeBind.name(), lastError);
        if (up) {
            up = false;
            desk.linkDown(this);
        }
    }

    @Override
    public void onSubmitAnswered(
            final EsmeBind esmeBind,
            final long ticket,
            final int status,
            final SmRespDecoder answer,
            final int congestionState) {
        answered(ticket, status, answer, false);
    }

    @Override
    public void onLateAnswer(final EsmeBind esmeBind, final long ticket, final int status, final SmRespDecoder answer) {
        answered(ticket, status, answer, true);
    }

    private void answered(final long ticket, final int status, final SmRespDecoder answer, final boolean late) {
        final int length = status == 0 ? answer.messageIdLength() : 0;
        if (length > 0) {
            ByteBufView.wrap(messageId, answer.buffer(), answer.messageIdOffset(), length);
        }
        desk.answered(this, ticket, status, messageId, 0, length, late);
    }

    @Override
    public void onUnanswered(final EsmeBind esmeBind, final long ticket, final CloseCause cause) {
        desk.unanswered(this, ticket, cause == CloseCause.RESPONSE_TIMEOUT ? Unanswered.TIMEOUT : Unanswered.LINK_LOST);
    }

    @Override
    public int onDeliver(final EsmeBind esmeBind, final long exchange, final SmDecoder sm, final boolean dataSm) {
        return deliverReader.deliver(this, sm);
    }
}
