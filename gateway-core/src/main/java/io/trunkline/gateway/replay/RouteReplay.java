package io.trunkline.gateway.replay;

import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.ConfigAppliedDecoder;
import io.trunkline.gateway.journal.codec.NamedDecoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.collections.Int2IntHashMap;

/**
 * Folds a journal: every unit that was accepted in a span of time is routed by a candidate and compared with where it went.
 * The same records and the same candidate give the same result.
 */
public final class RouteReplay implements RecordHandler {
    private static final int NOT_SEEN = -1;

    private final CandidateRoutes candidate;
    private final PastRoutes past;
    private final long fromNs;
    private final long toNs;
    private final Tallies tallies;

    private final ConfigAppliedDecoder applied = new ConfigAppliedDecoder();
    private final RecordedUnit unit = new RecordedUnit();
    /** The journal's numbers, as the candidate and the tallies have them. */
    private final Int2IntHashMap tenants = new Int2IntHashMap(NOT_SEEN);

    private final Int2IntHashMap carriers = new Int2IntHashMap(NOT_SEEN);
    private NamesByNumber names = new NamesByNumber();
    private long journalFirstNs;
    private long journalLastNs;
    private long undecodable;

    /**
     * A replay of some time.
     *
     * @param fromNs units accepted from then on, nanoseconds since the epoch
     * @param toNs units accepted before
     */
    public RouteReplay(final CandidateRoutes candidate, final PastRoutes past, final long fromNs, final long toNs) {
        this.candidate = candidate;
        this.past = past;
        this.fromNs = fromNs;
        this.toNs = toNs;
        tallies = new Tallies(candidate);
        candidate.begin();
    }

    /**
     * The records that follow are of one shard's journal, which has its own numbers for tenants and carriers.
     *
     * @param itsNames that journal's names, taken ahead of its records; those that are met now are added
     */
    public void journal(final NamesByNumber itsNames) {
        names = itsNames;
        tenants.clear();
        carriers.clear();
    }

    @Override
    public void onRecord(final RecordView record) {
        try {
            switch (record.templateId()) {
                case UnitAcceptedDecoder.TEMPLATE_ID -> unit(record);
                case NamedDecoder.TEMPLATE_ID -> names.onNamed(record);
                case ConfigAppliedDecoder.TEMPLATE_ID -> applied(record);
                default -> {
                    // What became of the units is another question.
                }
            }
        } catch (final IndexOutOfBoundsException e) {
            // Written so: its checksum is right. Counted, and said in the result.
            undecodable++;
        }
    }

    private void applied(final RecordView record) {
        applied.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final byte[] hash = new byte[applied.hashLength()];
        applied.getHash(hash, 0, hash.length);
        past.inForce((int) applied.version(), new String(hash, StandardCharsets.UTF_8));
    }

    private void unit(final RecordView record) {
        journalFirstNs = journalFirstNs == 0 ? record.wallTimeNs() : journalFirstNs;
        journalLastNs = Math.max(journalLastNs, record.wallTimeNs());
        if (record.wallTimeNs() < fromNs || record.wallTimeNs() >= toNs) {
            return;
        }
        unit.wrap(record);
        final int before = carrier(unit.recordedCarrier());
        unit.tenant(tenant(unit.recordedTenant()));
        final Verdict verdict = unit.tenant() == CandidateRoutes.NO_TENANT ? Verdict.NO_TENANT : candidate.route(unit);
        final long costBefore =
                past.costMicros(unit.tableVersion(), unit.routeRow(), names.carrier(unit.recordedCarrier()));
        tallies.add(unit, before, verdict, costBefore);
    }

    private int tenant(final int number) {
        int known = tenants.get(number);
        if (known == NOT_SEEN) {
            if (!names.knowsTenant(number)) {
                // Its name was in a record that is damaged; the next checkpoint may tell.
                return CandidateRoutes.NO_TENANT;
            }
            known = candidate.tenant(names.tenant(number));
            tenants.put(number, known);
        }
        return known;
    }

    private int carrier(final int number) {
        int known = carriers.get(number);
        if (known == NOT_SEEN) {
            known = tallies.carrier(names.carrier(number));
            if (names.knowsCarrier(number)) {
                carriers.put(number, known);
            }
        }
        return known;
    }

    /** Units that were replayed so far. */
    public long units() {
        return tallies.units();
    }

    /** Acceptance of the newest unit met, in or out of the span, nanoseconds since the epoch; 0 before the first. */
    public long journalLastNs() {
        return journalLastNs;
    }

    /** Acceptance of the oldest unit of the journal; 0 where there is none. */
    public long journalFirstNs() {
        return journalFirstNs;
    }

    /**
     * What came of it.
     *
     * @param destinations most rows to list
     */
    public ReplayResult result(final int destinations) {
        return tallies.result(destinations, undecodable);
    }
}
