package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.ALL_DISABLED;
import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.BELOW_COST;
import static io.trunkline.gateway.config.ConfigProblem.Code.NEVER_MATCHES;
import static io.trunkline.gateway.config.ConfigProblem.Code.NO_BIND;
import static io.trunkline.gateway.config.ConfigProblem.Code.SHADOWED;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNUSED;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.ConfigProblem.Code;
import io.trunkline.gateway.config.MessageClass;
import io.trunkline.gateway.config.Routing.NumberRules;
import io.trunkline.gateway.config.RoutingNames;
import io.trunkline.routing.RouteLint;
import io.trunkline.routing.RouteLint.Finding;
import io.trunkline.routing.RoutingSnapshot;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Warns of routing that can be applied and is hardly meant so. */
final class RouteChecks {
    /** GSM 03.40 §9.1.2.5. */
    private static final int MAX_ALPHANUMERIC = 11;

    private static final int MAX_SENDER_DIGITS = 15;

    private final RoutingNames names;
    private final List<Carrier> carriers;
    private final YamlTree carrierTree;
    private final YamlTree tree;
    private final Problems problems;
    private final Map<Integer, Place> rulePlaces = new HashMap<>();

    /**
     * Checks of one configuration.
     *
     * @param carriers null stands for one that cannot be bound
     * @param tree of {@code routing.yaml}
     */
    RouteChecks(
            final RoutingNames names,
            final List<Carrier> carriers,
            final YamlTree carrierTree,
            final YamlTree tree,
            final Problems problems) {
        this.names = names;
        this.carriers = carriers;
        this.carrierTree = carrierTree;
        this.tree = tree;
        this.problems = problems;
        for (int i = 0; i < tree.root().path("rules").size(); i++) {
            final Place place = tree.keyAt(YamlTree.child("/rules", i));
            rulePlaces.put(place.line(), place);
        }
    }

    void check(final RoutingSnapshot table, final NumberRules numbers, final RouteDirectory directory) {
        final BitSet disabled = new BitSet();
        carriers.stream()
                .filter(Objects::nonNull)
                .filter(carrier -> !carrier.enabled())
                .forEach(carrier -> disabled.set(names.carrierId(carrier.name())));
        final BitSet withoutMessages = new BitSet();
        carriers.stream()
                .filter(Objects::nonNull)
                .filter(carrier -> !carrier.takesMessages())
                .forEach(carrier -> withoutMessages.set(names.carrierId(carrier.name())));
        RouteLint.check(
                table,
                new RouteLint.Context(
                        numbers.minDigits(),
                        numbers.maxDigits(),
                        MessageClass.values().length,
                        Instant.now().getEpochSecond(),
                        carrier -> !disabled.get(carrier),
                        carrier -> !withoutMessages.get(carrier)),
                this::report);
        senders();
        destinations(numbers);
        binds(directory.usedCarriers());
        if (problems.none()) {
            // Where something is wrong, what is meant by it may be what seems to be without use.
            directory.unusedGroups().forEach(name -> unused("/groups", "no list of carriers names", name));
            directory.unusedWays().forEach(name -> unused("/ways", "no list of carriers names", name));
            final BitSet windows = table.usedWindows();
            names.windows().stream()
                    .filter(name -> !windows.get(names.windowId(name)))
                    .forEach(name -> unused("/windows", "no row and no rule names", name));
        }
    }

