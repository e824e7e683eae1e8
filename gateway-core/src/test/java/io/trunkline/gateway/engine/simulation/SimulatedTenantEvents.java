package io.trunkline.gateway.engine.simulation;

import io.trunkline.gateway.engine.TenantEvents;
import io.trunkline.gateway.events.CallEvent;
import io.trunkline.gateway.events.InboundEvent;
import io.trunkline.gateway.events.StatusEvent;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.UnitClosedDecoder;
import io.trunkline.gateway.journal.codec.UnitProgressedDecoder;
import java.util.HashMap;
import java.util.Map;

/** Counts each tenant's events, and finds out from the journal how far it had counted. */
final class SimulatedTenantEvents implements TenantEvents {
    private final Map<Integer, Long> last = new HashMap<>();
    private final UnitClosedDecoder closed = new UnitClosedDecoder();
    private final UnitProgressedDecoder progressed = new UnitProgressedDecoder();

    @Override
    public long nextSequence(final int tenant) {
        return last.merge(tenant, 1L, Long::sum);
    }

    @Override
    public void status(final int tenant, final StatusEvent event, final long recordSequence) {}

    @Override
    public void inbound(final int tenant, final InboundEvent event, final long recordSequence) {}

    @Override
    public void call(final int tenant, final CallEvent event, final long recordSequence) {}

    void recover(final RecordView record) {
        if (record.templateId() == UnitClosedDecoder.TEMPLATE_ID) {
            closed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
            last.merge((int) closed.tenant(), closed.eventSequence(), Math::max);
        } else if (record.templateId() == UnitProgressedDecoder.TEMPLATE_ID) {
            progressed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
            last.merge((int) progressed.tenant(), progressed.eventSequence(), Math::max);
        }
    }
}
