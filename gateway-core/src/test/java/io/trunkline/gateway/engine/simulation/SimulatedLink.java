package io.trunkline.gateway.engine.simulation;

import io.trunkline.gateway.engine.CarrierLink;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.Unit;
import io.trunkline.smpp.text.SegmentPlan;
import java.util.LinkedHashSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/** A bind with a window. What it submits reaches the carrier when the simulation's gate lets it. */
final class SimulatedLink implements CarrierLink {
    private final int number;
    private final SimulatedCarrier carrier;
    private final Simulation simulation;
    private final int windowSize;
    private final Set<Long> window = new LinkedHashSet<>();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private boolean up;
    private int incarnation;
    private int sequence;

    SimulatedLink(final int number, final SimulatedCarrier carrier, final Simulation simulation, final int windowSize) {
        this.number = number;
        this.carrier = carrier;
        this.simulation = simulation;
        this.windowSize = windowSize;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public int carrier() {
        return carrier.number;
    }

    @Override
    public boolean ready(final long nowNs) {
        return up && window.size() < windowSize;
    }

    @Override
    public long paceReadyAtNs(final long nowNs) {
        return Long.MAX_VALUE;
    }

    @Override
    public ErrorCode refusal(final Unit unit) {
        if (!carrier.concludes) {
            return ErrorCode.NONE;
        }
        unit.body(view);
        return view.capacity() > Simulation.MOST_OCTETS ? ErrorCode.BODY_NOT_CARRIED : ErrorCode.NONE;
    }

    @Override
    public int submit(final long ticket, final Unit unit, final SegmentPlan plan, final int segment, final long nowNs) {
        if (segment >= plan.pdus()) {
            throw new AssertionError("PDU " + segment + " of unit " + unit.id() + ", which is cut into " + plan.pdus());
        }
        window.add(ticket);
        unit.to(view);
        final String handset = view.getStringWithoutLengthAscii(0, view.capacity());
        unit.body(view);
        final String body = view.getStringWithoutLengthAscii(0, view.capacity());
        if (carrier.concludes && body.length() > Simulation.MOST_OCTETS) {
            throw new AssertionError("unit " + unit.id() + " is written to a carrier that cannot carry it");
        }
        if (!body.startsWith(Simulation.BODY)) {
            throw new AssertionError("unit " + unit.id() + " leaves with another body than it came with: " + body);
        }
        final String marker = unit.id() + "#" + segment;
        final int sentOn = incarnation;
        final boolean marked = unit.possibleDuplicate();
        simulation.afterGate(() -> {
            if (up && incarnation == sentOn) {
                carrier.submit(this, ticket, marker, handset, marked, simulation.nowMs());
            }
        });
        return ++sequence;
    }

    int incarnation() {
        return incarnation;
    }

    boolean up() {
        return up;
    }

    SimulatedCarrier simulatedCarrier() {
        return carrier;
    }

    void raise() {
        up = true;
        incarnation++;
        window.clear();
    }

    /** Ends the connection; the tickets that were under way, in order. */
    Set<Long> drop() {
        up = false;
        final Set<Long> lost = new LinkedHashSet<>(window);
        window.clear();
        return lost;
    }

    /** Whether the ticket was awaited; it is no more. */
    boolean settle(final long ticket) {
        return window.remove(ticket);
    }

    Set<Long> awaiting() {
        return window;
    }
}
