package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.FILE_MISSING;
import static io.trunkline.gateway.config.ConfigProblem.Code.MISSING_KEY;

import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Routing;
import io.trunkline.gateway.config.Routing.NumberOwner;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.config.Traffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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
                    Stream.concat(TrafficFiles.NAMES.stream(), Stream.of(BillingLoader.SETTINGS, RatesFile.NAME)))
            .toList();

    static final int MAX_YAML_BYTES = 16 << 20;
    static final int MAX_CSV_BYTES = 256 << 20;

    private final UnaryOperator<String> environment;
    private final boolean secrets;

    /**
     * A loader.
     *
     * @param environment gives the value of an environment variable, or null
     */
    public ConfigLoader(final UnaryOperator<String> environment) {
        this(environment, true);
    }

    private ConfigLoader(final UnaryOperator<String> environment, final boolean secrets) {
        this.environment = environment;
        this.secrets = secrets;
    }

    /** A loader for who may not know the secrets, and has no use for them: they need not be there. */
    public static ConfigLoader withoutSecrets() {
        return new ConfigLoader(name -> null, false);
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
        return load(directory, home, Problems.LIMIT);
    }

    /** As {@link #load(Path, Path)}, with at most {@code maxProblems} listed, after which {@code routes.csv} is not read on. */
    public LoadResult load(final Path directory, final Path home, final int maxProblems) {
        return load(directory, home, maxProblems, Optional.empty());
    }

    /**
     * As {@link #load(Path, Path)}, for a daemon that runs: routes, numbers and rates that are as they were are not read again but
     * taken over, and nothing is warned of.
     */
    public LoadResult reload(final Path directory, final Path home, final GatewayConfig inForce) {
        return load(directory, home, Problems.LIMIT, Optional.of(inForce));
    }

    private LoadResult load(
            final Path directory, final Path home, final int maxProblems, final Optional<GatewayConfig> inForce) {
        return new Run(
                        directory.toAbsolutePath().normalize(),
                        home.toAbsolutePath().normalize(),
                        maxProblems,
                        inForce)
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
        private final Problems problems;
        private final Map<String, SourceFile> sources = new LinkedHashMap<>();
        private final ConfigHash hash = new ConfigHash();
        private final ValueReader values;
        private final Optional<GatewayConfig> inForce;

        Run(final Path directory, final Path home, final int maxProblems, final Optional<GatewayConfig> inForce) {
            problems = new Problems(maxProblems);
            this.inForce = inForce;
            this.directory = directory;
            this.values = new ValueReader(home, new SecretSource(home, environment, secrets));
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
            carrierTree.ifPresent(tree -> new CarrierChecks(tree, problems).check(carriers));
            final SipChecks sip = new SipChecks(problems, gateway);
            tenantTree.ifPresent(tree -> sip.tenants(tree, tenants));
            carrierTree.ifPresent(tree -> sip.carriers(tree, carriers));
            final Optional<YamlTree> routingTree = yaml("routing");
            final Optional<SourceFile> numbers = optionalCsv(NumbersFile.NAME);
            final String numbersContent = numbers.map(SourceFile::content).orElse("");
            final Routing routing = new RouteLoader(
                            new RouteLoader.Files(
                                    directory,
                                    tenantTree,
                                    carrierTree,
                                    routingTree,
                                    carriers,
                                    inForce.map(GatewayConfig::routing)),
                            problems,
                            hash,
                            values)
                    .load(owners(numbers, numbersContent, tenantNames), numbersContent);
            final Traffic traffic =
                    new TrafficFiles(problems, values, tenantNames).read(this::optionalYaml, this::optionalCsv);
            final Optional<BillingConfig> billing = billing();
            checkPrepaid(tenants, billing);
            if (!problems.none()) {
                return refused();
            }
            final GatewayConfig config = new GatewayConfig(
                    0, hash.hex(), gateway.orElseThrow(), tenants, carriers, routing, traffic, billing);
            final var warnings = problems.warnings();
            return new LoadResult(Optional.of(config), List.of(), 0, warnings, report(warnings, 0));
        }

        /** Without anything about money there is none. */
        private Optional<BillingConfig> billing() {
            if (!BillingLoader.isConfigured(directory)) {
                return Optional.empty();
            }
            final Optional<BillingConfig> billing = Optional.ofNullable(new BillingLoader(directory, problems, sources)
                    .read(values, inForce.flatMap(GatewayConfig::billing)));
            billing.ifPresent(config -> hash.add(BillingLoader.SETTINGS, config.hash()));
            return billing;
        }

        /** Without a price nothing is ever used up. */
        private void checkPrepaid(final List<Tenant> tenants, final Optional<BillingConfig> billing) {
            final boolean priced = billing.map(config -> config.rates().size()).orElse(0) > 0;
            for (final Tenant tenant : tenants) {
                if (tenant != null && tenant.prepaid().isPresent() && !priced) {
                    problems.add(
                            "tenants.yaml",
                            Place.START,
                            MISSING_KEY,
                            "the tenant `" + tenant.name() + "` is prepaid, and there are no prices",
                            "write " + RatesFile.NAME);
                }
            }
        }

        private LoadResult refused() {
            final var list = problems.sorted();
            final var warnings = problems.warnings();
            final var all =
                    Stream.concat(list.stream(), warnings.stream()).sorted().toList();
            return new LoadResult(
                    Optional.empty(), list, problems.total(), warnings, report(all, problems.total() - list.size()));
        }

        private String report(final List<ConfigProblem> all, final int more) {
            final Map<String, Lines> lines = new HashMap<>(sources);
            lines.put(RoutesFile.NAME, PickedLines.of(directory.resolve(RoutesFile.NAME), all));
            return ConfigReport.of(all, more, lines);
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
            new GatewayChecks(tree, problems, BillingLoader.isConfigured(directory)).check(gateway);
            return gateway;
        }

        private <T> List<T> bindAll(final YamlTree tree, final String list, final Class<T> type) {
            final SchemaNode items = SchemaNode.of(list).at("/" + list + "/0").orElseThrow();
            return new Binder(tree, problems, values).bindAll("/" + list, type, items);
        }

        /** Without inbound traffic there is no need for the file. */
        private List<NumberOwner> owners(
                final Optional<SourceFile> file, final String content, final Optional<Set<String>> tenants) {
            final Optional<List<NumberOwner>> same = inForce.map(GatewayConfig::routing)
                    .filter(routing -> content.equals(routing.contents().numbers())
                            && tenants.equals(
                                    Optional.of(Set.copyOf(routing.names().tenants()))))
                    .map(Routing::owners);
            return same.orElseGet(() -> file.map(source -> new NumbersFile(tenants).read(source, problems))
                    .orElse(List.of()));
        }
    }
}
