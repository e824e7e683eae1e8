package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.engine.RouteDecision;
import io.trunkline.gateway.engine.RouteQuestion;
import io.trunkline.routing.UnitKind;
import io.trunkline.routing.rates.RateBook;
import io.trunkline.routing.rates.RateKind;
import io.trunkline.routing.rates.RateQuery;
import io.trunkline.routing.rates.SenderClasses;
import io.trunkline.routing.rates.Service;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2IntHashMap;

/**
 * What carriers take for a segment, or for sixty seconds of a call, by the decks of one version, so that a decision can be journaled with the money that it was
 * taken on. Immutable; allocates nothing when asked.
 */
final class BuyRates {
    /** Nobody says what anything costs. */
    static final BuyRates NONE = new BuyRates(RateBook.EMPTY, SenderClasses.STANDARD);

    private static final int MAX_SIGNIFICANT = 18;
    private static final int MS_PER_SECOND = 1000;

    private final RateBook rates;
    private final SenderClasses senders;
    /** The journal's numbers of carriers with a deck of their own. */
    private final Int2IntHashMap owners = new Int2IntHashMap(RateBook.EVERYONE);

    private BuyRates(final RateBook rates, final SenderClasses senders) {
        this.rates = rates;
        this.senders = senders;
    }

    /** The rates of a configuration. */
    static BuyRates of(final BillingConfig config, final List<String> carriers, final KnownNumbers numbers) {
        final BuyRates all = new BuyRates(config.rates(), config.senders());
        for (final String carrier : carriers) {
            final int owner = config.rates().owner(carrier);
            if (owner != RateBook.EVERYONE) {
                all.owners.put(numbers.number(Names.Kind.CARRIER, carrier), owner);
            }
        }
        return all;
    }

    /**
     * Writes into a decision what a carrier takes for a segment of the message, or for sixty seconds of the call, as of now.
     *
     * @param network of the destination
     * @param carrier the journal's number
     * @param query room to ask with
     */
    void price(
            final RouteQuestion unit,
            final int network,
            final int carrier,
            final RateQuery query,
            final RouteDecision decision) {
        if (rates.size() == 0) {
            return;
        }
        query.number(number(unit.to, unit.toOffset, unit.toLength));
        query.owner = owners.get(carrier);
        query.network = network;
        query.senderClass = senders.of(unit.from, unit.fromOffset, unit.fromLength);
        query.atSecond = Math.floorDiv(unit.nowMs, MS_PER_SECOND);
        final Service service = unit.kind == UnitKind.CALL ? Service.CALL : Service.MT;
        final int cost = rates.find(RateKind.COST, service, query);
        if (cost != RateBook.NO_RATE) {
            decision.buyRateMicros = rates.micros(cost);
            decision.buyRateLine = rates.line(cost);
        }
        final int fee = rates.find(RateKind.FEE, service, query);
        if (fee != RateBook.NO_RATE) {
            decision.feeMicros = rates.micros(fee);
            decision.feeLine = rates.line(fee);
        }
    }

    private static long number(final DirectBuffer digits, final int offset, final int length) {
        long number = 0;
        for (int i = offset; i < offset + Math.min(length, MAX_SIGNIFICANT); i++) {
            number = number * 10 + digits.getByte(i) - '0';
        }
        return number;
    }
}
