package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_ROW;
import static io.trunkline.gateway.config.ConfigProblem.Code.OUT_OF_RANGE;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_REFERENCE;

import io.trunkline.gateway.config.Traffic.Amount;
import io.trunkline.gateway.config.TrafficLimit;
import io.trunkline.gateway.config.TrafficLimit.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code limits.csv}: {@code limit,tenant,sender,network,campaign,brand,segments}. */
final class AmountsFile {
    static final String NAME = "limits.csv";

    private static final int MOST = 1_000_000_000;
    private static final List<Dimension> COLUMNS =
            List.of(Dimension.TENANT, Dimension.SENDER, Dimension.NETWORK, Dimension.CAMPAIGN, Dimension.BRAND);

    private final Map<String, TrafficLimit> limits = new LinkedHashMap<>();
    private final Optional<Set<String>> tenants;
    private final Map<List<String>, Integer> lines = new HashMap<>();
    private final List<Amount> amounts = new ArrayList<>();

    /**
     * A reader.
     *
     * @param names of all limits, also of those with mistakes
     */
    AmountsFile(final List<TrafficLimit> limits, final Set<String> names, final Optional<Set<String>> tenants) {
        names.forEach(name -> this.limits.put(name, null));
        limits.forEach(limit -> this.limits.put(limit.name(), limit));
        this.tenants = tenants;
    }

    List<Amount> read(final SourceFile source, final Problems problems) {
        new CsvTable(
                        source,
                        List.of("limit", "segments"),
                        COLUMNS.stream().map(ValueReader::word).toList(),
                        problems)
                .forEach(this::row);
        return amounts;
    }

    private void row(final CsvTable.Row row) {
        final String name = row.get("limit");
        final TrafficLimit limit = limits.get(name);
        if (!limits.containsKey(name)) {
            row.problem(
                    "limit",
                    0,
                    UNKNOWN_REFERENCE,
                    "no limit is called `" + name + "`",
                    Nearest.didYouMean(name, limits.keySet(), "add it to limits.yaml"));
            return;
        }
        // Of a limit with a mistake nothing can be said.
        boolean whole = limit != null && columns(row, limit);
        whole &= NumbersFile.checkTenant(row, row.get("tenant"), tenants);
        final String network = row.get("network");
        if (!network.isEmpty() && !LimitChecks.isNetwork(network)) {
            row.problem(
                    "network",
                    0,
                    BAD_VALUE,
                    "`" + network + "` is not the code of a network",
                    "write MCC-MNC, such as 310-410, or unknown");
            whole = false;
        }
        final String segments = row.get("segments");
        if (!segments.matches("[1-9][0-9]{0,9}") || Long.parseLong(segments) > MOST) {
            row.problem(
                    "segments",
                    0,
                    OUT_OF_RANGE,
                    "`" + segments + "` is not an amount",
                    "write a whole number, 1.." + MOST + "; to stop somebody altogether, block him");
            whole = false;
        }
        if (whole) {
            keep(row, name, Integer.parseInt(segments));
        }
    }

    /** Whether the columns that are filled in are those that the limit counts by. */
    private static boolean columns(final CsvTable.Row row, final TrafficLimit limit) {
        if (limit.per().isEmpty() || limit.per().contains(Dimension.DESTINATION)) {
            row.problem(
                    "limit",
                    0,
                    BAD_VALUE,
                    "the keys of `" + limit.name() + "` cannot have amounts of their own",
                    limit.per().isEmpty() ? "it has one; change it in limits.yaml" : "it counts by destination");
            return false;
        }
        boolean whole = true;
        for (final Dimension column : COLUMNS) {
            final String word = ValueReader.word(column);
            final boolean filled = !row.get(word).isEmpty();
            if (filled && !limit.per().contains(column)) {
                row.problem(word, 0, BAD_VALUE, "`" + limit.name() + "` does not count by " + word, "leave it empty");
                whole = false;
            } else if (!filled && limit.per().contains(column)) {
                row.problem(
                        "limit",
                        0,
                        BAD_VALUE,
                        "`" + limit.name() + "` counts by " + word + ", and the row has none",
                        "fill in the column `" + word + "`");
                whole = false;
            }
        }
        return whole;
    }

    private void keep(final CsvTable.Row row, final String limit, final int segments) {
        final Amount amount = new Amount(
                limit,
                row.get("tenant"),
                row.get("sender").startsWith("+") ? row.get("sender").substring(1) : row.get("sender"),
                row.get("network"),
                row.get("campaign"),
                row.get("brand"),
                segments,
                row.line());
        final List<String> key =
                List.of(limit, amount.tenant(), amount.sender(), amount.network(), amount.campaign(), amount.brand());
        final Integer first = lines.putIfAbsent(key, row.line());
        if (first == null) {
            amounts.add(amount);
        } else {
            row.problem("limit", 0, DUPLICATE_ROW, "line " + first + " has this key", "keep one of them");
        }
    }
}
