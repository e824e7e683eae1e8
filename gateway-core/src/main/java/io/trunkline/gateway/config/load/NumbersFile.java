package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_ROW;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_REFERENCE;

import io.trunkline.gateway.config.Routing.NumberOwner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code numbers.csv}: {@code number,tenant}. */
final class NumbersFile {
    static final String NAME = "numbers.csv";

    private final Optional<Set<String>> tenants;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<NumberOwner> owners = new ArrayList<>();

    NumbersFile(final Optional<Set<String>> tenants) {
        this.tenants = tenants;
    }

    List<NumberOwner> read(final SourceFile source, final Problems problems) {
        new CsvTable(source, List.of("number", "tenant"), List.of(), problems).forEach(this::row);
        return owners;
    }

    private void row(final CsvTable.Row row) {
        final String text = row.get("number");
        final String number = text.startsWith("+") ? text.substring(1) : text;
        final String tenant = row.get("tenant");
        boolean whole = true;
        if (!number.matches("[0-9]{3,15}")) {
            row.problem(
                    "number",
                    0,
                    BAD_VALUE,
                    "`" + text + "` is not a number",
                    "write 3 to 15 digits: a number as in E.164, or a short code");
            whole = false;
        } else {
            final Integer first = lines.putIfAbsent(number, row.line());
            if (first != null) {
                row.problem("number", 0, DUPLICATE_ROW, "line " + first + " has this number", "keep one of them");
                whole = false;
            }
        }
        if (tenant.isEmpty()) {
            row.problem("tenant", 0, BAD_VALUE, "the tenant is missing", "name the tenant that owns the number");
            whole = false;
        }
        whole &= checkTenant(row, tenant, tenants);
        if (whole) {
            owners.add(new NumberOwner(number, tenant, row.line()));
        }
    }

    /** Whether a tenant that a row names is there, or may be; reports one that is not. */
    static boolean checkTenant(final CsvTable.Row row, final String tenant, final Optional<Set<String>> tenants) {
        if (tenant.isEmpty() || tenants.isEmpty() || tenants.get().contains(tenant)) {
            return true;
        }
        row.problem(
                "tenant",
                0,
                UNKNOWN_REFERENCE,
                "no tenant is called `" + tenant + "`",
                Nearest.didYouMean(tenant, tenants.get(), "add it to tenants.yaml"));
        return false;
    }
}
