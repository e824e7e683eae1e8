package io.trunkline.routing;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Decides on a unit once more, this time telling why. */
final class RouteTold {
    private final RoutingSnapshot snapshot;
    private final RouteQuery query;
    private final Telling telling;

    RouteTold(final RoutingSnapshot snapshot, final RouteQuery query, final RoutingSnapshot.Names names) {
        this.snapshot = snapshot;
        this.query = query;
        telling = new Telling(snapshot.rows(), snapshot.windows(), query, names);
    }

    Explanation of(final String digits) {
        final byte[] octets = digits.getBytes(StandardCharsets.ISO_8859_1);
        final UnsafeBuffer number = new UnsafeBuffer(octets);
        final RouteChoice choice = new RouteChoice();
        final int chosen = snapshot.select(query, number, 0, octets.length, choice);
        telling.rules(snapshot.ruleList(), choice);
        if (choice.rewrite() != null) {
            final int length = choice.rewrite()
                    .destination()
                    .destination(new UnsafeBuffer(octets), 0, octets.length, choice.rewritten, 0);
            number.wrap(choice.rewritten, 0, length);
        }
        if (choice.rule().isEmpty() || choice.rewrite() != null) {
            table(number, choice);
        } else {
            telling.attempts(choice, false);
        }
        return new Explanation(snapshot.version(), chosen, telling.steps(), telling.carriers());
    }

    private void table(final UnsafeBuffer number, final RouteChoice choice) {
        final long run = snapshot.lookup(query, number, 0, number.capacity(), choice);
        final boolean none = run == PrefixTable.NO_RUN;
        final int first = none ? RoutingSnapshot.NO_ROUTE : RoutingSnapshot.firstRow(run);
        final int end = none ? RoutingSnapshot.NO_ROUTE : RoutingSnapshot.endRow(run);
        snapshot.prefixes().walkUp(number, 0, number.capacity(), row -> {
            telling.row(row, first, end);
            return row != end - 1;
        });
        if (none) {
            telling.noRow();
        } else {
            telling.policy(snapshot.policies().find(query.group(), query.messageClass()), first, end);
        }
        telling.attempts(choice, end - first > 1);
    }
}
