package io.trunkline.gateway.calls;

import io.trunkline.gateway.calls.CallServer.Counted;
import io.trunkline.sip.call.CallCounters;
import io.trunkline.sip.media.RelayCounters;
import io.trunkline.sip.stir.Outcome;
import io.trunkline.sip.stir.StirCounters;
import io.trunkline.sip.transaction.TransactionCounters;
import io.trunkline.sip.transport.TransportCounters;
import io.trunkline.sip.trunk.DoorCounters;

/** What calls have counted, under stable names. */
final class CallFigures {
    private static final String TRUNK = "trunk";

    private CallFigures() {}

    static void of(final CallServer calls, final Counted into) {
        desk(calls, into);
        refusals(calls.dispatchCounters(), into);
        signatures(calls.stirCounters(), into);
        messages(calls.messageCounters(), into);
        door(calls.trunkList().door().counters(), into);
        transactions(calls, into);
        transport(calls.sockets().transport().counters(), into);
        add(into, "sip.mirrored", calls.sockets().mirrored());
        add(into, "sip.not.mirrored", calls.sockets().notMirrored());
        if (calls.media() != null) {
            relay(calls.media(), into);
        }
        for (final Peer peer : calls.book().all()) {
            trunk(peer, into);
            if (peer.identity().spend().isPresent()) {
                into.level("calls.hour.cost.micros", "tenant", peer.identity().owner(), calls.spent(peer));
            }
        }
    }

    private static void desk(final CallServer calls, final Counted into) {
        final CallCounters counters = calls.desk().counters();
        level(into, "calls.open", calls.open());
        level(into, "calls.lingering", calls.lingering());
        level(into, "calls.leaked", calls.leaks() ? 1 : 0);
        add(into, "calls.offered", counters.offered());
        add(into, "calls.answered", counters.answered());
        add(into, "calls.ended", counters.ended());
        add(into, "calls.refused.at.limit", counters.refusedAtLimit());
        add(into, "calls.refused.draining", counters.refusedDraining());
        add(into, "calls.refused.overloaded", counters.refusedOverloaded());
        add(into, "calls.loops", counters.loops());
        add(into, "calls.dialogs.unknown", counters.unknownDialogs());
        add(into, "calls.answers.orphaned", counters.orphanAnswers());
        add(into, "calls.answers.repeated", counters.answersRepeated());
        add(into, "calls.requests.not.sent", counters.notSent());
    }

    private static void refusals(final DispatchCounters counters, final Counted into) {
        add(into, "calls.refused", counters.refused);
        into.add("calls.refused.for", "reason", "number", counters.withoutNumber);
        into.add("calls.refused.for", "reason", "barred", counters.barred);
        into.add("calls.refused.for", "reason", "cost", counters.overCost);
        into.add("calls.refused.for", "reason", "no-route", counters.withoutRoute);
        into.add("calls.refused.for", "reason", "no-trunk", counters.withoutTrunk);
        into.add("calls.refused.for", "reason", "unowned", counters.unowned);
        into.add("calls.refused.for", "reason", "storage", counters.withoutStorage);
    }

    private static void signatures(final StirCounters counters, final Counted into) {
        add(into, "calls.signed", counters.signed());
        add(into, "calls.not.signed", counters.notSigned());
        for (final Outcome outcome : Outcome.values()) {
            into.add("calls.verified", "outcome", CallVerdict.of(outcome).word(), counters.ended(outcome));
        }
    }

    private static void messages(final MessageCounters counters, final Counted into) {
        add(into, "sip.message.received", counters.received);
        add(into, "sip.message.accepted", counters.accepted);
        add(into, "sip.message.repeated", counters.repeated);
        add(into, "sip.message.refused", counters.refused);
    }

    private static void door(final DoorCounters counters, final Counted into) {
        add(into, "sip.strangers.requests", counters.unknownRequests());
        add(into, "sip.strangers.responses", counters.unknownResponses());
        add(into, "sip.scanners", counters.scanners());
        add(into, "sip.banned", counters.banned());
        add(into, "sip.challenged", counters.challenged());
        add(into, "sip.authenticated", counters.authenticated());
        add(into, "sip.passwords.wrong", counters.wrong());
        add(into, "sip.replayed", counters.replayed());
    }

