package io.trunkline.gateway.config.history;

import io.trunkline.gateway.config.Routing;
import io.trunkline.gateway.config.RoutingNames;
import io.trunkline.gateway.config.history.ConfigDiff.Change;
import io.trunkline.gateway.config.history.ConfigDiff.Example;
import io.trunkline.gateway.config.history.ConfigDiff.Section;
import io.trunkline.routing.Handling;
import io.trunkline.routing.Offer;
import io.trunkline.routing.Route;
import io.trunkline.routing.RouteDiff;
import io.trunkline.routing.RouteDiff.Kind;
import io.trunkline.routing.RouteRow;
import io.trunkline.routing.RouteScope;
import io.trunkline.routing.RoutingSnapshot;
import io.trunkline.routing.SenderPolicy;
import io.trunkline.routing.UnitKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What changes in the rows of {@code routes.csv}, in words; works on compiled tables, for there may be millions of rows. */
final class RoutesDiff {
    private final Routing before;
    private final Routing after;
    private final RouteDiff diff;

    RoutesDiff(final Routing before, final Routing after) {
        this.before = before;
        this.after = after;
        diff = RouteDiff.between(
                before.table(),
                after.table(),
                new ByName(after.names(), before.names()),
                ConfigDiff.EXAMPLES,
                ConfigDiff.PRICE_MOVE_PERCENT);
    }

    /** Ids of one configuration as those of another, by what they are called. */
    private record ByName(RoutingNames from, RoutingNames to) implements RouteDiff.Translation {
        @Override
        public int tenant(final int id) {
            return known(to.tenantId(from.tenant(id)), to.tenants().size() + 1 + id);
        }

        @Override
        public int group(final int id) {
            return known(to.groupId(from.group(id)), to.groups().size() + 1 + id);
        }

        @Override
        public int carrier(final int id) {
            return known(to.carrierId(from.carrier(id)), to.carriers().size() + id);
        }

        @Override
        public int window(final int id) {
            return known(
                    to.windowId(from.window(id)),
                    Math.min(RouteScope.MAX_WINDOWS, to.windows().size() + 1 + id));
        }

        /** What is new gets an id that nothing has. */
        private static int known(final int id, final int fresh) {
            return id == RoutingNames.UNKNOWN ? fresh : id;
        }
    }

    /** Rows that come, go and change. */
    Section rows() {
        final List<Example> examples = new ArrayList<>();
        for (final RouteDiff.Change change : diff.examples(Kind.ADDED)) {
            final RouteRow row = after.table().row(change.after());
            examples.add(new Example(Change.ADDED, key(row, after.names()), "", told(row, after.names())));
        }
        for (final RouteDiff.Change change : diff.examples(Kind.CHANGED)) {
            examples.add(changed(change));
        }
        for (final RouteDiff.Change change : diff.examples(Kind.REMOVED)) {
            final RouteRow row = before.table().row(change.before());
            examples.add(new Example(Change.REMOVED, key(row, before.names()), told(row, before.names()), ""));
        }
        return new Section(
                "routes",
                before.table().rowCount(),
                after.table().rowCount(),
                diff.count(Kind.ADDED),
                diff.count(Kind.REMOVED),
                diff.count(Kind.CHANGED),
                examples,
                "");
    }

    private Example changed(final RouteDiff.Change change) {
        final RouteRow was = before.table().row(change.before());
        final RouteRow is = after.table().row(change.after());
        return new Example(Change.CHANGED, key(is, after.names()), told(was, before.names()), told(is, after.names()));
    }

    /** Costs that move by more than a little, the greatest moves as examples. */
    Section prices() {
        final int dearer = diff.count(Kind.DEARER);
        final int cheaper = diff.count(Kind.CHEAPER);
        final List<Example> examples = new ArrayList<>();
        diff.examples(Kind.DEARER).forEach(change -> examples.add(move(change)));
        diff.examples(Kind.CHEAPER).forEach(change -> examples.add(move(change)));
        return new Section(
                "prices",
                0,
                0,
                0,
                0,
                dearer + cheaper,
                examples,
                dearer + " up and " + cheaper + " down by more than " + ConfigDiff.PRICE_MOVE_PERCENT + " %");
    }

    private Example move(final RouteDiff.Change change) {
        final RouteRow was = before.table().row(change.before());
        final RouteRow is = after.table().row(change.after());
        final long percent = 100L
                * (is.offer().cost() - was.offer().cost())
                / Math.max(1, was.offer().cost());
        return new Example(
                Change.CHANGED,
                key(is, after.names()) + " " + carriers(is.offer().route(), after.names()),
                was.offer().costText(),
                is.offer().costText() + " (" + (percent > 0 ? "+" : "") + percent + " %)");
    }

    private static String key(final RouteRow row, final RoutingNames names) {
        final StringBuilder key = new StringBuilder(row.prefix().isEmpty() ? "*" : row.prefix());
        final RouteScope scope = row.scope();
        if (scope.tenant() != RoutingSnapshot.ANY) {
            key.append(" tenant ").append(names.tenant(scope.tenant()));
        }
        if (scope.group() != RoutingSnapshot.ANY) {
            key.append(" tenants of ").append(names.group(scope.group()));
        }
        if (scope.messageClass() != RoutingSnapshot.ANY) {
            key.append(" class ").append(names.messageClass(scope.messageClass()));
        }
        if (scope.kind() != UnitKind.ANY) {
            key.append(scope.kind() == UnitKind.CALL ? " calls" : " messages");
        }
        if (scope.window() != RoutingSnapshot.ANY) {
            key.append(" ").append(names.window(scope.window()));
        }
        return key.toString();
    }

    private static String told(final RouteRow row, final RoutingNames names) {
        final Offer offer = row.offer();
        return carriers(offer.route(), names)
                + (offer.priority() == 0 ? "" : " priority " + offer.priority())
                + (offer.weight() == 1 ? "" : " weight " + offer.weight())
                + (offer.cost() == Offer.UNPRICED ? "" : " cost " + offer.costText());
    }

    /** As it is written in {@code routes.csv}: tiers parted by {@code |}, shares by {@code ;}. */
    private static String carriers(final Route route, final RoutingNames names) {
        return route.tiers().stream()
                .map(tier -> tier.shares().stream()
                        .map(share ->
                                names.carrier(share.carrier()) + handling(share.handling()) + "=" + share.weight())
                        .collect(Collectors.joining(";")))
                .collect(Collectors.joining("|"));
    }

    private static String handling(final Handling handling) {
        final List<String> parts = new ArrayList<>();
        if (handling.strip() > 0) {
            parts.add("strip " + handling.strip());
        }
        if (!handling.prepend().isEmpty()) {
            parts.add("prepend " + handling.prepend());
        }
        if (handling.sender().mode() != SenderPolicy.Mode.KEEP) {
            parts.add("sender " + handling.sender().sender());
        }
        return parts.isEmpty() ? "" : "(" + String.join(", ", parts) + ")";
    }
}
