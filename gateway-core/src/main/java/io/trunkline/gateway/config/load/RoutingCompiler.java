package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_ROW;
import static io.trunkline.gateway.config.ConfigProblem.Code.MISSING_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_REFERENCE;

import io.trunkline.gateway.config.ConfigProblem.Code;
import io.trunkline.gateway.config.MessageClass;
import io.trunkline.gateway.config.Money;
import io.trunkline.gateway.config.Percent;
import io.trunkline.gateway.config.RoutingNames;
import io.trunkline.gateway.config.RoutingPlan;
import io.trunkline.gateway.config.RoutingPlan.ClassPolicy;
import io.trunkline.gateway.config.RoutingPlan.Window;
import io.trunkline.routing.Policy;
import io.trunkline.routing.RouteQuery;
import io.trunkline.routing.RouteScope;
import io.trunkline.routing.RoutingSnapshot;
import io.trunkline.routing.TimeWindow;
import io.trunkline.routing.UnitKind;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns windows, policies and rules of {@code routing.yaml} into those of a snapshot, and reports what does not agree. */
final class RoutingCompiler {
    private static final String TENANTS = "tenants.yaml";
    private static final String POLICIES = "/policies";
    private static final String RULES = "/rules";

    private final RoutingNames names;
    private final boolean tenantsKnown;
    private final RouteDirectory directory;
    private final YamlTree tree;
    private final Problems problems;
    private final RoutingSnapshot.Builder into;

    RoutingCompiler(
            final RoutingNames names,
            final boolean tenantsKnown,
            final RouteDirectory directory,
            final YamlTree tree,
            final Problems problems,
            final RoutingSnapshot.Builder into) {
        this.names = names;
        this.tenantsKnown = tenantsKnown;
        this.directory = directory;
        this.tree = tree;
        this.problems = problems;
        this.into = into;
    }

    void compile(final RoutingPlanReader plan) {
        plan.windows().forEach((name, window) -> into.window(window(name, Optional.ofNullable(window))));
        final Map<String, Integer> policyLines = new HashMap<>();
        for (int i = 0; i < plan.policies().size(); i++) {
            final ClassPolicy policy = plan.policies().get(i);
            final String pointer = YamlTree.child(POLICIES, i);
            if (policy != null) {
                problems.attempt(() -> policy(policy, pointer, policyLines));
            }
        }
        final RuleCompiler rules = new RuleCompiler(this, directory, tree);
        for (int i = 0; i < plan.rules().size(); i++) {
            final RoutingPlan.Rule rule = plan.rules().get(i);
            final String pointer = YamlTree.child(RULES, i);
            if (rule != null) {
                problems.attempt(() -> rules.compile(rule, pointer).ifPresent(into::rule));
            }
        }
    }

    /** A window that is wrong keeps its number, and is always open. */
    private TimeWindow window(final String name, final Optional<Window> window) {
        final TimeWindow[] compiled = {
            TimeWindow.weekly(EnumSet.allOf(DayOfWeek.class), 0, TimeWindow.MINUTES_OF_DAY, ZoneOffset.UTC)
        };
        window.ifPresent(one -> problems.attempt(
                () -> compile(YamlTree.child("/windows", name), one).ifPresent(whole -> compiled[0] = whole)));
        return compiled[0];
    }

    private Optional<TimeWindow> compile(final String pointer, final Window window) {
        final Instant since = instant(window.since(), window.zone(), pointer + "/since", Instant.MIN);
        final Instant until = instant(window.until(), window.zone(), pointer + "/until", Instant.MAX);
        if (!since.isBefore(until)) {
            problem(pointer + "/until", BAD_VALUE, "`until` is not later than `since`", "swap them");
            return Optional.empty();
        }
        return Optional.of(new TimeWindow(
                EnumSet.copyOf(window.days()),
                minute(window.from()),
                minute(window.to()),
                window.zone(),
                since,
                until));
    }

    private static int minute(final String time) {
        return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
    }