    private static void transactions(final CallServer calls, final Counted into) {
        final TransactionCounters counters = calls.layer().counters();
        level(into, "sip.transactions.client", calls.layer().clientTransactions());
        level(into, "sip.transactions.server", calls.layer().serverTransactions());
        add(into, "sip.retransmissions.sent", counters.retransmissionsSent());
        add(into, "sip.retransmissions.received", counters.retransmissionsReceived());
        add(into, "sip.responses.stray", counters.strayResponses());
        add(into, "sip.requests.faulty", counters.faultyRequests());
        add(into, "sip.responses.faulty", counters.faultyResponses());
        add(into, "sip.transactions.refused.at.limit", counters.refusedAtLimit());
        add(into, "sip.requests.refused.without.transaction", counters.refusedByUser());
        add(into, "sip.messages.not.stored", counters.notStored());
    }

    private static void transport(final TransportCounters counters, final Counted into) {
        add(into, "sip.messages.in", counters.messagesIn());
        add(into, "sip.messages.out", counters.messagesOut());
        add(into, "sip.octets.in", counters.octetsIn());
        add(into, "sip.octets.out", counters.octetsOut());
        add(into, "sip.noise", counters.noise());
        add(into, "sip.datagrams.oversized", counters.oversizedDatagrams());
        add(into, "sip.datagrams.dropped", counters.datagramsDropped());
        add(into, "sip.connections.refused", counters.refusedConnections());
        add(into, "sip.connections.slow.readers", counters.slowReaders());
        add(into, "sip.tls.failed", counters.tlsFailed());
        add(into, "sip.rerouted", counters.rerouted());
        add(into, "sip.io.errors", counters.ioErrors());
        add(into, "sip.handler.faults", counters.handlerFaults());
    }

    private static void relay(final AnchoredMedia media, final Counted into) {
        final RelayCounters counters = media.counters();
        level(into, "media.relay.dead", media.isDead() ? 1 : 0);
        level(into, "media.calls", media.calls());
        add(into, "media.passed", media.passed());
        add(into, "media.refused", media.refused());
        add(into, "media.relay.asked", counters.asked());
        add(into, "media.relay.repeated", counters.repeated());
        add(into, "media.relay.errors", counters.errors());
        add(into, "media.relay.silent", counters.silent());
        add(into, "media.relay.not.asked", counters.notAsked());
        add(into, "media.relay.strays", counters.strays() + counters.malformed());
    }

    private static void trunk(final Peer peer, final Counted into) {
        final TrunkMeter meter = peer.meter();
        final String name = peer.toString();
        into.level("trunk.calls.open", TRUNK, name, peer.calls());
        into.add("trunk.attempts", TRUNK, name, meter.attempts);
        into.add("trunk.answered", TRUNK, name, meter.answered);
        into.add("trunk.failed", TRUNK, name, meter.failed);
        into.add("trunk.received", TRUNK, name, meter.received);
        into.add("trunk.limited", TRUNK, name, meter.limited);
        into.add("trunk.messages", TRUNK, name, meter.messages);
        into.add("trunk.messages.taken", TRUNK, name, meter.messagesTaken);
        into.add("trunk.messages.refused", TRUNK, name, meter.messagesRefused);
        into.add("trunk.messages.lost", TRUNK, name, meter.messagesLost);
        into.level(
                "trunk.transactions",
                TRUNK,
                name,
                peer.trunk().admission().share().held());
        into.add(
                "trunk.transactions.refused",
                TRUNK,
                name,
                peer.trunk().admission().share().refused());
        into.add("trunk.setup.ms", TRUNK, name, meter.setupMs);
        into.add("trunk.talked.s", TRUNK, name, meter.talkedSec);
        meter.statuses().forEach((status, count) -> into.add("trunk.failed.with", TRUNK, name + " " + status, count));
    }

    private static void add(final Counted into, final String name, final long count) {
        into.add(name, "", "", count);
    }

    private static void level(final Counted into, final String name, final long now) {
        into.level(name, "", "", now);
    }
}
