package io.trunkline.gateway.billing;

import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.BillingSettings.Charge;
import io.trunkline.gateway.config.BillingSettings.PriceException;
import io.trunkline.gateway.config.BillingSettings.Segments;
import io.trunkline.gateway.engine.PackedSender;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.routing.rates.RateBook;
import io.trunkline.routing.rates.RateKind;
import io.trunkline.routing.rates.RateQuery;
import io.trunkline.routing.rates.Rounding;
import io.trunkline.routing.rates.SenderClasses;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Says what is owed for a message or a call: facts and decks in, amounts out, nothing kept. A price is that of the time of acceptance; a
 * carrier's cost and fee are those of the time at which that carrier took its first segment. A tenant never pays for more
 * segments than the message has, however often it was sent; a carrier charges for every one that it took.
 *
 * <p>Used by one thread.
 */
public final class Rater {
    private static final int MS_PER_SECOND = 1000;
    private static final int ABSENT = -1;
    private static final int KNOWN_BITS = 8;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final RateBook rates;
    private final SenderClasses senders;
    private final NamesByNumber names;
    private final Rounding rounding;
    private final Map<BillingOutcome, Charge> charges;
    private final Int2ObjectHashMap<Segments> exceptions = new Int2ObjectHashMap<>();
    private final Int2IntHashMap tenantOwners = new Int2IntHashMap(ABSENT);
    private final Int2IntHashMap carrierOwners = new Int2IntHashMap(ABSENT);
    private final RateQuery query;
    private final UnsafeBuffer sender = new UnsafeBuffer(new byte[PackedSender.MAX_LENGTH]);
    /** Senders met of late, by a hash of them, and their classes; a slot that was never filled is of no sender. */
    private final long[] knownHi = new long[1 << KNOWN_BITS];

    private final long[] knownLo = new long[1 << KNOWN_BITS];
    private final int[] knownClass = new int[1 << KNOWN_BITS];

    public Rater(final BillingConfig config, final NamesByNumber names) {
        this(config, config.rates(), names, new RateQuery());
    }

    /**
     * One of several that rate the same units.
     *
     * @param rates those of the configuration
     * @param query what all of them look up with, one after the other
     */
    Rater(final BillingConfig config, final RateBook rates, final NamesByNumber names, final RateQuery query) {
        this.rates = rates;
        this.query = query;
        this.senders = config.senders();
        this.names = names;
        rounding = new Rounding(
                config.settings().rounding().mode(),
                config.settings().rounding().decimals());
        final var billable = config.settings().billable();
        charges = new EnumMap<>(Map.of(
                BillingOutcome.DELIVERED, billable.delivered(),
                BillingOutcome.UNDELIVERED, billable.undelivered(),
                BillingOutcome.UNKNOWN, billable.unknown(),
                BillingOutcome.IN_DOUBT, billable.inDoubt(),
                BillingOutcome.FAILED, billable.failed(),
                BillingOutcome.EXPIRED, billable.expired(),
                BillingOutcome.CANCELLED, billable.cancelled(),
                BillingOutcome.RECEIVED, billable.received()));
        final List<PriceException> rules = config.settings().exceptions();
        rules.forEach(rule -> exceptions.putIfAbsent(rule.error().number(), rule.price()));
    }

    /** The decks that it looks into. */
    public RateBook rates() {
        return rates;
    }

    public SenderClasses senders() {
        return senders;
    }

    /** What the tenant pays for a message that is open, if it ends well. */
    public long expected(final UnitFacts facts, final Rated into) {
        begin(facts, into);
        final Segments which = charges.get(BillingOutcome.DELIVERED).price();
        price(facts, which == Segments.NONE || which == Segments.ONCE ? which : Segments.ALL, into);
        return into.price;
    }

    /** Fills in what is owed. */
    public void rate(final UnitFacts facts, final Rated into) {
        begin(facts, into);
        if (facts.service.isCall()) {
            call(facts, into);
            return;
        }
        final Charge charge = charges.get(facts.outcome);
        final Segments excepted = exceptions.isEmpty() ? null : exceptions.get(facts.errorCode);
        price(facts, excepted == null ? charge.price() : excepted, into);
        if (facts.outcome == BillingOutcome.RECEIVED) {
            received(facts, charge, into);
            return;
        }
        for (int taker = 0; taker < facts.takers(); taker++) {
            query.owner = carrierOwner(facts.takerCarrier(taker));
            query.atSecond = Math.floorDiv(facts.takenAtMs(taker), MS_PER_SECOND);
            cost(facts, taker, ofTaker(charge.cost(), facts, taker), into);
            fee(facts, taker, ofTaker(charge.fee(), facts, taker), into);
        }
    }

