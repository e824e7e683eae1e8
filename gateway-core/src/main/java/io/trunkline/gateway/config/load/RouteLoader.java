package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_ROW;
import static io.trunkline.gateway.config.ConfigProblem.Code.OUT_OF_RANGE;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.QualityRules;
import io.trunkline.gateway.config.Routing;
import io.trunkline.gateway.config.Routing.NumberOwner;
import io.trunkline.gateway.config.Routing.NumberRules;
import io.trunkline.gateway.config.RoutingNames;
import io.trunkline.routing.NumberTable;
import io.trunkline.routing.RouteClash;
import io.trunkline.routing.RoutingSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads {@code routing.yaml} and {@code routes.csv} and compiles them; whatever is wrong with one of them, both are read. */
final class RouteLoader {
    /**
     * What else was read.
     *
     * @param tenants empty where the file cannot be read; likewise the others
     * @param bound the carriers that could be bound; null stands for one that could not
     * @param inForce what a daemon routes by, of which is taken over what has not changed; then nothing is warned of
     */
    record Files(
            Path directory,
            Optional<YamlTree> tenants,
            Optional<YamlTree> carriers,
            Optional<YamlTree> routing,
            List<Carrier> bound,
            Optional<Routing> inForce) {}

    private final Files files;
    private final Problems problems;
    private final ConfigHash hash;
    private final ValueReader values;
    private final RoutingNames names;

    RouteLoader(final Files files, final Problems problems, final ConfigHash hash, final ValueReader values) {
        this.files = files;
        this.problems = problems;
        this.hash = hash;
        this.values = values;
        names = new RoutingNames(
                texts(files.tenants(), "tenants", "name"),
                texts(files.tenants(), "tenants", "group"),
                texts(files.carriers(), "carriers", "name"),
                files.routing().map(tree -> keys(tree.root().path("windows"))).orElse(List.of()));
    }

    private static List<String> keys(final JsonNode map) {
        return new ArrayList<>(map.propertyNames());
    }

