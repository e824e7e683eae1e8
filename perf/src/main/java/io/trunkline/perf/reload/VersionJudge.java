package io.trunkline.perf.reload;

import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.ConfigAppliedDecoder;
import io.trunkline.gateway.journal.codec.NamedDecoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.reload.Candidates.Candidate;
import io.trunkline.perf.sim.CarrierLog;
import io.trunkline.perf.sim.CarrierLogReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says of each unit which version routed it: the one in force at its place in the journal, which its record must name, whose
 * routes must send it to the carrier that the record names, in whose own log it must be found, and in no other's.
 */
public final class VersionJudge implements RecordHandler {
    private static final int CARRIER = 2;
    private static final int NAMED = 5;

    private final Candidates candidates;
    private final Map<String, Candidate> byHash;
    private final Set<Integer> refused;
    private final ConfigAppliedDecoder applied = new ConfigAppliedDecoder();
    private final NamedDecoder named = new NamedDecoder();
    private final UnitAcceptedDecoder accepted = new UnitAcceptedDecoder();
    private final Map<Integer, String> carrierNames = new HashMap<>();
    private final Map<Long, String> carrierOfUnit = new HashMap<>();
    /** The row that a version has for a prefix. */
    private final Map<Long, Integer> rows = new HashMap<>();

    private final Map<Integer, Long> unitsByVersion = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private int version;
    private Candidate inForce;
    private long versions;
    private long units;
    private long wrongVersion;
    private long wrongCarrier;
    private long wrongRow;
    private long refusedInForce;
    private long strays;

    /**
     * A judge of one journal.
     *
     * @param byHash every candidate by the hash that names it
     * @param refused numbers of candidates that must never have been in force
     */
    public VersionJudge(final Candidates candidates, final Map<String, Candidate> byHash, final Set<Integer> refused) {
        this.candidates = candidates;
        this.byHash = byHash;
        this.refused = refused;
    }

    @Override
    public void onRecord(final RecordView record) {
        switch (record.templateId()) {
            case ConfigAppliedDecoder.TEMPLATE_ID -> applied(record);
            case NamedDecoder.TEMPLATE_ID -> named(record);
            case UnitAcceptedDecoder.TEMPLATE_ID -> accepted(record);
            default -> {
                // Nothing about routing.
            }
        }
    }

    private void applied(final RecordView record) {
        applied.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final byte[] hash = new byte[applied.hashLength()];
        applied.getHash(hash, 0, hash.length);
        version = (int) applied.version();
        inForce = byHash.get(new String(hash, StandardCharsets.UTF_8));
        if (inForce != null) {
            versions++;
            if (refused.contains(inForce.number())) {
                refusedInForce++;
                name("version " + version + " is one that was refused");
            }
        }
    }

    private void named(final RecordView record) {
        named.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        if (named.kind() == CARRIER) {
            final byte[] name = new byte[named.nameLength()];
            named.getName(name, 0, name.length);
            carrierNames.put((int) named.number(), new String(name, StandardCharsets.UTF_8));
        }
    }

    private void accepted(final RecordView record) {
        accepted.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        if (accepted.referenceHi() != LoadRun.REFERENCE_HI) {
            return;
        }
        final long marker = accepted.referenceLo();
        final int itsVersion = (int) accepted.tableVersion();
        final int row = (int) accepted.routeRow();
        final String carrier = carrierNames.get(accepted.carrier());
        accepted.skipFrom();
        final byte[] to = new byte[accepted.toLength()];
        accepted.getTo(to, 0, to.length);
        units++;
        unitsByVersion.merge(itsVersion, 1L, Long::sum);
        carrierOfUnit.put(marker, String.valueOf(carrier));
        if (itsVersion != version) {
            wrongVersion++;
            name("unit " + record.unitId() + " names version " + itsVersion + " and " + version + " was in force");
        }
        final int prefix = candidates.prefixOf(new String(to, StandardCharsets.US_ASCII));
        if (inForce == null || prefix < 0 || !inForce.carriers().get(prefix).equals(carrier)) {
            wrongCarrier++;
            name("unit " + record.unitId() + " went to " + carrier + " by version " + itsVersion + ", which says "
                    + (inForce == null || prefix < 0
                            ? "nothing"
                            : inForce.carriers().get(prefix)));
        }
        final Integer known = rows.putIfAbsent(((long) itsVersion << Integer.SIZE) | prefix, row);
        if (known != null && known != row) {
            wrongRow++;
            name("unit " + record.unitId() + " names row " + row + ", another one of its prefix " + known);
        }
    }

    private void name(final String what) {
        if (examples.size() < NAMED) {
            examples.add(what);
        }
    }

    /** Reads a carrier's own log: what it got must have been sent to it. */
    public void carrier(final String name, final Path log) {
        CarrierLogReader.forEach(log, entry -> {
            if (entry.kind() == CarrierLog.Kind.SUBMIT && !name.equals(carrierOfUnit.get(entry.marker()))) {
                strays++;
                name("unit with marker " + entry.marker() + " was at " + name + ", the journal says "
                        + carrierOfUnit.get(entry.marker()));
            }
        });
    }

    /** Candidates that the journal says were in force. */
    public long versions() {
        return versions;
    }

    public long units() {
        return units;
    }

    /** Versions by which a unit was routed. */
    public int versionsUsed() {
        return unitsByVersion.size();
    }

    public long wrongVersion() {
        return wrongVersion;
    }

    public long wrongCarrier() {
        return wrongCarrier;
    }

    public long wrongRow() {
        return wrongRow;
    }

    public long refusedInForce() {
        return refusedInForce;
    }

    /** Submits at a carrier to which no version sent them. */
    public long strays() {
        return strays;
    }

    /** The first few that are not as they should be. */
    public List<String> examples() {
        return List.copyOf(examples);
    }
}
