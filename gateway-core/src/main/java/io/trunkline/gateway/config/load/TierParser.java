package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.OUT_OF_RANGE;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_REFERENCE;

import io.trunkline.gateway.config.ConfigProblem.Code;
import io.trunkline.gateway.config.Routing.Share;
import io.trunkline.gateway.config.Routing.Tier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code alpha=70;beta=30|gamma}: tiers parted by {@code |}, in each the carriers that share by weight. Without a
 * weight a carrier has weight 1.
 */
final class TierParser {
    static final int MAX_CARRIERS = 16;
    private static final String FORM = "write alpha=70;beta=30|gamma: tiers parted by |, weights 1..10000";

    /** Takes a mistake, with its offset into the text. */
    @FunctionalInterface
    interface Complaint {
        void accept(int offset, Code code, String message, String remedy);
    }

    private final Optional<Set<String>> carriers;

    /**
     * A parser.
     *
     * @param carriers that exist; empty where that is not known, because their file cannot be read
     */
    TierParser(final Optional<Set<String>> carriers) {
        this.carriers = carriers;
    }

    /** The tiers; empty where something was complained of. */
    Optional<List<Tier>> parse(final String text, final Complaint complaint) {
        final List<Tier> tiers = new ArrayList<>();
        final Set<String> seen = new HashSet<>();
        boolean whole = true;
        int offset = 0;
        for (final String tierText : text.split("\\|", -1)) {
            final List<Share> shares = new ArrayList<>();
            for (final String shareText : tierText.split(";", -1)) {
                final Optional<Share> share = share(shareText, offset, seen, complaint);
                share.ifPresent(shares::add);
                whole &= share.isPresent();
                offset += shareText.length() + 1;
            }
            tiers.add(new Tier(shares));
        }
        if (whole && seen.size() > MAX_CARRIERS) {
            complaint.accept(0, OUT_OF_RANGE, "more than " + MAX_CARRIERS + " carriers in one route", "use fewer");
            whole = false;
        }
        return whole ? Optional.of(List.copyOf(tiers)) : Optional.empty();
    }

    private Optional<Share> share(
            final String text, final int offset, final Set<String> seen, final Complaint complaint) {
        final int equals = text.indexOf('=');
        final String carrier = (equals < 0 ? text : text.substring(0, equals)).strip();
        final int start = offset + text.length() - text.stripLeading().length();
        if (carrier.isEmpty()) {
            complaint.accept(offset, BAD_VALUE, "a carrier is missing", FORM);
            return Optional.empty();
        }
        if (carriers.isPresent() && !carriers.get().contains(carrier)) {
            complaint.accept(
                    start,
                    UNKNOWN_REFERENCE,
                    "no carrier is called `" + carrier + "`",
                    Nearest.didYouMean(carrier, carriers.get(), "add it to carriers.yaml"));
            return Optional.empty();
        }
        if (!seen.add(carrier)) {
            complaint.accept(start, BAD_VALUE, "`" + carrier + "` stands twice in one route", "keep one of them");
            return Optional.empty();
        }
        final String weight = equals < 0 ? "1" : text.substring(equals + 1).strip();
        if (!weight.matches("[0-9]{1,5}") || Integer.parseInt(weight) < 1 || Integer.parseInt(weight) > 10_000) {
            complaint.accept(offset + equals + 1, OUT_OF_RANGE, "`" + weight + "` is not a weight of 1..10000", FORM);
            return Optional.empty();
        }
        return Optional.of(new Share(carrier, Integer.parseInt(weight)));
    }
}
