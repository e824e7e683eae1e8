package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.OUT_OF_RANGE;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_REFERENCE;

import io.trunkline.gateway.config.ConfigProblem.Code;
import io.trunkline.routing.Route;
import io.trunkline.routing.Route.Share;
import io.trunkline.routing.Route.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code alpha=70;beta=30|gamma|@others}: tiers parted by {@code |}, in each the carriers that share by weight, or a
 * group in place of its tiers. Without a weight a carrier has weight 1.
 */
final class CarrierList {
    private static final String FORM = "write alpha=70;beta=30|gamma: tiers parted by |, weights 1..10000";

    /** Takes a mistake, with its offset into the text. */
    @FunctionalInterface
    interface Complaint {
        /** Where mistakes do not count: they are told of elsewhere. */
        Complaint NONE = (offset, code, message, remedy) -> {};

        void accept(int offset, Code code, String message, String remedy);
    }

    /** Who is called how. */
    interface Directory {
        /** The carrier or way with a name, as a share of weight 1. */
        Optional<Share> carrier(String name);

        /** The carriers of a group. */
        Group group(String name);

        /** All names of carriers and ways, for those mistyped. */
        Collection<String> carriers();

        Collection<String> groups();
    }

    /**
     * A group that was asked for.
     *
     * @param known false where nothing bears the name
     * @param route empty where the group itself is wrong, which is told of where it stands
     */
    record Group(boolean known, Optional<Route> route) {}

    private final Directory directory;

    CarrierList(final Directory directory) {
        this.directory = directory;
    }

    /** One text that is being read. */
    private static final class Reading {
        private final Complaint complaint;
        private final Set<Integer> seen = new HashSet<>();
        private final List<Tier> tiers = new ArrayList<>();
        private boolean whole = true;

        Reading(final Complaint complaint) {
            this.complaint = complaint;
        }

        void wrong(final int offset, final Code code, final String message, final String remedy) {
            complaint.accept(offset, code, message, remedy);
            whole = false;
        }
    }

    /** The route; empty where something was complained of, or a group in it is wrong. */
    Optional<Route> parse(final String text, final Complaint complaint) {
        final Reading reading = new Reading(complaint);
        int offset = 0;
        for (final String tier : text.split("\\|", -1)) {
            if (tier.strip().startsWith("@")) {
                group(tier, offset, reading);
            } else {
                tier(tier, offset, reading);
            }
            offset += tier.length() + 1;
        }
        if (reading.whole && reading.seen.size() > Route.MAX_CARRIERS) {
            reading.wrong(0, OUT_OF_RANGE, "more than " + Route.MAX_CARRIERS + " carriers in one route", "use fewer");
        }
        return reading.whole ? Optional.of(new Route(reading.tiers)) : Optional.empty();
    }

    private void group(final String text, final int offset, final Reading reading) {
        final String name = text.strip().substring(1).strip();
        final int start = offset + text.length() - text.stripLeading().length();
        final Group group = directory.group(name);
        if (!group.known()) {
            reading.wrong(
                    start,
                    UNKNOWN_REFERENCE,
                    "no group is called `" + name + "`",
                    Nearest.didYouMean(name, directory.groups(), "add it to groups in routing.yaml"));
            return;
        }
        if (group.route().isEmpty()) {
            reading.whole = false;
            return;
        }
        for (final Tier tier : group.route().get().tiers()) {
            for (final Share share : tier.shares()) {
                if (!reading.seen.add(share.carrier())) {
                    reading.wrong(
                            start, BAD_VALUE, "a carrier of `@" + name + "` stands twice in one route", "keep one");
                    return;
                }
            }
            reading.tiers.add(tier);
        }
    }

    private void tier(final String text, final int begin, final Reading reading) {
        final List<Share> shares = new ArrayList<>();
        int offset = begin;
        for (final String share : text.split(";", -1)) {
            share(share, offset, reading).ifPresent(shares::add);
            offset += share.length() + 1;
        }
        if (!shares.isEmpty()) {
            reading.tiers.add(new Tier(shares));
        }
    }

    private Optional<Share> share(final String text, final int offset, final Reading reading) {
        final int equals = text.indexOf('=');
        final String name = (equals < 0 ? text : text.substring(0, equals)).strip();
        final int start = offset + text.length() - text.stripLeading().length();
        if (name.isEmpty()) {
            reading.wrong(offset, BAD_VALUE, "a carrier is missing", FORM);
            return Optional.empty();
        }
        if (name.startsWith("@")) {
            reading.wrong(start, BAD_VALUE, "a group stands alone in its place", "part it from the others by |");
            return Optional.empty();
        }
        final Optional<Share> known = directory.carrier(name);
        if (known.isEmpty()) {
            reading.wrong(
                    start,
                    UNKNOWN_REFERENCE,
                    "no carrier is called `" + name + "`",
                    Nearest.didYouMean(name, directory.carriers(), "add it to carriers.yaml"));
            return Optional.empty();
        }
        if (!reading.seen.add(known.get().carrier())) {
            reading.wrong(start, BAD_VALUE, "`" + name + "` stands twice in one route", "keep one of them");
            return Optional.empty();
        }
        final String weight = equals < 0 ? "1" : text.substring(equals + 1).strip();
        if (!weight.matches("[0-9]{1,5}")
                || Integer.parseInt(weight) < 1
                || Integer.parseInt(weight) > Route.MAX_WEIGHT) {
            reading.wrong(offset + equals + 1, OUT_OF_RANGE, "`" + weight + "` is not a weight of 1..10000", FORM);
            return Optional.empty();
        }
        return Optional.of(new Share(
                known.get().carrier(), Integer.parseInt(weight), known.get().handling()));
    }
}
