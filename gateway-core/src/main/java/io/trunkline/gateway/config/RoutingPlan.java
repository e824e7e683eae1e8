package io.trunkline.gateway.config;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.routing.ContentType;
import io.trunkline.routing.Grade;
import io.trunkline.routing.Indicator;
import io.trunkline.routing.Policy.Mode;
import io.trunkline.routing.UnitKind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code routing.yaml} says of how units find their carriers, as it is written there.
 *
 * @param groups lists of carriers by name, written {@code @name} where carriers are listed
 * @param ways carriers under further names, by these
 * @param windows times by name
 * @param rules in their order; the first that a unit meets holds
 */
public record RoutingPlan(
        Map<String, String> groups,
        Map<String, Way> ways,
        List<ClassPolicy> policies,
        Map<String, Window> windows,
        List<Rule> rules,
        Quality quality) {
    public RoutingPlan {
        groups = inOrder(groups);
        ways = inOrder(ways);
        policies = List.copyOf(policies);
        windows = inOrder(windows);
        rules = List.copyOf(rules);
    }

    private static <T> Map<String, T> inOrder(final Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /**
     * A carrier under a name of its own, and what is done on this way to it.
     *
     * @param strip digits that are taken off the front of the destination
     * @param prepend digits that are then put before it
     * @param sender that is put in place of the unit's
     */
    public record Way(String carrier, int strip, String prepend, Optional<String> sender, SenderWhen senderWhen) {}

    /** When a sender is replaced. */
    public enum SenderWhen {
        ALWAYS,
        /** Where it is not a number. */
        ALPHANUMERIC
    }

    /**
     * How one of several offers is chosen.
     *
     * @param group of tenants that it is for; empty for all
     * @param messageClass that it is for; empty for all
     * @param carrier that {@code pinned} keeps to
     * @param price what these tenants pay a segment or a minute
     * @param priceCap most that a segment or a minute may cost
     * @param margin least share of the price that must remain
     * @param probe share of units that try a carrier which is not good
     */
    public record ClassPolicy(
            Optional<String> group,
            Optional<MessageClass> messageClass,
            Mode mode,
            Optional<String> carrier,
            Optional<Money> price,
            Optional<Money> priceCap,
            Optional<Percent> margin,
            Percent probe) {}

    /**
     * When something holds.
     *
     * @param from {@code HH:MM}; with a {@code to} that is not later it goes on over midnight
     * @param to {@code HH:MM}, exclusive
     * @param since a day or a minute of it, in {@code zone}
     * @param until exclusive
     */
    public record Window(
            List<DayOfWeek> days, String from, String to, ZoneId zone, Optional<String> since, Optional<String> until) {
        public Window {
            days = List.copyOf(days);
        }
    }

    /**
     * For which units, and what becomes of them: one of route, reject and rewrite.
     *
     * @param from a sender, or a beginning followed by {@code *}
     * @param to prefixes; empty for all numbers
     */
    public record Rule(
            Optional<String> tenant,
            Optional<String> group,
            Optional<MessageClass> messageClass,
            Optional<UnitKind> kind,
            Optional<String> window,
            Optional<String> from,
            Optional<SenderType> fromType,
            List<String> to,
            List<ContentType> content,
            Optional<String> route,
            Optional<ErrorCode> reject,
            String reason,
            Optional<Rewrite> rewrite) {
        public Rule {
            to = List.copyOf(to);
            content = List.copyOf(content);
        }
    }

    /** What a sender is. */
    public enum SenderType {
        NUMBER,
        ALPHANUMERIC
    }

    /**
     * How a unit is changed before the table is asked.
     *
     * @param ton of the destination; empty: it stays
     */
    public record Rewrite(
            int strip,
            String prepend,
            Optional<String> sender,
            SenderWhen senderWhen,
            Optional<Integer> ton,
            Optional<Integer> npi,
            Optional<Integer> dataCoding) {}

    /**
     * How carriers are measured, for policies of mode {@code quality}.
     *
     * @param window that is looked at, in buckets of {@code bucket}
     * @param leastSamples below which a carrier is not judged
     * @param hold how long a grade stays while there are too few
     */
    public record Quality(Duration window, Duration bucket, int leastSamples, Duration hold, List<Threshold> grades) {
        public Quality {
            grades = List.copyOf(grades);
        }
    }

    /**
     * When a carrier gets a grade and when it is rid of it.
     *
     * @param enter worse than this gives the grade: percent, or seconds
     * @param leave at least as good as this takes it away
     */
    public record Threshold(Indicator indicator, Grade grade, double enter, double leave) {}
}
