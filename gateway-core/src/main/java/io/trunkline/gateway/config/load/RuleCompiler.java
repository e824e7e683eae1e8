package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.MISSING_KEY;

import io.trunkline.gateway.config.RoutingPlan;
import io.trunkline.gateway.config.RoutingPlan.Rewrite;
import io.trunkline.gateway.config.RoutingPlan.SenderType;
import io.trunkline.routing.DestinationSet;
import io.trunkline.routing.RouteScope;
import io.trunkline.routing.Rule;
import io.trunkline.routing.RuleAction;
import io.trunkline.routing.SenderMatch;
import io.trunkline.routing.UnitKind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Turns one rule of {@code routing.yaml} after the other into one of a snapshot. */
final class RuleCompiler {
    private final RoutingCompiler compiler;
    private final RouteDirectory directory;
    private final YamlTree tree;

    RuleCompiler(final RoutingCompiler compiler, final RouteDirectory directory, final YamlTree tree) {
        this.compiler = compiler;
        this.directory = directory;
        this.tree = tree;
    }

    /** The rule; empty where something in it is wrong. */
    Optional<Rule> compile(final RoutingPlan.Rule rule, final String pointer) {
        final int before = compiler.problems().total();
        final RouteScope scope = compiler.scope(rule.tenant(), rule.group(), rule.messageClass(), pointer)
                .forKind(rule.kind().orElse(UnitKind.ANY))
                .within(compiler.window(rule.window(), pointer + "/window"));
        final SenderMatch sender = sender(rule, pointer);
        final Optional<RuleAction> action = action(rule, pointer);
        if (compiler.problems().total() != before || action.isEmpty()) {
            return Optional.empty();
        }
        final Optional<DestinationSet> destinations = rule.to().isEmpty()
                ? Optional.empty()
                : Optional.of(DestinationSet.of(
                        rule.to().stream().map(RuleCompiler::digits).toList()));
        return Optional.of(new Rule(
                scope,
                sender,
                destinations,
                rule.content().isEmpty() ? Set.of() : EnumSet.copyOf(rule.content()),
                action.get(),
                tree.file() + ":" + tree.keyAt(pointer).line()));
    }

    private static String digits(final String prefix) {
        return prefix.startsWith("+") ? prefix.substring(1) : prefix;
    }

    private SenderMatch sender(final RoutingPlan.Rule rule, final String pointer) {
        if (rule.from().isPresent() && rule.fromType().isPresent()) {
            compiler.problem(
                    pointer + "/fromType", BAD_VALUE, "`from` and `fromType` exclude each other", "keep one of them");
        }
        if (rule.fromType().isPresent()) {
            return rule.fromType().get() == SenderType.NUMBER ? SenderMatch.NUMBER : SenderMatch.ALPHANUMERIC;
        }
        final String from = rule.from().orElse("*");
        if (from.equals("*")) {
            return SenderMatch.ANY;
        }
        return from.endsWith("*")
                ? SenderMatch.beginningWith(from.substring(0, from.length() - 1))
                : SenderMatch.exactly(from);
    }

    private Optional<RuleAction> action(final RoutingPlan.Rule rule, final String pointer) {
        final int actions = (rule.route().isPresent() ? 1 : 0)
                + (rule.reject().isPresent() ? 1 : 0)
                + (rule.rewrite().isPresent() ? 1 : 0);
        if (actions != 1) {
            compiler.problem(
                    pointer,
                    actions == 0 ? MISSING_KEY : BAD_VALUE,
                    actions == 0 ? "the rule does nothing" : "the rule does more than one thing",
                    "a rule has one of `route`, `reject` and `rewrite`");
            return Optional.empty();
        }
        if (rule.reject().isPresent()) {
            return Optional.of(new RuleAction.Reject(rule.reject().get().number(), rule.reason()));
        }
        if (rule.rewrite().isPresent()) {
            return Optional.of(rewrite(rule.rewrite().get()));
        }
        return directory
                .list()
                .parse(
                        rule.route().orElseThrow(),
                        (offset, code, message, remedy) -> compiler.problems()
                                .add(tree.file(), tree.within(pointer + "/route", offset), code, message, remedy))
                .map(RuleAction.RouteTo::new);
    }

    private static RuleAction rewrite(final Rewrite rewrite) {
        return new RuleAction.Rewrite(
                RouteDirectory.handling(rewrite.strip(), rewrite.prepend(), rewrite.sender(), rewrite.senderWhen()),
                rewrite.ton().orElse(RuleAction.Rewrite.KEEP),
                rewrite.npi().orElse(RuleAction.Rewrite.KEEP),
                rewrite.dataCoding().orElse(RuleAction.Rewrite.KEEP));
    }
}
