package io.trunkline.routing;

import java.util.Optional;
import java.util.Set;

/**
 * One rule of the ordered list: the first whose conditions a unit meets decides.
 *
 * @param scope tenant, group, kind, class and time window
 * @param destinations where it is not for all
 * @param contents that it is for; empty for all
 * @param place {@code file:line}, for explanations
 */
public record Rule(
        RouteScope scope,
        SenderMatch sender,
        Optional<DestinationSet> destinations,
        Set<ContentType> contents,
        RuleAction action,
        String place) {
    public Rule {
        contents = Set.copyOf(contents);
    }

    /** A rule for all units of a scope. */
    public static Rule of(final RouteScope scope, final RuleAction action, final String place) {
        return new Rule(scope, SenderMatch.ANY, Optional.empty(), Set.of(), action, place);
    }

    public Rule from(final SenderMatch itsSender) {
        return new Rule(scope, itsSender, destinations, contents, action, place);
    }

    public Rule to(final DestinationSet itsDestinations) {
        return new Rule(scope, sender, Optional.of(itsDestinations), contents, action, place);
    }

    public Rule carrying(final Set<ContentType> itsContents) {
        return new Rule(scope, sender, destinations, itsContents, action, place);
    }
}