    private Instant instant(
            final Optional<String> text, final ZoneId zone, final String pointer, final Instant otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            final LocalDateTime local = text.get().contains("T")
                    ? LocalDateTime.parse(text.get())
                    : LocalDate.parse(text.get()).atStartOfDay();
            return local.atZone(zone).toInstant();
        } catch (DateTimeException e) {
            problem(pointer, BAD_VALUE, "`" + text.get() + "` is no day", "write 2026-11-21 or 2026-11-21T18:00");
            return otherwise;
        }
    }

    private void policy(final ClassPolicy policy, final String pointer, final Map<String, Integer> lines) {
        final int before = problems.total();
        final RouteScope scope = scope(Optional.empty(), policy.group(), policy.messageClass(), pointer);
        final boolean pinned = policy.mode() == Policy.Mode.PINNED;
        int carrier = Policy.NO_CARRIER;
        if (pinned && policy.carrier().isEmpty()) {
            problem(pointer, MISSING_KEY, "`carrier` is missing in `policies`", "name the carrier that is kept to");
        } else if (!pinned && policy.carrier().isPresent()) {
            problem(
                    pointer + "/carrier",
                    BAD_VALUE,
                    "`carrier` goes with `mode: pinned` alone",
                    "take it out, or use `mode: pinned`");
        } else if (pinned) {
            carrier = directory
                    .carrier(policy.carrier().orElseThrow())
                    .map(share -> share.carrier())
                    .orElse(Policy.NO_CARRIER);
            if (carrier == Policy.NO_CARRIER) {
                unknown(pointer + "/carrier", "carrier", policy.carrier().get(), names.carriers(), "carriers.yaml");
            }
        }
        final int probe = (policy.probe().basisPoints() + 5) / 10;
        if (probe > 0 && policy.mode() != Policy.Mode.QUALITY) {
            problem(pointer + "/probe", BAD_VALUE, "`probe` goes with `mode: quality` alone", "take it out");
        }
        final Integer line = lines.putIfAbsent(
                policy.group() + " " + policy.messageClass(),
                tree.keyAt(pointer).line());
        if (line != null) {
            problem(
                    pointer,
                    DUPLICATE_ROW,
                    "line " + line + " has a policy for the same tenants and class",
                    "keep one of them");
        }
        if (problems.total() == before) {
            into.policy(
                    scope.group(),
                    scope.messageClass(),
                    new Policy(
                            policy.mode(),
                            carrier,
                            policy.price().map(Money::millionths).orElse(RouteQuery.NO_PRICE),
                            policy.priceCap().map(Money::millionths).orElse(Policy.NO_CAP),
                            policy.margin().map(Percent::basisPoints).orElse(Policy.NO_MARGIN),
                            probe));
        }
    }

    /** Whom something is for; names that nobody bears are reported, and then it is for everyone. */
    RouteScope scope(
            final Optional<String> tenant,
            final Optional<String> group,
            final Optional<MessageClass> messageClass,
            final String pointer) {
        final int tenantId = tenant.map(names::tenantId).orElse(RoutingSnapshot.ANY);
        final int groupId = group.map(names::groupId).orElse(RoutingSnapshot.ANY);
        if (tenantId == RoutingNames.UNKNOWN) {
            unknown(pointer + "/tenant", "tenant", tenant.orElseThrow(), names.tenants(), TENANTS);
        }
        if (groupId == RoutingNames.UNKNOWN) {
            unknown(pointer + "/group", "group of tenants", group.orElseThrow(), names.groups(), TENANTS);
        }
        final boolean both = tenant.isPresent() && group.isPresent();
        if (both) {
            problem(pointer + "/group", BAD_VALUE, "`tenant` and `group` exclude each other", "keep one of them");
        }
        return new RouteScope(
                Math.max(RoutingSnapshot.ANY, both ? RoutingSnapshot.ANY : tenantId),
                Math.max(RoutingSnapshot.ANY, both ? RoutingSnapshot.ANY : groupId),
                UnitKind.ANY,
                messageClass.map(MessageClass::number).orElse(RoutingSnapshot.ANY),
                RoutingSnapshot.ANY);
    }

    /** The id of a window; one that is not there is reported. */
    int window(final Optional<String> name, final String pointer) {
        final int id = name.map(names::windowId).orElse(RoutingSnapshot.ANY);
        if (id == RoutingNames.UNKNOWN) {
            unknown(pointer, "time window", name.orElseThrow(), names.windows(), "windows in routing.yaml");
        }
        return Math.max(RoutingSnapshot.ANY, id);
    }

    private void unknown(
            final String pointer, final String what, final String name, final List<String> known, final String where) {
        // Where a file cannot be read nobody knows who is in it.
        final boolean readable = !where.equals(TENANTS) || tenantsKnown;
        if (readable) {
            problem(
                    pointer,
                    UNKNOWN_REFERENCE,
                    "no " + what + " is called `" + name + "`",
                    Nearest.didYouMean(name, known, "add it to " + where));
        }
    }

    void problem(final String pointer, final Code code, final String message, final String remedy) {
        problems.add(tree.file(), tree.valueAt(pointer), code, message, remedy);
    }

    Problems problems() {
        return problems;
    }
}
