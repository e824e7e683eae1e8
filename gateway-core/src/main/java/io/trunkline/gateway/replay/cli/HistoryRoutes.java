package io.trunkline.gateway.replay.cli;

import io.trunkline.gateway.config.history.ConfigHistory;
import io.trunkline.gateway.config.history.ConfigVersion;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.replay.CandidateRoutes;
import io.trunkline.gateway.replay.ConfiguredRoutes;
import io.trunkline.gateway.replay.PastRoutes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * What versions of the configuration asked for their rows, from the files that the daemon keeps of the last hundred. Units
 * come in the order of their versions, so one version at a time is in memory.
 */
final class HistoryRoutes implements PastRoutes {
    private final ConfigHistory history;
    private final ConfigLoader loader;
    private final Path home;
    private final Map<Integer, String> hashes = new HashMap<>();
    /** Costs by row, for each carrier: a unit is not worth an object. */
    private final Map<String, Int2ObjectHashMap<Long>> known = new HashMap<>();

    private Map<String, Integer> kept;
    private Optional<ConfiguredRoutes> routes = Optional.empty();
    private int version = -1;
    private String loaded = "";

    /** @param home what relative paths in the versions' files start at */
    HistoryRoutes(final ConfigHistory history, final ConfigLoader loader, final Path home) {
        this.history = history;
        this.loader = loader;
        this.home = home;
    }

    @Override
    public void inForce(final int itsVersion, final String hash) {
        hashes.put(itsVersion, hash);
    }

    @Override
    public long costMicros(final int itsVersion, final int row, final String carrier) {
        if (itsVersion != version) {
            version = itsVersion;
            load(hashes.getOrDefault(itsVersion, ""));
        }
        if (routes.isEmpty()) {
            return CandidateRoutes.UNPRICED;
        }
        Int2ObjectHashMap<Long> byRow = known.get(carrier);
        if (byRow == null) {
            byRow = new Int2ObjectHashMap<>();
            known.put(carrier, byRow);
        }
        Long cost = byRow.get(row);
        if (cost == null) {
            cost = routes.get().costMicros(row, carrier);
            byRow.put(row, cost);
        }
        return cost;
    }

    /** A restart gives the same files another number: they are found by their hash. */
    private void load(final String hash) {
        if (hash.equals(loaded)) {
            return;
        }
        loaded = hash;
        known.clear();
        routes = Optional.ofNullable(kept().get(hash))
                .flatMap(number -> loader.load(history.files(number), home).config())
                .map(ConfiguredRoutes::new);
    }

    private Map<String, Integer> kept() {
        if (kept == null) {
            kept = new HashMap<>();
            try {
                for (final ConfigVersion one : history.versions()) {
                    kept.put(one.hash(), one.version());
                }
            } catch (final IOException e) {
                // Then no cost is known; the report says for how many units one is.
                kept.clear();
            }
        }
        return kept;
    }
}
