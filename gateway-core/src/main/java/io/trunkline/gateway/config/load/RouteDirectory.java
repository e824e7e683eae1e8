package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_NAME;
import static io.trunkline.gateway.config.ConfigProblem.Code.OUT_OF_RANGE;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_REFERENCE;

import io.trunkline.gateway.config.RoutingNames;
import io.trunkline.gateway.config.RoutingPlan.SenderWhen;
import io.trunkline.gateway.config.RoutingPlan.Way;
import io.trunkline.routing.Handling;
import io.trunkline.routing.Route;
import io.trunkline.routing.SenderPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Carriers, ways and groups of a configuration: whatever may stand in a list of carriers. */
final class RouteDirectory implements CarrierList.Directory {
    /** SMPP 3.4 §5.2.9: most octets of an address, of which a number takes 15 at most. */
    private static final int MAX_PREFIX = 5;

    private static final String GROUPS = "/groups";
    private static final String WAYS = "/ways";

    private final RoutingNames names;
    /** False where nobody can say which carriers there are: then any name is one. */
    private final boolean carriersKnown;

    private final Map<String, Integer> assumed = new HashMap<>();
    private final Map<String, Integer> prefixOfCarrier;
    private final Map<String, Route.Share> ways = new LinkedHashMap<>();
    private final Map<String, String> groupTexts = new LinkedHashMap<>();
    private final Map<String, Optional<Route>> groups = new LinkedHashMap<>();
    private final Set<String> opened = new LinkedHashSet<>();
    /** Names that were asked for, groups with their @. */
    private final Set<String> used = new HashSet<>();

    private final Set<Integer> usedCarriers = new HashSet<>();
    private final CarrierList list = new CarrierList(this);
    private final Optional<YamlTree> readTree;
    private final Problems problems;
    private int nobodys;

    /**
     * The directory of a configuration.
     *
     * @param carriersKnown false where the file of the carriers cannot be read
     * @param tree of {@code routing.yaml}; empty where it cannot be read, and then any group may be one
     * @param prefixOfCarrier how many characters a carrier wants before every destination, by its name
     */
    RouteDirectory(
            final RoutingNames names,
            final boolean carriersKnown,
            final Map<String, Integer> prefixOfCarrier,
            final Optional<YamlTree> tree,
            final Problems problems) {
        this.names = names;
        this.carriersKnown = carriersKnown;
        this.prefixOfCarrier = prefixOfCarrier;
        readTree = tree;
        this.problems = problems;
    }

    /** Takes in what {@code routing.yaml} names, and reports what is wrong with it. */
    void add(final Map<String, Way> itsWays) {
        itsWays.forEach((name, way) -> {
            // One that cannot be made out is a way all the same: whoever uses it is not wrong.
            ways.put(name, new Route.Share(nobody(), 1));
            if (way != null) {
                problems.attempt(() -> way(name, way));
            }
        });
        tree().root().path("groups").forEachEntry((name, value) -> {
            if (value.isString()) {
                groupTexts.put(name, value.stringValue());
            }
        });
        groupTexts.keySet().forEach(this::resolve);
    }

    private YamlTree tree() {
        return readTree.orElseThrow();
    }

    /** The id of nobody: of a carrier that is not there, so that nothing else is taken for it. */
    private int nobody() {
        return names.carriers().size() + nobodys++;
    }