    /**
     * A call is owed for where it was answered, from the answer on: by seconds as the terms of its rate count them. One whose end
     * is not known is owed for until it was last seen.
     */
    private void call(final UnitFacts facts, final Rated into) {
        final long talkMs = facts.call.talkMs;
        if (talkMs == CallFacts.NONE) {
            return;
        }
        query.owner = tenantOwner(facts.tenant);
        query.atSecond = Math.floorDiv(facts.acceptedAtMs, MS_PER_SECOND);
        into.priceRow = rates.find(RateKind.PRICE, facts.service, query);
        into.priceMissing = into.priceRow == RateBook.NO_RATE;
        into.priceSeconds = seconds(into.priceRow, talkMs);
        into.price = charge(into.priceRow, talkMs);
        if (facts.takers() == 0) {
            return;
        }
        query.owner = carrierOwner(facts.carrier);
        query.atSecond = Math.floorDiv(facts.takenAtMs(0), MS_PER_SECOND);
        final int cost = rates.find(RateKind.COST, facts.service, query);
        into.costMissing = cost == RateBook.NO_RATE;
        into.costSeconds = seconds(cost, talkMs);
        into.cost(0, cost, 0, charge(cost, talkMs));
        final int fee = rates.find(RateKind.FEE, facts.service, query);
        into.feeSeconds = seconds(fee, talkMs);
        into.fee(0, fee, 0, charge(fee, talkMs));
    }

    private long seconds(final int row, final long talkMs) {
        return row == RateBook.NO_RATE ? 0 : rates.terms(row).billedSeconds(talkMs);
    }

    private long charge(final int row, final long talkMs) {
        return row == RateBook.NO_RATE ? 0 : rates.terms(row).charge(rates.micros(row), talkMs, rounding);
    }

    private void begin(final UnitFacts facts, final Rated into) {
        into.reset(Math.max(1, facts.takers()));
        into.senderClass = senderClass(facts.senderHi, facts.senderLo);
        query.number(facts.destination);
        query.network = facts.network;
        query.senderClass = into.senderClass;
    }

    /** Most messages are from one of a few senders. */
    private int senderClass(final long hi, final long lo) {
        final int slot = (int) (((hi ^ lo) * MIX) >>> (Long.SIZE - KNOWN_BITS));
        if (knownHi[slot] != hi || knownLo[slot] != lo) {
            knownHi[slot] = hi;
            knownLo[slot] = lo;
            knownClass[slot] = senders.of(sender, 0, PackedSender.unpack(hi, lo, sender, 0));
        }
        return knownClass[slot];
    }

    private void price(final UnitFacts facts, final Segments which, final Rated into) {
        into.priceSegments = ofUnit(which, facts);
        if (into.priceSegments == 0) {
            return;
        }
        query.owner = tenantOwner(facts.tenant);
        query.atSecond = Math.floorDiv(facts.acceptedAtMs, MS_PER_SECOND);
        into.priceRow = rates.find(RateKind.PRICE, facts.service, query);
        into.priceMissing = into.priceRow == RateBook.NO_RATE;
        into.price = amount(into.priceRow, into.priceSegments);
    }

    private void cost(final UnitFacts facts, final int taker, final int segments, final Rated into) {
        if (segments > 0) {
            final int row = rates.find(RateKind.COST, facts.service, query);
            into.costMissing |= row == RateBook.NO_RATE;
            into.cost(taker, row, segments, amount(row, segments));
        }
    }

    private void fee(final UnitFacts facts, final int taker, final int segments, final Rated into) {
        if (segments > 0) {
            final int row = rates.find(RateKind.FEE, facts.service, query);
            into.fee(taker, row, row == RateBook.NO_RATE ? 0 : segments, amount(row, segments));
        }
    }

    /** By the row that was found last. */
    private long amount(final int row, final int segments) {
        return row == RateBook.NO_RATE ? 0 : Math.multiplyExact(query.micros, segments);
    }

    /** A message from a handset has one carrier, which took nothing from us. */
    private void received(final UnitFacts facts, final Charge charge, final Rated into) {
        query.owner = carrierOwner(facts.carrier);
        query.atSecond = Math.floorDiv(facts.acceptedAtMs, MS_PER_SECOND);
        cost(facts, 0, ofUnit(charge.cost(), facts), into);
        fee(facts, 0, ofUnit(charge.fee(), facts), into);
    }

    private static int ofUnit(final Segments which, final UnitFacts facts) {
        return switch (which) {
            case NONE -> 0;
            case TAKEN -> Math.min(facts.segments, facts.takenByAll());
            case WRITTEN -> Math.min(facts.segments, facts.takenByAll() + facts.doubtedByAll());
            case DELIVERED -> facts.segmentsDelivered;
            case ALL -> facts.segments;
            case ONCE -> 1;
        };
    }

    private static int ofTaker(final Segments which, final UnitFacts facts, final int taker) {
        final int taken = facts.taken(taker);
        return switch (which) {
            case NONE -> 0;
            case TAKEN -> taken;
            case WRITTEN -> taken + facts.doubted(taker);
            case DELIVERED -> facts.takerCarrier(taker) == facts.carrier ? Math.min(taken, facts.segmentsDelivered) : 0;
            case ALL -> facts.takerCarrier(taker) == facts.carrier ? Math.max(taken, facts.segments) : taken;
            case ONCE -> Math.min(1, taken);
        };
    }

    private int tenantOwner(final int number) {
        final int owner = tenantOwners.get(number);
        return owner == ABSENT ? owner(tenantOwners, number, names.knowsTenant(number), names.tenant(number)) : owner;
    }

    private int carrierOwner(final int number) {
        final int owner = carrierOwners.get(number);
        return owner == ABSENT
                ? owner(carrierOwners, number, names.knowsCarrier(number), names.carrier(number))
                : owner;
    }

    /** One that was not named yet may be later. */
    private int owner(final Int2IntHashMap owners, final int number, final boolean named, final String name) {
        final int owner = rates.owner(name);
        if (named) {
            owners.put(number, owner);
        }
        return owner;
    }
}