    private void report(final Finding finding) {
        switch (finding.kind()) {
            case RULE_SHADOWED ->
                add(
                        finding,
                        SHADOWED,
                        "the rule at " + finding.other() + " takes all units of this one",
                        "put this one before it, or take it out");
            case RULE_NEVER ->
                add(
                        finding,
                        NEVER_MATCHES,
                        "no unit can meet this rule",
                        "calls carry no text, and a `window` whose `until` has passed does not open again");
            case RULE_UNUSABLE ->
                add(finding, ALL_DISABLED, "all carriers of this rule are disabled", "enable one, or name another");
            case RULE_WITHOUT_WAY, ROW_WITHOUT_WAY ->
                add(
                        finding,
                        BAD_VALUE,
                        "this is for messages, and `"
                                + names.carriers().get(Integer.parseInt(finding.other()))
                                + "` takes none",
                        "give one of its trunks `messagesOut`, or the carrier `binds`, or take it out here");
            case ROW_SHADOWED ->
                add(
                        finding,
                        SHADOWED,
                        "the rule at " + finding.other() + " takes all units of this row",
                        "narrow the rule, or take the row out");
            case ROW_COVERED ->
                add(
                        finding,
                        SHADOWED,
                        "every number that begins so has a row with a longer prefix, such as " + finding.other(),
                        "take it out");
            case ROW_NEVER ->
                add(
                        finding,
                        NEVER_MATCHES,
                        "no unit can come to this row",
                        "no number begins with 0 or is longer than `maxDigits`, and a `window` whose `until` has passed"
                                + " does not open again");
            case ROW_UNUSABLE ->
                add(finding, ALL_DISABLED, "all carriers of this row are disabled", "enable one, or name another");
            case ROW_OVER_CAP ->
                add(
                        finding,
                        BELOW_COST,
                        "this row costs more than the `priceCap` of its policy, or nobody knows what",
                        "correct its `cost`, or the cap");
            case ROW_BELOW_MARGIN ->
                add(
                        finding,
                        BELOW_COST,
                        "this row leaves less of the `price` than the `margin` of its policy",
                        "correct its `cost`, or the policy");
            case ROW_ABOVE_PRICE ->
                add(
                        finding,
                        BELOW_COST,
                        "this row costs more than the `price` of its policy, and no `margin` keeps units from it",
                        "correct its `cost`, or give the policy a `margin`");
            case ROW_NOT_PINNED ->
                add(
                        finding,
                        NEVER_MATCHES,
                        "its policy keeps to a carrier that this row does not name",
                        "name that carrier, or use another `mode`");
        }
    }

    private void add(final Finding finding, final Code code, final String message, final String remedy) {
        final int colon = finding.place().lastIndexOf(':');
        final String file = finding.place().substring(0, colon);
        final int line = Integer.parseInt(finding.place().substring(colon + 1));
        final Place place =
                file.equals(RoutesFile.NAME) ? new Place(line, 1) : rulePlaces.getOrDefault(line, new Place(line, 1));
        problems.add(file, place, code, message, remedy);
    }

    private void senders() {
        for (int i = 0; i < tree.root().path("rules").size(); i++) {
            final String pointer = YamlTree.child("/rules", i) + "/from";
            final String from = tree.root().at(pointer).asString("");
            final String text = from.endsWith("*") ? from.substring(0, from.length() - 1) : from;
            final boolean number = text.matches("\\+?[0-9]*");
            if (text.length() - (text.startsWith("+") ? 1 : 0) > (number ? MAX_SENDER_DIGITS : MAX_ALPHANUMERIC)) {
                problems.add(
                        tree.file(),
                        tree.valueAt(pointer),
                        NEVER_MATCHES,
                        "no sender is so long",
                        "a number has at most 15 digits, any other sender 11 characters");
            }
        }
    }

    private void destinations(final NumberRules numbers) {
        for (int i = 0; i < tree.root().path("rules").size(); i++) {
            final String pointer = YamlTree.child("/rules", i) + "/to";
            final JsonNode prefixes = tree.root().at(pointer);
            for (int j = 0; j < prefixes.size(); j++) {
                final String prefix = prefixes.get(j).asString("").replaceFirst("^\\+", "");
                if (prefix.startsWith("0") || prefix.length() > numbers.maxDigits()) {
                    problems.add(
                            tree.file(),
                            tree.valueAt(YamlTree.child(pointer, j)),
                            NEVER_MATCHES,
                            "no number begins with `" + prefix + "`",
                            "write it with its country code, as in E.164");
                }
            }
        }
    }

    private void binds(final Set<Integer> used) {
        for (int i = 0; i < carriers.size(); i++) {
            final Carrier carrier = carriers.get(i);
            if (carrier != null
                    && carrier.trunks().isEmpty()
                    && carrier.binds().stream().noneMatch(bind -> bind.type().sends())
                    && used.contains(names.carrierId(carrier.name()))) {
                problems.add(
                        carrierTree.file(),
                        carrierTree.valueAt(YamlTree.child("/carriers", i) + "/name"),
                        NO_BIND,
                        "`" + carrier.name() + "` stands in routes and has no bind that sends",
                        "add a bind with `type: transceiver` or `type: transmitter`");
            }
        }
    }

    private void unused(final String map, final String why, final String name) {
        problems.add(
                tree.file(), tree.keyAt(YamlTree.child(map, name)), UNUSED, why + " `" + name + "`", "take it out");
    }
}
