package io.trunkline.gateway.engine;

/** Takes units off the carriers' queues and writes their segments over links that have room. */
final class Dispatcher {
    private final EngineState state;
    private final SegmentPlanner planner;
    private final Closing closing;
    private final Answers answers;

    Dispatcher(final EngineState state, final SegmentPlanner planner, final Closing closing, final Answers answers) {
        this.state = state;
        this.planner = planner;
        this.closing = closing;
        this.answers = answers;
    }

    /**
     * One turn over all carriers that have something to send.
     *
     * @return segments written
     */
    int dispatch() {
        int written = 0;
        for (int i = 0; i < state.carrierList.size(); i++) {
            final CarrierState carrier = state.carrierList.get(i);
            if (carrier.up()) {
                written += continueUnits(carrier);
                written += carrier.queue.size() > 0 ? dispatch(carrier) : 0;
            }
        }
        return written;
    }

    private int continueUnits(final CarrierState carrier) {
        int written = 0;
        for (int i = 0; i < carrier.links.size(); i++) {
            final LinkState link = carrier.links.get(i);
            if (link.inProgress != null) {
                written += writeSegments(carrier, link, link.inProgress);
            }
        }
        return written;
    }

    private int dispatch(final CarrierState carrier) {
        int written = 0;
        while (carrier.queue.size() > 0) {
            final LinkState link = idleLink(carrier);
            if (link == null) {
                return written;
            }
            final Unit unit = carrier.queue.poll();
            if (unit.payload == null) {
                if (!load(carrier, unit)) {
                    return written;
                }
            } else {
                written += writeSegments(carrier, link, unit);
            }
        }
        return written;
    }

    /** A bind that may write and is not held up in the midst of a message. */
    private LinkState idleLink(final CarrierState carrier) {
        for (int i = 0; i < carrier.links.size(); i++) {
            final LinkState link = carrier.readyLink(state.nowNs);
            if (link == null || link.inProgress == null) {
                return link;
            }
        }
        return null;
    }

    private boolean load(final CarrierState carrier, final Unit unit) {
        if (carrier.mayLoad()
                && state.payloads.roomToRestore()
                && state.bodies.request(unit.id, unit.acceptedSequence)) {
            carrier.loading++;
            unit.loading = true;
            return true;
        }
        state.enqueue(unit, true);
        return false;
    }

    private int writeSegments(final CarrierState carrier, final LinkState link, final Unit unit) {
        final ErrorCode unplannable = planner.plan(unit, carrier.text());
        if (unplannable != ErrorCode.NONE || planner.plan().pdus() > Unit.MAX_SEGMENTS) {
            // It could be cut for the carrier it was accepted for, and cannot for the one it was moved to.
            link.inProgress = null;
            closing.close(unit, UnitState.FAILED, ErrorCode.BODY_TOO_LONG);
            return 0;
        }
        if (unit.writtenMask == 0) {
            final ErrorCode refusal = link.link.refusal(unit);
            if (refusal != ErrorCode.NONE) {
                link.inProgress = null;
                answers.notCarried(link.link, unit, refusal);
                return 0;
            }
            unit.segments = (byte) planner.plan().segments();
            unit.pdus = (byte) planner.plan().pdus();
        }
        int written = 0;
        for (int segment = 0; segment < unit.pdus; segment++) {
            final long bit = 1L << segment;
            if ((unit.writtenMask & bit) != 0) {
                continue;
            }
            if (!link.link.ready(state.nowNs)) {
                link.inProgress = unit;
                return written;
            }
            write(carrier, link, unit, segment);
            written++;
        }
        link.inProgress = null;
        // From here on the carrier's answers decide; the bind's response timeout bounds the wait for them.
        state.timers.cancel(unit);
        return written;
    }

    private void write(final CarrierState carrier, final LinkState link, final Unit unit, final int segment) {
        if (unit.readAtUs != 0) {
            state.firstWritten(unit);
        }
        unit.writtenMask |= 1L << segment;
        final int sequence = link.link.submit(unit.ticket(segment), unit, planner.plan(), segment, state.nowNs);
        state.records.segmentWritten(unit, link.link, segment, sequence);
        carrier.outstanding++;
        carrier.segmentsWritten++;
        state.counters.segmentsWritten++;
    }
}
