package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_ROW;

import io.trunkline.gateway.config.Traffic.Campaign;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code campaigns.csv}: {@code campaign,brand}. */
final class CampaignsFile {
    static final String NAME = "campaigns.csv";

    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Campaign> campaigns = new ArrayList<>();

    List<Campaign> read(final SourceFile source, final Problems problems) {
        new CsvTable(source, List.of("campaign", "brand"), List.of(), problems).forEach(this::row);
        return campaigns;
    }

    private void row(final CsvTable.Row row) {
        boolean whole = true;
        for (final String column : List.of("campaign", "brand")) {
            if (row.get(column).isEmpty()) {
                row.problem(column, 0, BAD_VALUE, "the " + column + " is missing", "write its name as submits have it");
                whole = false;
            }
        }
        final Integer first = whole ? lines.putIfAbsent(row.get("campaign"), row.line()) : null;
        if (first != null) {
            row.problem("campaign", 0, DUPLICATE_ROW, "line " + first + " has this campaign", "keep one of them");
        } else if (whole) {
            campaigns.add(new Campaign(row.get("campaign"), row.get("brand"), row.line()));
        }
    }
}
