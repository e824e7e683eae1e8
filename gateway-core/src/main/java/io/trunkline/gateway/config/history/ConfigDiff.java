package io.trunkline.gateway.config.history;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Routing;
import io.trunkline.gateway.config.RoutingPlan;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.config.Traffic;
import io.trunkline.gateway.config.TrafficLimit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What changes from one configuration to another, by kind. Order in files, comments and line numbers do not count.
 *
 * @param sections one per kind of thing, in a fixed order
 */
public record ConfigDiff(List<Section> sections) {
    /** Named for each kind of change; the rest is counted. */
    public static final int EXAMPLES = 10;

    /** A cost that moves by more is told of. */
    public static final int PRICE_MOVE_PERCENT = 5;

    /** Fewer rows than this may all vanish unasked. */
    private static final int FEW_ROWS = 100;

    /** Most rows that may vanish unasked, in percent. */
    public static final int MOST_VANISHING_PERCENT = 20;

    public ConfigDiff {
        sections = List.copyOf(sections);
    }

    /**
     * Changes of one kind of thing.
     *
     * @param name {@code routes}, {@code carriers}, …
     * @param before how many there were
     * @param examples at most {@value #EXAMPLES} of each kind of change
     * @param note what says more than the counts; empty where they say it
     */
    public record Section(
            String name,
            int before,
            int after,
            int added,
            int removed,
            int changed,
            List<Example> examples,
            String note) {
        public Section {
            examples = List.copyOf(examples);
        }

        public boolean same() {
            return added + removed + changed == 0;
        }

        /** Whether so much vanishes that it looks like a file cut short. */
        public boolean shrinks() {
            return before >= FEW_ROWS && (long) removed * 100 > (long) before * MOST_VANISHING_PERCENT;
        }
    }

    /** How a thing changed. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED
    }

    /**
     * One thing that changes.
     *
     * @param what it is called
     * @param before how it was, for people; empty where there is nothing short to say
     */
    public record Example(Change change, String what, String before, String after) {}

    /** Compares two configurations. */
    public static ConfigDiff between(final GatewayConfig before, final GatewayConfig after) {
        final List<Section> sections = new ArrayList<>();
        sections.add(compare(
                "gateway",
                List.of(before.gateway()),
                List.of(after.gateway()),
                one -> "gateway.yaml",
                one -> "",
                Object::equals));
        sections.add(compare("tenants", before.tenants(), after.tenants(), Tenant::name, one -> "", Object::equals));
        sections.add(
                compare("carriers", before.carriers(), after.carriers(), Carrier::name, one -> "", Object::equals));
        plan(before.routing().plan(), after.routing().plan(), sections);
        final RoutesDiff routes = new RoutesDiff(before.routing(), after.routing());
        sections.add(routes.rows());
        sections.add(routes.prices());
        sections.add(numbers(before.routing(), after.routing()));
        sections.add(compare(
                "number rules",
                List.of(before.routing().numbers()),
                List.of(after.routing().numbers()),
                rules -> "routing.yaml",
                rules -> "",
                Object::equals));
        sections.add(compare(
                "limits",
                before.traffic().limits(),
                after.traffic().limits(),
                TrafficLimit::name,
                limit -> limit.segments() + " a " + limit.every().name().toLowerCase(Locale.ROOT),
                Object::equals));
        sections.add(compare(
                "blocks",
                before.traffic().blocks(),
                after.traffic().blocks(),
                ConfigDiff::key,
                Traffic.Block::reason,
                ConfigDiff::equal));
        return new ConfigDiff(sections);
    }

    private static Section numbers(final Routing before, final Routing after) {
        final int count = before.owners().size();
        if (!before.contents().numbers().isEmpty()
                && before.contents().numbers().equals(after.contents().numbers())) {
            return new Section("numbers", count, count, 0, 0, 0, List.of(), "");
        }
        return compare(
                "numbers",
                before.owners(),
                after.owners(),
                Routing.NumberOwner::number,
                Routing.NumberOwner::tenant,
                (a, b) -> a.tenant().equals(b.tenant()));
    }

    private static String key(final Traffic.Block block) {
        return (block.safe() ? "safe " : "")
                + (block.sender() ? "sender " : "")
                + block.prefix()
                + block.tenant().map(tenant -> " tenant " + tenant).orElse("");
    }

    private static boolean equal(final Traffic.Block one, final Traffic.Block other) {
        return one.expiresAtMs() == other.expiresAtMs() && one.reason().equals(other.reason());
    }

    private static void plan(final RoutingPlan before, final RoutingPlan after, final List<Section> sections) {
        sections.add(named("groups", before.groups(), after.groups(), text -> text));
        sections.add(named("ways", before.ways(), after.ways(), RoutingPlan.Way::carrier));
        sections.add(named("windows", before.windows(), after.windows(), window -> ""));
        sections.add(compare(
                "policies",
                before.policies(),
                after.policies(),
                policy -> policy.group().map(group -> "tenants of " + group).orElse("all")
                        + policy.messageClass()
                                .map(one -> " class " + one.name().toLowerCase(Locale.ROOT))
                                .orElse(""),
                policy -> policy.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Object::equals));
        // A rule has no name but its place, and its place is what it means.
        sections.add(named("rules", numbered(before.rules()), numbered(after.rules()), rule -> ""));
        sections.add(compare(
                "quality",
                List.of(before.quality()),
                List.of(after.quality()),
                quality -> "routing.yaml",
                quality -> "",
                Object::equals));
    }

    private static <T> Map<String, T> numbered(final List<T> list) {
        final Map<String, T> numbered = new LinkedHashMap<>();
        list.forEach(one -> numbered.put("rule " + (numbered.size() + 1), one));
        return numbered;
    }

    private static <T> Section named(
            final String name,
            final Map<String, T> before,
            final Map<String, T> after,
            final Function<T, String> told) {
        return compare(
                name,
                List.copyOf(before.entrySet()),
                List.copyOf(after.entrySet()),
                Map.Entry::getKey,
                entry -> told.apply(entry.getValue()),
                Object::equals);
    }

    public boolean same() {
        return sections.stream().allMatch(Section::same);
    }

    private static <T> Section compare(
            final String name,
            final List<T> before,
            final List<T> after,
            final Function<T, String> key,
            final Function<T, String> told,
            final BiPredicate<T, T> equal) {
        final Map<String, T> left = new LinkedHashMap<>();
        before.forEach(one -> left.put(key.apply(one), one));
        final Map<Change, Integer> counts = new EnumMap<>(Change.class);
        final List<Example> examples = new ArrayList<>();
        for (final T one : after) {
            final T old = left.remove(key.apply(one));
            if (old == null) {
                note(examples, counts, new Example(Change.ADDED, key.apply(one), "", told.apply(one)));
            } else if (!equal.test(old, one)) {
                note(examples, counts, new Example(Change.CHANGED, key.apply(one), told.apply(old), told.apply(one)));
            }
        }
        left.forEach((gone, one) -> note(examples, counts, new Example(Change.REMOVED, gone, told.apply(one), "")));
        return new Section(
                name,
                before.size(),
                after.size(),
                counts.getOrDefault(Change.ADDED, 0),
                counts.getOrDefault(Change.REMOVED, 0),
                counts.getOrDefault(Change.CHANGED, 0),
                examples,
                "");
    }

    private static void note(final List<Example> examples, final Map<Change, Integer> counts, final Example example) {
        if (counts.merge(example.change(), 1, Integer::sum) <= EXAMPLES) {
            examples.add(example);
        }
    }
}
