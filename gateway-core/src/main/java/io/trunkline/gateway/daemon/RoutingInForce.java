package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.Routing;
import io.trunkline.gateway.config.RoutingNames;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.Treatment;
import io.trunkline.routing.Handling;
import io.trunkline.routing.RuleAction;
import io.trunkline.routing.UnitKind;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.agrona.collections.Int2IntHashMap;

/**
 * One version of the routing, with what leads from the journal's numbers to the table's ids and back. Immutable once it is
 * published: a unit is routed by one version as a whole.
 */
final class RoutingInForce {
    private static final int NOBODY = -1;

    private final int version;
    private final Routing routing;
    private final Int2IntHashMap tenantIds = new Int2IntHashMap(NOBODY);
    private final int[] tenantNumbers;
    private final int[] carrierNumbers;
    private final IdentityHashMap<Handling, Integer> treatments = new IdentityHashMap<>();
    private final IdentityHashMap<RuleAction.Rewrite, Integer> rewrites = new IdentityHashMap<>();
    private final BuyRates buyRates;
    private final boolean asksContent;
    /** Ids of carriers that take no messages. */
    private final BitSet withoutMessages = new BitSet();
    /** Ids of carriers that have no trunks. */
    private final BitSet withoutTrunks = new BitSet();

    /** A version that is about to be published; all that it names has a number. */
    RoutingInForce(
            final int version,
            final Routing routing,
            final List<Carrier> carriers,
            final Optional<BillingConfig> billing,
            final KnownNumbers numbers) {
        this.version = version;
        this.routing = routing;
        buyRates = billing.map(config -> BuyRates.of(config, routing.names().carriers(), numbers))
                .orElse(BuyRates.NONE);
        tenantNumbers = routing.names().tenants().stream()
                .mapToInt(name -> numbers.number(Names.Kind.TENANT, name))
                .toArray();
        for (int i = 0; i < tenantNumbers.length; i++) {
            tenantIds.put(tenantNumbers[i], i + 1);
        }
        carrierNumbers = routing.names().carriers().stream()
                .mapToInt(name -> numbers.number(Names.Kind.CARRIER, name))
                .toArray();
        forEachTreatment(
                routing,
                (handling, text) -> treatments.put(handling, numbers.number(Names.Kind.TREATMENT, text)),
                (rewrite, text) -> rewrites.put(rewrite, numbers.number(Names.Kind.TREATMENT, text)));
        for (final Carrier carrier : carriers) {
            final int id = routing.names().carrierId(carrier.name());
            if (id != RoutingNames.UNKNOWN) {
                withoutMessages.set(id, !carrier.takesMessages());
                withoutTrunks.set(id, carrier.trunks().isEmpty());
            }
        }
        asksContent = routing.table().rules().stream()
                .anyMatch(rule -> !rule.contents().isEmpty());
    }

    /** What a routing does to addresses, each as the text that its number in the journal stands for. */
    static Set<String> treatments(final Routing routing) {
        final Set<String> texts = new LinkedHashSet<>();
        forEachTreatment(routing, (handling, text) -> texts.add(text), (rewrite, text) -> texts.add(text));
        return texts;
    }

    private static void forEachTreatment(
            final Routing routing,
            final BiConsumer<Handling, String> ofCarriers,
            final BiConsumer<RuleAction.Rewrite, String> ofRules) {
        routing.table().forEachHandling(handling -> {
            if (!handling.equals(Handling.NONE)) {
                ofCarriers.accept(handling, Treatment.text(RuleAction.Rewrite.of(handling)));
            }
        });
        routing.table().rules().forEach(rule -> {
            if (rule.action() instanceof RuleAction.Rewrite rewrite) {
                ofRules.accept(rewrite, Treatment.text(rewrite));
            }
        });
    }

    int version() {
        return version;
    }

    Routing routing() {
        return routing;
    }

    BuyRates buyRates() {
        return buyRates;
    }

    boolean asksContent() {
        return asksContent;
    }

    /** The table's id of a tenant; one that the table does not know gets what is for everyone. */
    int tenantId(final int number) {
        return tenantIds.get(number);
    }

    int tenantNumber(final int id) {
        return tenantNumbers[id - 1];
    }

    int carrierNumber(final int id) {
        return carrierNumbers[id];
    }

    /** Whether a carrier has a way for units of a kind. */
    boolean takes(final int id, final UnitKind kind) {
        return !(kind == UnitKind.CALL ? withoutTrunks : withoutMessages).get(id);
    }

    int carriers() {
        return carrierNumbers.length;
    }

    int treatment(final Handling handling) {
        final Integer number = treatments.get(handling);
        return number == null ? Treatment.NONE : number;
    }

    int treatment(final RuleAction.Rewrite rewrite) {
        final Integer number = rewrites.get(rewrite);
        return number == null ? Treatment.NONE : number;
    }

    /** The error that a rule refuses with. */
    static ErrorCode error(final RuleAction.Reject reject) {
        return ErrorCode.of(reject.code());
    }
}
