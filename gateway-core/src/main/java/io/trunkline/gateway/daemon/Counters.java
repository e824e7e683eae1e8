package io.trunkline.gateway.daemon;

import io.trunkline.gateway.admin.Rows.CounterRow;
import io.trunkline.gateway.calls.CallCounters;
import io.trunkline.gateway.calls.CallLedger;
import io.trunkline.gateway.calls.CallUnitState;
import io.trunkline.gateway.engine.EngineCounters;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.engine.limits.TrafficLimits;
import io.trunkline.gateway.events.EventStreamCounters;
import io.trunkline.gateway.events.ReplayCounters;
import io.trunkline.gateway.upstream.UpstreamCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The counters that belong to no carrier, bind or tenant, under stable names. */
final class Counters {
    private Counters() {}

    static List<CounterRow> of(final ShardWork work, final ShardMeter meter) {
        final List<CounterRow> rows = new ArrayList<>();
        engine(work.engine().counters(), rows);
        limits(work, rows);
        calls(work.calls(), rows);
        upstream(work.upstreamCounters(), rows);
        events(work.streams().counters(), rows);
        replays(work.replays().counters(), rows);
        work.sip().count(rows);
        add(rows, "shard.allocated.bytes", meter.allocatedBytes());
        add(rows, "shard.cpu.ns", meter.cpuNs());
        add(rows, "shard.cycles", meter.cycles());
        add(rows, "shard.cycles.idle", meter.idleCycles());
        return rows;
    }

    private static void engine(final EngineCounters counters, final List<CounterRow> rows) {
        add(rows, "units.accepted", counters.accepted);
        add(rows, "units.duplicate", counters.duplicates);
        add(rows, "units.refused", counters.refused);
        add(rows, "units.barred", counters.barred);
        add(rows, "units.bodies.reloaded", counters.bodiesReloaded);
        add(rows, "units.retried", counters.retries);
        add(rows, "units.rerouted", counters.reroutes);
        for (final UnitState state : UnitState.values()) {
            if (state.terminal()) {
                final String word = state.name().toLowerCase(Locale.ROOT);
                rows.add(new CounterRow("units.closed", "state", word, counters.closed[state.number()]));
            }
        }
        add(rows, "segments.written", counters.segmentsWritten);
        add(rows, "segments.accepted", counters.segmentsAccepted);
        add(rows, "segments.refused", counters.segmentsRefused);
        add(rows, "segments.in.doubt", counters.segmentsInDoubt);
        add(rows, "segments.answers.late", counters.lateAnswers);
        add(rows, "segments.statuses.unmapped", counters.unmappedStatuses);
        add(rows, "units.not.carried", counters.notCarried);
        add(rows, "receipts.matched", counters.receiptsMatched);
        add(rows, "receipts.intermediate", counters.receiptsIntermediate);
        add(rows, "receipts.early", counters.receiptsEarly);
        add(rows, "receipts.repeated", counters.receiptsRepeated);
        add(rows, "receipts.unmatched", counters.receiptsUnmatched);
        add(rows, "inbound.segments", counters.inboundSegments);
        add(rows, "inbound.messages", counters.inboundMessages);
        add(rows, "inbound.unowned", counters.inboundUnowned);
    }

    private static void calls(final CallLedger ledger, final List<CounterRow> rows) {
        final CallCounters counters = ledger.counters();
        add(rows, "calls.journaled", counters.started);
        for (final CallUnitState state : CallUnitState.values()) {
            if (state.terminal()) {
                rows.add(new CounterRow("calls.outcomes", "outcome", state.word(), counters.ended[state.number()]));
            }
        }
        add(rows, "calls.records.strays", counters.strays);
    }

    private static void limits(final ShardWork work, final List<CounterRow> rows) {
        for (final TrafficLimits.View limit : work.engine().view().trafficLimits()) {
            rows.add(new CounterRow("limits.refused", "limit", limit.name(), limit.refused()));
            rows.add(new CounterRow("limits.without.room", "limit", limit.name(), limit.withoutRoom()));
        }
    }

    private static void upstream(final UpstreamCounters counters, final List<CounterRow> rows) {
        add(rows, "upstream.connections.accepted", counters.connectionsAccepted);
        add(rows, "upstream.connections.over.cap", counters.connectionsOverCap);
        add(rows, "upstream.not.authenticated", counters.notAuthenticated);
        add(rows, "upstream.address.not.allowed", counters.addressNotAllowed);
        add(rows, "upstream.locked.out", counters.lockedOut);
        add(rows, "upstream.malformed", counters.malformed);
        add(rows, "upstream.over.credit", counters.overCredit);
        add(rows, "upstream.read.pauses", counters.readPauses);
        add(rows, "upstream.queries", counters.queries);
    }

    private static void events(final EventStreamCounters counters, final List<CounterRow> rows) {
        add(rows, "events.live", counters.live);
        add(rows, "events.from.tail", counters.fromTail);
        add(rows, "events.from.journal", counters.fromJournal);
        add(rows, "events.refused.by.sink", counters.refusedBySink);
        add(rows, "events.lost", counters.lost);
        add(rows, "events.fetches", counters.fetches);
        add(rows, "events.fetches.failed", counters.fetchesFailed);
    }

    private static void replays(final ReplayCounters counters, final List<CounterRow> rows) {
        add(rows, "replays.begun", counters.begun);
        add(rows, "replays.refused", counters.refused);
        add(rows, "replays.gone", counters.gone);
        add(rows, "replays.events", counters.events);
        add(rows, "replays.held", counters.held);
    }

    private static void add(final List<CounterRow> rows, final String name, final long count) {
        rows.add(new CounterRow(name, "", "", count));
    }
}