    private static List<String> texts(final Optional<YamlTree> tree, final String list, final String key) {
        return tree.map(read -> read.root().path(list).valueStream())
                .orElse(Stream.of())
                .map(entry -> entry.path(key).asString(""))
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * Reads and compiles.
     *
     * @param owners of numbers, read before
     * @param numbersContent of {@code numbers.csv}; empty where there is none
     */
    Routing load(final List<NumberOwner> owners, final String numbersContent) {
        final RoutingSnapshot.Builder builder = RoutingSnapshot.builder(0).numbers(numbers(owners, numbersContent));
        groups(builder);
        final Optional<Binder> binder = files.routing().map(tree -> new Binder(tree, problems, values));
        final NumberRules rules = binder.map(this::numberRules).orElse(null);
        final Optional<RoutingPlanReader> plan =
                binder.map(bound -> RoutingPlanReader.read(files.routing().orElseThrow(), bound));
        final RouteDirectory directory =
                new RouteDirectory(names, files.carriers().isPresent(), prefixes(), files.routing(), problems);
        plan.ifPresent(read -> {
            directory.add(read.ways());
            new RoutingCompiler(names, files.tenants().isPresent(), directory, read.tree(), problems, builder)
                    .compile(read);
            quality(read);
        });
        final RoutesFile.Meaning meaning = new RoutesFile.Meaning(
                names, files.tenants().isPresent(), files.routing().isPresent(), directory);
        final String routesContent = rows(new RoutesFile(meaning, problems), plan, builder);
        final RoutingSnapshot table = builder.build(this::clash);
        if (rules != null
                && files.tenants().isPresent()
                && files.carriers().isPresent()
                && files.inForce().isEmpty()) {
            new RouteChecks(
                            names,
                            files.bound(),
                            files.carriers().get(),
                            files.routing().orElseThrow(),
                            problems)
                    .check(table, rules, directory);
        }
        return new Routing(
                rules,
                plan.map(RoutingPlanReader::plan).orElse(null),
                names,
                table,
                owners,
                new Routing.Contents(routesContent, numbersContent));
    }

    /** Reads the rows, or takes them over: what they were made of is the file and what its words mean. */
    private String rows(
            final RoutesFile file, final Optional<RoutingPlanReader> plan, final RoutingSnapshot.Builder builder) {
        final Optional<Routing> same = files.inForce()
                .filter(routing -> problems.none() && routing.names().equals(names))
                .filter(routing -> plan.map(RoutingPlanReader::plan)
                        .filter(read -> read.groups().equals(routing.plan().groups())
                                && read.ways().equals(routing.plan().ways()))
                        .isPresent())
                .filter(routing -> file.takeOver(files.directory(), routing, hash, builder));
        return same.map(routing -> routing.contents().routes())
                .orElseGet(() -> file.read(files.directory(), hash, builder));
    }

    private void groups(final RoutingSnapshot.Builder builder) {
        files.tenants()
                .map(tree -> tree.root().path("tenants").valueStream())
                .orElse(Stream.of())
                .forEach(entry -> {
                    final int tenant = names.tenantId(entry.path("name").asString(""));
                    final int group = names.groupId(entry.path("group").asString(""));
                    if (tenant != RoutingNames.UNKNOWN && group != RoutingNames.UNKNOWN) {
                        builder.tenantGroup(tenant, group);
                    }
                });
    }

    private NumberTable numbers(final List<NumberOwner> owners, final String content) {
        final Optional<Routing> same = files.inForce()
                .filter(routing -> !content.isEmpty()
                        && content.equals(routing.contents().numbers())
                        && routing.names().tenants().equals(names.tenants()));
        return same.map(routing -> routing.table().numbers()).orElseGet(() -> numbers(owners));
    }

    private NumberTable numbers(final List<NumberOwner> owners) {
        final NumberTable.Builder numbers = NumberTable.builder(owners.size());
        for (final NumberOwner owner : owners) {
            final int tenant = names.tenantId(owner.tenant());
            if (tenant != RoutingNames.UNKNOWN) {
                numbers.add(owner.number(), tenant);
            }
        }
        return numbers.build();
    }

    /** How much room of an address a carrier's own prefix takes. */
    private Map<String, Integer> prefixes() {
        final Map<String, Integer> prefixes = new HashMap<>();
        files.bound().stream()
                .filter(Objects::nonNull)
                .forEach(carrier -> prefixes.put(
                        carrier.name(), carrier.messages().destinationPrefix().length()));
        return prefixes;
    }

    private NumberRules numberRules(final Binder binder) {
        final YamlTree tree = files.routing().orElseThrow();
        final NumberRules rules = binder.bind(
                "/numbers",
                NumberRules.class,
                SchemaNode.of("routing").at("/numbers").orElseThrow());
        if (rules != null) {
            TrafficFiles.inspect(rules, tree, problems);
        }
        if (rules != null && rules.minDigits() > rules.maxDigits()) {
            problems.add(
                    tree.file(),
                    tree.valueAt("/numbers/minDigits"),
                    BAD_VALUE,
                    "`minDigits` is greater than `maxDigits`",
                    "no number can have fewer digits than " + rules.maxDigits() + " and more than that");
        }
        return rules;
    }

    private void quality(final RoutingPlanReader plan) {
        plan.quality().ifPresent(quality -> {
            try {
                QualityRules.settings(quality, 0);
            } catch (IllegalArgumentException e) {
                problems.add(
                        plan.tree().file(),
                        plan.tree().valueAt("/quality"),
                        BAD_VALUE,
                        "`quality`: " + e.getMessage(),
                        "`leave` is the better of the two bounds, and a window has 1 to 360 buckets");
            }
        });
    }

    private void clash(final RouteClash clash) {
        final int line = line(clash.place());
        final String other = "line " + line(clash.other());
        switch (clash.kind()) {
            case SAME_ROUTE -> row(line, other + " is the same route for the same units", "keep one of them");
            case SAME_UNITS ->
                row(
                        line,
                        other + " has this prefix for the same units",
                        "keep one of them, or say by columns `priority`, `weight` or `cost` which comes first");
            case TOO_MANY ->
                problems.add(
                        RoutesFile.NAME,
                        new Place(line, 1),
                        OUT_OF_RANGE,
                        "more rows for the same prefix, tenant, class, kind and time than are looked at",
                        "at most 64");
        }
    }

    private void row(final int line, final String message, final String remedy) {
        problems.add(RoutesFile.NAME, new Place(line, 1), DUPLICATE_ROW, message, remedy);
    }

    private static int line(final String place) {
        return Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
    }
}
