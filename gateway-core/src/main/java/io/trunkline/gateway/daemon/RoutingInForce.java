package io.trunkline.gateway.daemon;

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
import java.util.List;
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
    private final boolean asksContent;
    /** Ids of carriers that have no binds. */
    private final BitSet withoutBinds = new BitSet();
    /** Ids of carriers that have no trunks. */
    private final BitSet withoutTrunks = new BitSet();

    /** Gives out the journal's numbers. */
    interface Numbers {
        int tenant(String name);

        int carrier(String name);

        /** A treatment, by what it does. */
        int treatment(String text);
    }

    /** A version that is about to be published. */
    RoutingInForce(final int version, final Routing routing, final List<Carrier> carriers, final Numbers numbers) {
        this.version = version;
        this.routing = routing;
        tenantNumbers = routing.names().tenants().stream()
                .mapToInt(name -> numbers.tenant(name))
                .toArray();
        for (int i = 0; i < tenantNumbers.length; i++) {
            tenantIds.put(tenantNumbers[i], i + 1);
        }
        carrierNumbers = routing.names().carriers().stream()
                .mapToInt(name -> numbers.carrier(name))
                .toArray();
        routing.table().forEachHandling(handling -> {
            if (!handling.equals(Handling.NONE)) {
                treatments.put(handling, numbers.treatment(Treatment.text(RuleAction.Rewrite.of(handling))));
            }
        });
        routing.table().rules().forEach(rule -> {
            if (rule.action() instanceof RuleAction.Rewrite rewrite) {
                rewrites.put(rewrite, numbers.treatment(Treatment.text(rewrite)));
            }
        });
        for (final Carrier carrier : carriers) {
            final int id = routing.names().carrierId(carrier.name());
            if (id != RoutingNames.UNKNOWN) {
                withoutBinds.set(id, carrier.binds().isEmpty());
                withoutTrunks.set(id, carrier.trunks().isEmpty());
            }
        }
        asksContent = routing.table().rules().stream()
                .anyMatch(rule -> !rule.contents().isEmpty());
    }

    int version() {
        return version;
    }

    Routing routing() {
        return routing;
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
        return !(kind == UnitKind.CALL ? withoutTrunks : withoutBinds).get(id);
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
