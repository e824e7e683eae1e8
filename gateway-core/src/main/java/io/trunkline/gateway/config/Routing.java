package io.trunkline.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code routing.yaml} with {@code routes.csv} and {@code numbers.csv}.
 *
 * @param groups named lists of carriers; already written out in {@link #routes}
 * @param routes in the order of the file
 */
public record Routing(NumberRules numbers, List<Group> groups, List<Route> routes, List<NumberOwner> owners) {
    public Routing {
        groups = List.copyOf(groups);
        routes = List.copyOf(routes);
        owners = List.copyOf(owners);
    }

    /**
     * What counts as a number.
     *
     * @param internationalPrefixes taken off the front of a number, longest first: {@code +}, {@code 00}
     * @param minDigits of a destination, without prefix
     * @param maxDigits at most 15 (E.164)
     * @param file who owns inbound numbers: a number file
     * @param ported the networks of ported numbers: a number file
     */
    public record NumberRules(
            List<String> internationalPrefixes,
            int minDigits,
            int maxDigits,
            Optional<Path> file,
            Optional<Path> ported) {
        public NumberRules {
            internationalPrefixes = List.copyOf(internationalPrefixes);
        }
    }

    /** A list of carriers under a name, written {@code @name} in {@code routes.csv}. */
    public record Group(String name, List<Tier> tiers) {
        public Group {
            tiers = List.copyOf(tiers);
        }
    }

    /**
     * One row of {@code routes.csv}: the longest prefix wins; with equal prefixes the row that names tenant and class,
     * then tenant, then class, then neither.
     *
     * @param prefix E.164 digits; empty for the default route
     * @param tiers tried in order
     * @param line of the file, from 1: the row's name in explanations and in the journal
     */
    public record Route(
            String prefix, Optional<String> tenant, Optional<MessageClass> messageClass, List<Tier> tiers, int line) {
        public Route {
            tiers = List.copyOf(tiers);
        }
    }

    /** Carriers that share traffic by weight. */
    public record Tier(List<Share> shares) {
        public Tier {
            shares = List.copyOf(shares);
        }
    }

    /**
     * A carrier's part of a tier.
     *
     * @param weight 1..10000, relative to the others of the tier
     */
    public record Share(String carrier, int weight) {}

    /**
     * One row of {@code numbers.csv}: inbound messages to {@code number} belong to {@code tenant}.
     *
     * @param number E.164 digits or a short code, without a sign
     */
    public record NumberOwner(String number, String tenant, int line) {}
}
