package io.trunkline.gateway.billing.cdr;

import io.trunkline.gateway.billing.Rated;
import io.trunkline.gateway.billing.Rater;
import io.trunkline.gateway.billing.UnitFacts;
import io.trunkline.gateway.engine.PackedSender;
import io.trunkline.gateway.journal.NamesByNumber;
import org.agrona.concurrent.UnsafeBuffer;

/** All that a call detail record is written from; reused. */
final class CdrRecord {
    private final NamesByNumber names;
    private final Rater rater;
    private final Rated rated = new Rated();
    private final UnsafeBuffer octets = new UnsafeBuffer(new byte[PackedSender.MAX_LENGTH]);
    private UnitFacts facts;

    CdrRecord(final NamesByNumber names, final Rater rater) {
        this.names = names;
        this.rater = rater;
    }

    /** Rates a message. */
    CdrRecord of(final UnitFacts unit) {
        facts = unit;
        rater.rate(unit, rated);
        return this;
    }

    UnitFacts facts() {
        return facts;
    }

    Rated rated() {
        return rated;
    }

    Rater rater() {
        return rater;
    }

    /** Room for a sender. */
    UnsafeBuffer octets() {
        return octets;
    }

    NamesByNumber names() {
        return names;
    }

    /** The taker that the columns of cost and fee are of: the carrier that the unit was with in the end; -1 for none. */
    int mainTaker() {
        if (facts.takers() == 0) {
            return rated.costSegments(0) > 0 || rated.feeSegments(0) > 0 ? 0 : -1;
        }
        return facts.mainTaker();
    }
}
