package io.trunkline.gateway.replay;

import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One accepted unit as the journal has it: a view that is laid over one record after the other. */
public final class RecordedUnit {
    private final UnitAcceptedDecoder accepted = new UnitAcceptedDecoder();
    private final UnsafeBuffer from = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer to = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer campaign = new UnsafeBuffer(0, 0);
    private long id;
    private long wallTimeNs;
    private int tenant;

    /**
     * Lays the view over a {@code UnitAccepted} record.
     *
     * @throws IndexOutOfBoundsException where the record makes no sense
     */
    void wrap(final RecordView record) {
        accepted.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        accepted.wrapFrom(from);
        accepted.wrapTo(to);
        accepted.skipBody();
        accepted.wrapCampaign(campaign);
        id = record.unitId();
        wallTimeNs = record.wallTimeNs();
    }

    /** Who sent it, by the candidate's numbers. */
    void tenant(final int itsTenant) {
        tenant = itsTenant;
    }

    public long id() {
        return id;
    }

    /** When it was accepted, nanoseconds since the epoch. */
    public long wallTimeNs() {
        return wallTimeNs;
    }

    /** Its tenant, by the number that {@link CandidateRoutes#tenant} gave. */
    public int tenant() {
        return tenant;
    }

    int recordedTenant() {
        return (int) accepted.tenant();
    }

    int recordedCarrier() {
        return accepted.carrier();
    }

    int tableVersion() {
        return (int) accepted.tableVersion();
    }

    int routeRow() {
        return (int) accepted.routeRow();
    }

    public int segments() {
        return accepted.segments();
    }

    /** A number of {@link io.trunkline.smpp.text.Encoding}. */
    public int encoding() {
        return accepted.encoding();
    }

    /** 1 otp, 2 transactional, 3 bulk. */
    public int messageClass() {
        return accepted.messageClass();
    }

    /** Most that it may cost, as {@link io.trunkline.gateway.engine.SubmitRequest#priceCapMicros}. */
    public long priceCapMicros() {
        return accepted.priceCapMicros();
    }

    /** As the record has them: 4 where the body is text. */
    public int flags() {
        return accepted.flags();
    }

    /** The sender, ASCII; its whole buffer. */
    public DirectBuffer from() {
        return from;
    }

    /** Its campaign, ASCII, empty where it had none; its whole buffer. */
    public DirectBuffer campaign() {
        return campaign;
    }

    /** The destination's digits, ASCII; its whole buffer. */
    public DirectBuffer to() {
        return to;
    }
}
