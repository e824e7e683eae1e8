package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.FILE_MISSING;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Routing;
import io.trunkline.gateway.config.Routing.Group;
import io.trunkline.gateway.config.Routing.NumberOwner;
import io.trunkline.gateway.config.Routing.NumberRules;
import io.trunkline.gateway.config.Routing.Route;
import io.trunkline.gateway.config.Routing.Tier;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.config.Traffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Reads a configuration directory. All files are read and checked whatever is wrong with one of them, so that every
 * mistake is listed at once; nothing is applied here.
 */
public final class ConfigLoader {
    /** What a configuration directory is made of; some may be absent. */
    public static final List<String> FILES = Stream.concat(
                    Stream.of(
                            "gateway.yaml",
                            "tenants.yaml",
                            "carriers.yaml",
                            "routing.yaml",
                            RoutesFile.NAME,
                            NumbersFile.NAME),
                    TrafficFiles.NAMES.stream())
            .toList();

    static final int MAX_YAML_BYTES = 16 << 20;
    static final int MAX_CSV_BYTES = 256 << 20;

    private final UnaryOperator<String> environment;

    /**
     * A loader.
     *
     * @param environment gives the value of an environment variable, or null
     */
    public ConfigLoader(final UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /** A loader that takes secrets from the environment of this process. */
    public static ConfigLoader ofSystem() {
        return new ConfigLoader(System::getenv);
    }

    /** Reads and checks a directory. Blocks on files; not for the shard's thread. */
    public LoadResult load(final Path directory) {
        return load(directory, directory);
    }

    /**
     * Reads and checks the files of a directory as if they were in another: a copy of a configuration, or one that is
     * not in its place yet.
     *
     * @param home what relative paths start at
     */
    public LoadResult load(final Path directory, final Path home) {
        return new Run(
                        directory.toAbsolutePath().normalize(),
                        home.toAbsolutePath().normalize())
                .load();
    }

    /** The data directory that a configuration names, whatever else is wrong with it: to find a running daemon. */
    public static Optional<Path> dataDirectory(final Path directory) {
        final Problems ignored = new Problems();
        return SourceFile.read(directory, "gateway.yaml", MAX_YAML_BYTES, ignored)
                .flatMap(source -> YamlReader.read(source, ignored))
                .map(tree -> tree.root().path("data").asString(""))
                .filter(data -> !data.isEmpty())
                .map(data -> directory.resolve(data).toAbsolutePath().normalize());
    }

    /** One reading of one directory. */
    private final class Run {
        private final Path directory;
        private final Problems problems = new Problems();
        private final Map<String, SourceFile> sources = new LinkedHashMap<>();
        private final ConfigHash hash = new ConfigHash();
        private final ValueReader values;

        Run(final Path directory, final Path home) {
            this.directory = directory;
            this.values = new ValueReader(home, new SecretSource(home, environment));
        }

        LoadResult load() {
            if (!Files.isDirectory(directory)) {
                problems.add(
                        directory.toString(),
                        Place.START,
                        FILE_MISSING,
                        "there is no such directory",
                        "give the directory that holds gateway.yaml: --conf DIR");
                return refused();
            }
            final Optional<Gateway> gateway = yaml("gateway").map(this::gateway);
            final Optional<YamlTree> tenantTree = yaml("tenants");
            final List<Tenant> tenants = tenantTree
                    .map(tree -> bindAll(tree, "tenants", Tenant.class))
                    .orElse(List.of());
            final Optional<Set<String>> tenantNames =
                    tenantTree.map(tree -> new TenantChecks(tree, problems).check(tenants));
            final Optional<YamlTree> carrierTree = yaml("carriers");
            final List<Carrier> carriers = carrierTree
                    .map(tree -> bindAll(tree, "carriers", Carrier.class))
                    .orElse(List.of());
            final Optional<Set<String>> carrierNames =
                    carrierTree.map(tree -> new CarrierChecks(tree, problems).check(carriers));
            final Routing routing = routing(tenantNames, carrierNames);
            final Traffic traffic =
                    new TrafficFiles(problems, values, tenantNames).read(this::optionalYaml, this::optionalCsv);
            if (!problems.none()) {
                return refused();
            }
            final GatewayConfig config =
                    new GatewayConfig(0, hash.hex(), gateway.orElseThrow(), tenants, carriers, routing, traffic);
            return new LoadResult(Optional.of(config), List.of(), 0, "");
        }

        private LoadResult refused() {
            final var list = problems.sorted();
            return new LoadResult(
                    Optional.empty(), list, problems.total(), ConfigReport.of(list, problems.total(), sources));
        }

        private Optional<SourceFile> source(final String name, final int maxBytes) {
            final Optional<SourceFile> source = SourceFile.read(directory, name, maxBytes, problems);
            source.ifPresent(file -> sources.put(name, file));
            return source;
        }

        /** Reads and checks {@code name.yaml} and fills in its defaults. */
        private Optional<YamlTree> yaml(final String name) {
            final Optional<YamlTree> tree =
                    source(name + ".yaml", MAX_YAML_BYTES).flatMap(source -> YamlReader.read(source, problems));
            tree.ifPresent(read -> {
                SchemaCheck.check(name, read, problems);
                Defaults.fill(read.root(), SchemaNode.of(name));
                hash.add(read);
            });
            return tree;
        }

        private Optional<YamlTree> optionalYaml(final String name) {
            return Files.exists(directory.resolve(name + ".yaml")) ? yaml(name) : Optional.empty();
        }

        private Optional<SourceFile> optionalCsv(final String name) {
            final Optional<SourceFile> source =
                    Files.exists(directory.resolve(name)) ? source(name, MAX_CSV_BYTES) : Optional.empty();
            source.ifPresent(hash::add);
            return source;
        }

        private Gateway gateway(final YamlTree tree) {
            final Gateway gateway =
                    new Binder(tree, problems, values).bind("", Gateway.class, SchemaNode.of("gateway"));
            new GatewayChecks(tree, problems).check(gateway);
            return gateway;
        }

        private <T> List<T> bindAll(final YamlTree tree, final String list, final Class<T> type) {
            final SchemaNode items = SchemaNode.of(list).at("/" + list + "/0").orElseThrow();
            return new Binder(tree, problems, values).bindAll("/" + list, type, items);
        }

        private Routing routing(final Optional<Set<String>> tenants, final Optional<Set<String>> carriers) {
            final TierParser parser = new TierParser(carriers);
            final Optional<YamlTree> tree = yaml("routing");
            final Optional<NumberRules> numbers = tree.map(this::numberRules);
            final Optional<Map<String, Optional<List<Tier>>>> groups = tree.map(read -> groups(read, parser));
            final List<Route> routes = source(RoutesFile.NAME, MAX_CSV_BYTES)
                    .map(source -> {
                        hash.add(source);
                        return new RoutesFile(tenants, groups, parser).read(source, problems);
                    })
                    .orElse(List.of());
            // Without inbound traffic there is no need for this file.
            final List<NumberOwner> owners = optionalCsv(NumbersFile.NAME)
                    .map(source -> new NumbersFile(tenants).read(source, problems))
                    .orElse(List.of());
            final List<Group> named = new ArrayList<>();
            groups.orElse(Map.of()).forEach((name, tiers) -> tiers.ifPresent(list -> named.add(new Group(name, list))));
            return new Routing(numbers.orElse(null), named, routes, owners);
        }

        private NumberRules numberRules(final YamlTree tree) {
            final NumberRules rules = new Binder(tree, problems, values)
                    .bind(
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

        private Map<String, Optional<List<Tier>>> groups(final YamlTree tree, final TierParser parser) {
            final Map<String, Optional<List<Tier>>> groups = new LinkedHashMap<>();
            tree.root().path("groups").forEachEntry((name, value) -> {
                final Place place = tree.valueAt(YamlTree.child("/groups", name));
                final Optional<List<Tier>> tiers = value.isString()
                        ? parser.parse(
                                value.stringValue(),
                                (offset, code, message, remedy) ->
                                        problems.add(tree.file(), place, code, message, remedy))
                        : Optional.empty();
                groups.put(name, tiers);
            });
            return groups;
        }
    }
}
