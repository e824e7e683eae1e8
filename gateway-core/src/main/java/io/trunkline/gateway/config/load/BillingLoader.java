package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_NAME;

import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.BillingSettings;
import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.routing.rates.RateBook;
import io.trunkline.routing.rates.SenderClasses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code billing.yaml} and {@code rates.csv} of a directory; either may be absent, and need not stand beside a configuration. */
public final class BillingLoader {
    static final String SETTINGS = "billing.yaml";

    private final Path directory;
    private final Problems problems;
    private final Map<String, SourceFile> sources;
    private final ConfigHash hash = new ConfigHash();

    /** @param sources takes the files that were read, for the report */
    BillingLoader(final Path directory, final Problems problems, final Map<String, SourceFile> sources) {
        this.directory = directory;
        this.problems = problems;
        this.sources = sources;
    }

    /**
     * What came of it.
     *
     * @param config present where there are no problems, and only there
     * @param report the problems for people; empty where there are none
     */
    public record Result(Optional<BillingConfig> config, List<ConfigProblem> problems, String report) {}

    /** Reads and checks a directory by itself. Blocks on files. */
    public static Result load(final Path directory) {
        final Problems problems = new Problems();
        final Map<String, SourceFile> sources = new LinkedHashMap<>();
        final Path home = directory.toAbsolutePath().normalize();
        final BillingConfig config = new BillingLoader(home, problems, sources)
                .read(new ValueReader(home, new SecretSource(home, name -> null)), Optional.empty());
        if (problems.none()) {
            return new Result(Optional.of(config), List.of(), "");
        }
        return new Result(
                Optional.empty(),
                problems.sorted(),
                ConfigReport.of(
                        problems.sorted(), problems.total() - problems.sorted().size(), sources));
    }

    /** Whether a directory has anything to say about money. */
    static boolean isConfigured(final Path directory) {
        return Files.exists(directory.resolve(SETTINGS)) || Files.exists(directory.resolve(RatesFile.NAME));
    }

    /**
     * What was read; null where the settings cannot be. Of use only without problems.
     *
     * @param inForce taken over where it says the same
     */
    BillingConfig read(final ValueReader values, final Optional<BillingConfig> inForce) {
        final YamlTree tree = settings();
        if (tree == null) {
            return null;
        }
        SchemaCheck.check("billing", tree, problems);
        Defaults.fill(tree.root(), SchemaNode.of("billing"));
        hash.add(tree);
        final BillingSettings settings =
                new Binder(tree, problems, values).bind("", BillingSettings.class, SchemaNode.of("billing"));
        if (settings == null) {
            return null;
        }
        final SenderClasses senders = senders(tree, settings);
        if (senders == null) {
            return null;
        }
        final Optional<SourceFile> decks = decks();
        decks.ifPresent(hash::add);
        final String content = hash.hex();
        return inForce.filter(config -> problems.none() && config.hash().equals(content))
                .orElseGet(() -> new BillingConfig(
                        content,
                        settings,
                        senders,
                        decks.map(source -> new RatesFile(settings.zone(), senders).read(source, problems))
                                .orElse(RateBook.EMPTY)));
    }

    private YamlTree settings() {
        final Optional<SourceFile> source = Files.exists(directory.resolve(SETTINGS))
                ? SourceFile.read(directory, SETTINGS, ConfigLoader.MAX_YAML_BYTES, problems)
                // All keys have defaults.
                : Optional.of(new SourceFile(SETTINGS, "{}\n"));
        source.ifPresent(file -> sources.put(SETTINGS, file));
        return source.flatMap(file -> YamlReader.read(file, problems)).orElse(null);
    }

    private SenderClasses senders(final YamlTree tree, final BillingSettings settings) {
        final Set<String> names = new HashSet<>(SenderClasses.STANDARD.names());
        final List<SenderClasses.Named> named = new ArrayList<>();
        boolean whole = true;
        for (int i = 0; i < settings.senders().size(); i++) {
            final BillingSettings.SenderClass each = settings.senders().get(i);
            if (!names.add(each.name())) {
                whole = false;
                problems.add(
                        tree.file(),
                        tree.valueAt(YamlTree.child("/senders", i) + "/name"),
                        DUPLICATE_NAME,
                        "there is a class of senders called `" + each.name() + "` already",
                        "give it another name");
            }
            named.add(new SenderClasses.Named(each.name(), each.prefixes()));
        }
        return whole ? new SenderClasses(named) : null;
    }

    private Optional<SourceFile> decks() {
        if (!Files.exists(directory.resolve(RatesFile.NAME))) {
            return Optional.empty();
        }
        final Optional<SourceFile> source =
                SourceFile.read(directory, RatesFile.NAME, ConfigLoader.MAX_CSV_BYTES, problems);
        source.ifPresent(file -> sources.put(RatesFile.NAME, file));
        return source;
    }
}
