package io.trunkline.gateway.daemon;

import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.admin.BlockDesk;
import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.Traffic;
import io.trunkline.gateway.config.load.BlocksFile;
import io.trunkline.routing.blocks.BlockEntry;
import io.trunkline.routing.blocks.BlockList;
import io.trunkline.routing.blocks.LiveBlockList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The block and safe lists in force: those of the configuration, and what operators added, which is kept in a file of its
 * own in the data directory. The shard asks {@link #current}; all else is for other threads.
 */
final class Blocks implements BlockDesk {
    private static final Logger LOG = LoggerFactory.getLogger(Blocks.class);
    private static final String CONFIGURED = "blocks.csv";
    private static final String OPERATOR = "operator";
    private static final int PROBLEMS_SHOWN = 10;

    private final BlocksStore store;
    private final Clock clock;
    private final LiveBlockList live = new LiveBlockList(BlockList.EMPTY);
    private Map<Key, Line> own = new LinkedHashMap<>();
    private List<Line> configured = List.of();
    private Map<String, Integer> tenants = Map.of();
    private Map<Integer, String> tenantNames = Map.of();

    /** What makes two lines like ones. */
    private record Key(String prefix, boolean safe, boolean sender, Optional<String> tenant) {
        static Key of(final Line line) {
            return new Key(line.prefix().toUpperCase(Locale.ROOT), line.safe(), line.sender(), line.tenant());
        }
    }

    Blocks(final Path data, final Clock clock) {
        this.store = new BlocksStore(data);
        this.clock = clock;
    }

    BlockList current() {
        return live.current();
    }

    /** The number of a tenant; that of all where there is none of this name. */
    synchronized int tenant(final String name) {
        return tenants.getOrDefault(name, BlockEntry.ALL_TENANTS);
    }

    /** Reads what operators added in earlier runs. */
    synchronized void recover(final Map<String, Integer> knownTenants) {
        final BlocksFile.Loaded loaded = store.read(knownTenants.keySet());
        for (final ConfigProblem problem : loaded.problems()) {
            LOG.error("{}: the line is left out", problem);
        }
        loaded.blocks().forEach(block -> {
            final Line line = line(block, OPERATOR);
            own.put(Key.of(line), line);
        });
    }

    /** Puts the lines of a configuration in force, with the operators' above them. */
    synchronized void configure(final List<Line> lines, final Map<String, Integer> knownTenants) {
        configured = lines;
        tenants = Map.copyOf(knownTenants);
        tenantNames =
                knownTenants.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
        live.replace(compile());
    }

    static List<Line> lines(final List<Traffic.Block> blocks) {
        return blocks.stream()
                .map(block -> line(block, CONFIGURED + ":" + block.line()))
                .toList();
    }

    private static Line line(final Traffic.Block block, final String source) {
        return new Line(
                block.prefix(),
                block.safe(),
                block.sender(),
                block.tenant(),
                block.expiresAtMs(),
                block.reason(),
                source);
    }

    private BlockList compile() {
        final BlockList.Builder builder = BlockList.builder();
        configured.forEach(line -> add(builder, line));
        own.values().forEach(line -> add(builder, line));
        return builder.build(clock.millis());
    }

    private void add(final BlockList.Builder builder, final Line line) {
        final int tenant =
                line.tenant().map(name -> tenants.getOrDefault(name, 0)).orElse(BlockEntry.ALL_TENANTS);
        if (line.tenant().isPresent() && tenant == 0) {
            // Of a tenant that the configuration has no more: it sends nothing.
            return;
        }
        builder.add(new BlockEntry(
                line.safe() ? BlockEntry.BlockKind.SAFE : BlockEntry.BlockKind.BLOCK,
                line.sender() ? BlockEntry.End.SENDER : BlockEntry.End.DESTINATION,
                line.prefix(),
                tenant,
                BlockEntry.Traffic.ANY,
                line.expiresAtMs() == Long.MAX_VALUE ? BlockEntry.NEVER : line.expiresAtMs(),
                line.reason(),
                line.source()));
    }

    @Override
    public synchronized void add(final List<Line> lines) throws AdminRefusal {
        final Map<Key, Line> next = new LinkedHashMap<>(own);
        for (final Line line : lines) {
            if (line.tenant().isPresent() && !tenants.containsKey(line.tenant().get())) {
                throw new AdminRefusal(
                        "not-found", "no tenant is called " + line.tenant().get(), "trunkline show tenants lists them");
            }
            next.put(Key.of(line), line);
        }
        keep(next);
    }

    @Override
    public synchronized void remove(final Line like) throws AdminRefusal {
        final Map<Key, Line> next = new LinkedHashMap<>(own);
        if (next.remove(Key.of(like)) != null) {
            keep(next);
            return;
        }
        final Optional<Line> fromConfig = configured.stream()
                .filter(line -> Key.of(line).equals(Key.of(like)))
                .findFirst();
        throw fromConfig.isPresent()
                ? new AdminRefusal(
                        "configured",
                        like.prefix() + " stands in the configuration: "
                                + fromConfig.get().source(),
                        "take it out there and apply; or add it to the safe list")
                : new AdminRefusal(
                        "not-found", "there is no such line: " + like.prefix(), "trunkline block list shows them");
    }

    @Override
    public int load(final Path file) throws AdminRefusal {
        final BlocksFile.Loaded loaded = BlocksFile.load(file, knownTenants());
        if (loaded.total() > 0) {
            throw new AdminRefusal(
                    "invalid",
                    loaded.total() + (loaded.total() == 1 ? " mistake" : " mistakes") + "; nothing was loaded\n"
                            + loaded.problems().stream()
                                    .limit(PROBLEMS_SHOWN)
                                    .map(problem -> problem + "\n       " + problem.remedy())
                                    .collect(Collectors.joining("\n")),
                    "columns: prefix,list,tenant,end,expires,reason");
        }
        add(loaded.blocks().stream().map(block -> line(block, OPERATOR)).toList());
        return loaded.blocks().size();
    }

    private synchronized Set<String> knownTenants() {
        return tenants.keySet();
    }

    /** On the disk first: what is in force is there after a crash. */
    private void keep(final Map<Key, Line> next) throws AdminRefusal {
        final long nowMs = clock.millis();
        next.values().removeIf(line -> line.expiresAtMs() <= nowMs);
        try {
            store.write(next.values());
        } catch (IOException e) {
            throw new AdminRefusal(
                    "storage", "the lines cannot be kept: " + e, "look at the disk of the data directory");
        }
        own = next;
        live.replace(compile());
    }

    @Override
    public List<Line> lines(final String prefix) {
        final BlockList list = live.current();
        final Map<Integer, String> names = tenantNames();
        final String wanted = prefix.toUpperCase(Locale.ROOT);
        final List<Line> lines = new ArrayList<>();
        final long nowMs = clock.millis();
        for (int i = 0; i < list.size(); i++) {
            final BlockEntry entry = list.entry(i);
            if (entry.counts(nowMs) && entry.prefix().toUpperCase(Locale.ROOT).startsWith(wanted)) {
                lines.add(new Line(
                        entry.prefix(),
                        entry.list() == BlockEntry.BlockKind.SAFE,
                        entry.end() == BlockEntry.End.SENDER,
                        Optional.ofNullable(names.get(entry.tenant())),
                        entry.expiresAtMs(),
                        entry.reason(),
                        entry.source()));
            }
        }
        return lines;
    }

    private synchronized Map<Integer, String> tenantNames() {
        return tenantNames;
    }
}
