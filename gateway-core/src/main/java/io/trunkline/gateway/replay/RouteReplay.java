package io.trunkline.gateway.replay;

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
    private static final int KIND_TENANT = 1;
    private static final int KIND_CARRIER = 2;
    private static final int NOT_SEEN = -1;

    private final CandidateRoutes candidate;
    private final PastRoutes past;
    private final long fromNs;
    private final long toNs;
    private final Tallies tallies;

    private final NamedDecoder named = new NamedDecoder();
    private final ConfigAppliedDecoder applied = new ConfigAppliedDecoder();
    private final RecordedUnit unit = new RecordedUnit();
    /** The journal's numbers, as the candidate and the tallies have them. */
    private final Int2IntHashMap tenants = new Int2IntHashMap(NOT_SEEN);

    private final Int2IntHashMap carriers = new Int2IntHashMap(NOT_SEEN);
    private JournalNames names = new JournalNames();
    private long unnamed;
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
     * @param known names met before, by another reading of this journal; those that are met now are added
     */
    public void journal(final JournalNames known) {
        names = known;
        tenants.clear();
        carriers.clear();
    }

    @Override
    public void onRecord(final RecordView record) {
        try {
            switch (record.templateId()) {
                case UnitAcceptedDecoder.TEMPLATE_ID -> unit(record);
                case NamedDecoder.TEMPLATE_ID -> named(record);
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

    private void named(final RecordView record) {
        named.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final int number = (int) named.number();
        final byte[] bytes = new byte[named.nameLength()];
        named.getName(bytes, 0, bytes.length);
        final String name = new String(bytes, StandardCharsets.UTF_8);
        if (named.kind() == KIND_TENANT) {
            names.tenant(number, name);
        } else if (named.kind() == KIND_CARRIER) {
            names.carrier(number, name);
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
            final String name = names.tenant(number);
            if (name == null) {
                unnamed++;
                return CandidateRoutes.NO_TENANT;
            }
            known = candidate.tenant(name);
            tenants.put(number, known);
        }
        return known;
    }

    private int carrier(final int number) {
        int known = carriers.get(number);
        if (known == NOT_SEEN) {
            final String name = names.carrier(number);
            if (name == null) {
                unnamed++;
                return tallies.carrier("?" + number);
            }
            known = tallies.carrier(name);
            carriers.put(number, known);
        }
        return known;
    }

    /**
     * How often a unit named a tenant or carrier whose name had not been met: it comes later in a journal whose oldest files
     * are gone. Another reading, with the names that this one has met, tells them.
     */
    public long unnamed() {
        return unnamed;
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
