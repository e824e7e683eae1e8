package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_ROW;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_REFERENCE;

import io.trunkline.gateway.config.MessageClass;
import io.trunkline.gateway.config.Routing.Route;
import io.trunkline.gateway.config.Routing.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code routes.csv}: {@code prefix,tenant,class,carriers}. */
final class RoutesFile {
    static final String NAME = "routes.csv";
    private static final Map<String, MessageClass> CLASSES = classes();

    private record Case(String prefix, String tenant, String messageClass) {}

    private final Optional<Set<String>> tenants;
    /** By group; without tiers where the group itself is wrong. Empty where routing.yaml cannot be read. */
    private final Optional<Map<String, Optional<List<Tier>>>> groups;

    private final TierParser parser;
    private final Map<Case, Integer> lines = new HashMap<>();
    // A million rows name a handful of carrier lists: each is kept once.
    private final Map<String, List<Tier>> known = new HashMap<>();
    private final List<Route> routes = new ArrayList<>();

    RoutesFile(
            final Optional<Set<String>> tenants,
            final Optional<Map<String, Optional<List<Tier>>>> groups,
            final TierParser parser) {
        this.tenants = tenants;
        this.groups = groups;
        this.parser = parser;
    }

    List<Route> read(final SourceFile source, final Problems problems) {
        new CsvTable(source, List.of("prefix", "carriers"), List.of("tenant", "class"), problems).forEach(this::row);
        return routes;
    }

    private void row(final CsvTable.Row row) {
        final String prefix = row.get("prefix");
        final String digits = prefix.startsWith("+") ? prefix.substring(1) : prefix;
        final boolean any = prefix.equals("*");
        boolean whole = true;
        if (!any && !digits.matches("[0-9]{1,15}")) {
            row.problem(
                    "prefix",
                    0,
                    BAD_VALUE,
                    "`" + prefix + "` is not a prefix",
                    "write 1 to 15 digits as in E.164, or * for all numbers");
            whole = false;
        }
        final Case rowCase = new Case(any ? "" : digits, row.get("tenant"), row.get("class"));
        whole &= checkTenant(row, rowCase.tenant(), tenants);
        whole &= checkClass(row, rowCase.messageClass());
        final Integer first = whole ? lines.putIfAbsent(rowCase, row.line()) : null;
        if (first != null) {
            row.problem(
                    "prefix",
                    0,
                    DUPLICATE_ROW,
                    "line " + first + " has this prefix for the same tenant and class",
                    "keep one of them");
            whole = false;
        }
        final Optional<List<Tier>> tiers = tiers(row, row.get("carriers"));
        if (whole && tiers.isPresent()) {
            routes.add(new Route(
                    rowCase.prefix(),
                    Optional.of(rowCase.tenant()).filter(name -> !name.isEmpty()),
                    Optional.ofNullable(CLASSES.get(rowCase.messageClass())),
                    tiers.get(),
                    row.line()));
        }
    }

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

    private static boolean checkClass(final CsvTable.Row row, final String messageClass) {
        if (messageClass.isEmpty() || CLASSES.containsKey(messageClass)) {
            return true;
        }
        row.problem(
                "class",
                0,
                BAD_VALUE,
                "`" + messageClass + "` is not a class",
                Nearest.didYouMean(
                        messageClass,
                        CLASSES.keySet(),
                        "one of: " + String.join(", ", CLASSES.keySet()) + ", or empty"));
        return false;
    }

    private static Map<String, MessageClass> classes() {
        final Map<String, MessageClass> classes = new LinkedHashMap<>();
        for (final MessageClass messageClass : MessageClass.values()) {
            classes.put(ValueReader.word(messageClass), messageClass);
        }
        return classes;
    }

    private Optional<List<Tier>> tiers(final CsvTable.Row row, final String text) {
        if (text.startsWith("@")) {
            if (groups.isEmpty()) {
                return Optional.empty();
            }
            final Optional<List<Tier>> group = groups.get().get(text.substring(1));
            if (group == null) {
                row.problem(
                        "carriers",
                        0,
                        UNKNOWN_REFERENCE,
                        "no group is called `" + text.substring(1) + "`",
                        Nearest.didYouMean(
                                text.substring(1), groups.get().keySet(), "add it to groups in routing.yaml"));
                return Optional.empty();
            }
            return group;
        }
        final List<Tier> seen = known.get(text);
        if (seen != null) {
            return Optional.of(seen);
        }
        final Optional<List<Tier>> tiers = parser.parse(
                text, (offset, code, message, remedy) -> row.problem("carriers", offset, code, message, remedy));
        tiers.ifPresent(list -> known.put(text, list));
        return tiers;
    }
}
