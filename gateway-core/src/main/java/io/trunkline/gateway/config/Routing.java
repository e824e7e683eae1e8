package io.trunkline.gateway.config;

import io.trunkline.routing.RoutingSnapshot;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * {@code routing.yaml} with {@code routes.csv} and {@code numbers.csv}, compiled. A table of a million rows is here once: the
 * daemon routes by the same snapshot.
 *
 * @param plan what {@code routing.yaml} says besides
 * @param names by which ids the table knows tenants, carriers and the like
 * @param table rows, rules and policies; its version is 0, for it may be a candidate
 * @param contents what rows and owners were made of
 */
public record Routing(
        NumberRules numbers,
        RoutingPlan plan,
        RoutingNames names,
        RoutingSnapshot table,
        List<NumberOwner> owners,
        Contents contents) {
    public Routing {
        owners = List.copyOf(owners);
    }

    /**
     * Of which content a file's rows were made: where it is still the same, they can be taken over.
     *
     * @param routes SHA-256 of {@code routes.csv}
     * @param numbers SHA-256 of {@code numbers.csv}; empty where there is none
     */
    public record Contents(String routes, String numbers) {
        /** Of what was not read from files. */
        public static final Contents NONE = new Contents("", "");
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
            internationalPrefixes = internationalPrefixes.stream()
                    .sorted(Comparator.comparing(String::length).reversed())
                    .toList();
        }

        /** The digits of a destination without its international prefix; empty where it is none. */
        public Optional<String> digits(final String destination) {
            final String digits = internationalPrefixes.stream()
                    .filter(destination::startsWith)
                    .findFirst()
                    .map(prefix -> destination.substring(prefix.length()))
                    .orElse(destination);
            final boolean right =
                    digits.matches("[1-9][0-9]*") && digits.length() >= minDigits && digits.length() <= maxDigits;
            return right ? Optional.of(digits) : Optional.empty();
        }
    }

    /**
     * One row of {@code numbers.csv}: inbound messages to {@code number} belong to {@code tenant}.
     *
     * @param number E.164 digits or a short code, without a sign
     */
    public record NumberOwner(String number, String tenant, int line) {}
}
