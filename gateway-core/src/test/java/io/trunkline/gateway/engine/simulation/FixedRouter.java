package io.trunkline.gateway.engine.simulation;

import io.trunkline.gateway.engine.RouteDecision;
import io.trunkline.gateway.engine.RouteQuestion;
import io.trunkline.gateway.engine.Router;
import io.trunkline.gateway.engine.Treatment;
import java.util.function.Function;
import org.agrona.DirectBuffer;

/** A table of one version and one row: carriers by what is asked, best first, nothing done to addresses. */
public record FixedRouter(Function<RouteQuestion, int[]> carriers, int owner) implements Router {
    @Override
    public void route(final RouteQuestion question, final RouteDecision decision) {
        decision.clear();
        for (final int carrier : carriers.apply(question)) {
            decision.carriers[decision.count] = carrier;
            decision.treatments[decision.count] = Treatment.NONE;
            decision.count++;
        }
        decision.tableVersion = 1;
        decision.row = 1;
    }

    @Override
    public void price(
            final RouteQuestion question, final int network, final int carrier, final RouteDecision decision) {
        // No deck says what a carrier takes.
    }

    @Override
    public boolean asksContent() {
        return false;
    }

    @Override
    public Treatment treatment(final int number) {
        return null;
    }

    @Override
    public void ended(final int carrier, final boolean delivered, final long delayMs, final long nowMs) {
        // Nobody goes by it here.
    }

    @Override
    public int owner(final DirectBuffer digits, final int offset, final int length) {
        return owner;
    }
}