    private void way(final String name, final Way way) {
        final YamlTree tree = tree();
        final String pointer = YamlTree.child(WAYS, name);
        if (names.carrierId(name) != RoutingNames.UNKNOWN) {
            problems.add(
                    tree.file(),
                    tree.keyAt(pointer),
                    DUPLICATE_NAME,
                    "a carrier is called `" + name + "` already",
                    "give the way a name of its own");
            return;
        }
        final int prefix = way.prepend().length() + prefixOfCarrier.getOrDefault(way.carrier(), 0);
        if (prefix > MAX_PREFIX) {
            problems.add(
                    tree.file(),
                    tree.valueAt(pointer + "/prepend"),
                    OUT_OF_RANGE,
                    "with the carrier's own prefix " + prefix + " characters would stand before the destination",
                    "an address has room for " + MAX_PREFIX + " besides a number");
        }
        final int carrier = carrierId(way.carrier());
        if (carrier == RoutingNames.UNKNOWN) {
            problems.add(
                    tree.file(),
                    tree.valueAt(pointer + "/carrier"),
                    UNKNOWN_REFERENCE,
                    "no carrier is called `" + way.carrier() + "`",
                    Nearest.didYouMean(way.carrier(), names.carriers(), "add it to carriers.yaml"));
        }
        ways.put(
                name,
                new Route.Share(
                        carrier == RoutingNames.UNKNOWN ? nobody() : carrier,
                        1,
                        handling(way.strip(), way.prepend(), way.sender(), way.senderWhen())));
    }

    /** What is done to number and sender. */
    static Handling handling(
            final int strip, final String prepend, final Optional<String> sender, final SenderWhen when) {
        final SenderPolicy policy = sender.map(text -> new SenderPolicy(
                        when == SenderWhen.ALWAYS ? SenderPolicy.Mode.REPLACE : SenderPolicy.Mode.REPLACE_ALPHANUMERIC,
                        text))
                .orElse(SenderPolicy.KEEP);
        final Handling handling = new Handling(strip, prepend, policy);
        return handling.equals(Handling.NONE) ? Handling.NONE : handling;
    }

    private int carrierId(final String name) {
        return carriersKnown ? names.carrierId(name) : assumed.computeIfAbsent(name, unknown -> assumed.size());
    }

    private Optional<Route> resolve(final String name) {
        final Optional<Route> done = groups.get(name);
        if (done != null) {
            return done;
        }
        final YamlTree tree = tree();
        final String pointer = YamlTree.child(GROUPS, name);
        if (!opened.add(name)) {
            final List<String> cycle = new ArrayList<>(opened);
            final List<String> round = cycle.subList(cycle.indexOf(name), cycle.size());
            problems.add(
                    tree.file(),
                    tree.valueAt(pointer),
                    BAD_VALUE,
                    "groups go in a circle: @" + String.join(" → @", round) + " → @" + name,
                    "take one of them out of another");
            return Optional.empty();
        }
        final Optional<Route> route = list.parse(
                groupTexts.get(name),
                (offset, code, message, remedy) ->
                        problems.add(tree.file(), tree.within(pointer, offset), code, message, remedy));
        opened.remove(name);
        groups.put(name, route);
        return route;
    }

    CarrierList list() {
        return list;
    }

    /** Carriers that some list names. */
    Set<Integer> usedCarriers() {
        return usedCarriers;
    }

    /** Groups that no list names. */
    List<String> unusedGroups() {
        return groupTexts.keySet().stream()
                .filter(name -> !used.contains("@" + name))
                .toList();
    }

    /** Ways that no list names. */
    List<String> unusedWays() {
        return ways.keySet().stream().filter(name -> !used.contains(name)).toList();
    }

    @Override
    public Optional<Route.Share> carrier(final String name) {
        used.add(name);
        final Route.Share way = ways.get(name);
        if (way != null) {
            usedCarriers.add(way.carrier());
            return Optional.of(way);
        }
        final int id = carrierId(name);
        if (id == RoutingNames.UNKNOWN) {
            return Optional.empty();
        }
        usedCarriers.add(id);
        return Optional.of(new Route.Share(id, 1));
    }

    @Override
    public CarrierList.Group group(final String name) {
        used.add("@" + name);
        // Also one whose text is none, which has been told of.
        final boolean known =
                readTree.isEmpty() || readTree.get().root().path("groups").has(name);
        return new CarrierList.Group(known, groupTexts.containsKey(name) ? resolve(name) : Optional.empty());
    }

    @Override
    public Collection<String> carriers() {
        final List<String> all = new ArrayList<>(names.carriers());
        all.addAll(ways.keySet());
        return all;
    }

    @Override
    public Collection<String> groups() {
        return groupTexts.keySet();
    }
}
