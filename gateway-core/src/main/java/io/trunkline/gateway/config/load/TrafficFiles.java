package io.trunkline.gateway.config.load;

import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.Routing.NumberRules;
import io.trunkline.gateway.config.Traffic;
import io.trunkline.gateway.config.TrafficLimit;
import io.trunkline.routing.networks.NumberRanges;
import io.trunkline.routing.numbers.NumberContent;
import io.trunkline.routing.numbers.NumberFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what may pass: limits, networks, block and safe lists. Each file may be absent. */
final class TrafficFiles {
    static final List<String> NAMES =
            List.of("limits.yaml", AmountsFile.NAME, CampaignsFile.NAME, NetworksFile.NAME, BlocksFile.NAME);

    private final Problems problems;
    private final ValueReader values;
    private final Optional<Set<String>> tenants;

    TrafficFiles(final Problems problems, final ValueReader values, final Optional<Set<String>> tenants) {
        this.problems = problems;
        this.values = values;
        this.tenants = tenants;
    }

    /**
     * Reads them.
     *
     * @param yaml gives a YAML file by its name without ending
     * @param csv gives a CSV file by its name
     */
    Traffic read(final Function<String, Optional<YamlTree>> yaml, final Function<String, Optional<SourceFile>> csv) {
        final int before = problems.total();
        final Optional<YamlTree> tree = yaml.apply("limits");
        final boolean unreadable = tree.isEmpty() && problems.total() > before;
        final List<TrafficLimit> bound = tree.map(this::limits).orElse(List.of());
        final Set<String> names = tree.map(read -> new LimitChecks(read, problems, tenants).check(bound))
                .orElse(Set.of());
        final List<TrafficLimit> limits =
                bound.stream().filter(Objects::nonNull).toList();
        final Optional<List<Traffic.Campaign>> campaigns =
                csv.apply(CampaignsFile.NAME).map(source -> new CampaignsFile().read(source, problems));
        final List<Traffic.Amount> amounts = csv.apply(AmountsFile.NAME)
                .filter(source -> !unreadable)
                .map(source -> new AmountsFile(limits, names, tenants).read(source, problems))
                .orElse(List.of());
        final NumberRanges networks = csv.apply(NetworksFile.NAME)
                .map(source -> new NetworksFile().read(source, problems))
                .orElse(NumberRanges.EMPTY);
        final List<Traffic.Block> blocks = csv.apply(BlocksFile.NAME)
                .map(source -> new BlocksFile(tenants).read(source, problems))
                .orElse(List.of());
        return new Traffic(limits, amounts, campaigns, networks, blocks);
    }

    /** Reports number files that are none. */
    static void inspect(final NumberRules rules, final YamlTree tree, final Problems problems) {
        rules.file().ifPresent(file -> inspect(file, NumberContent.OWNERS, tree, "/numbers/file", problems));
        rules.ported().ifPresent(file -> inspect(file, NumberContent.NETWORKS, tree, "/numbers/ported", problems));
    }

    private static void inspect(
            final Path file,
            final NumberContent content,
            final YamlTree tree,
            final String pointer,
            final Problems problems) {
        try {
            NumberFile.inspect(file, content);
        } catch (IOException e) {
            problems.add(
                    tree.file(),
                    tree.valueAt(pointer),
                    ConfigProblem.Code.BAD_VALUE,
                    "the number file cannot be used: " + e.getMessage(),
                    "build it with `trunkline numbers build`");
        }
    }

    private List<TrafficLimit> limits(final YamlTree tree) {
        final SchemaNode items = SchemaNode.of("limits").at("/limits/0").orElseThrow();
        return new Binder(tree, problems, values).bindAll("/limits", TrafficLimit.class, items);
    }
}
