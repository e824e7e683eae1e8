package io.trunkline.gateway.calls;

import io.trunkline.sip.locate.Target;
import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.trunk.Refusal;
import io.trunkline.sip.trunk.Trunk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Trunks as operators see them. */
final class TrunkRows {
    private TrunkRows() {}

    static List<TrunkRow> of(final Collection<Peer> peers, final long nowMs) {
        final List<TrunkRow> rows = new ArrayList<>();
        peers.forEach(peer -> rows.add(row(peer, nowMs)));
        rows.sort(Comparator.comparing(TrunkRow::carrier)
                .thenComparing(TrunkRow::tenant)
                .thenComparing(TrunkRow::name));
        return rows;
    }

    private static TrunkRow row(final Peer peer, final long nowMs) {
        final Trunk trunk = peer.trunk();
        final TrunkMeter meter = peer.meter();
        final List<Destination> addresses = trunk.addresses().all();
        final int up = (int) addresses.stream()
                .filter(address -> trunk.addresses().health().isUsable(address, nowMs))
                .count();
        return new TrunkRow(
                peer.isPlatform() ? "" : peer.identity().owner(),
                peer.isPlatform() ? peer.identity().owner() : "",
                peer.identity().name(),
                peer(trunk.settings().target()),
                state(trunk, nowMs),
                addresses.size(),
                up,
                trunk.admission().calls(),
                trunk.settings().limits().maxCalls(),
                meter.attempts,
                meter.answered,
                meter.failed,
                meter.received,
                meter.limited,
                meter.messages,
                meter.messagesTaken,
                meter.messagesRefused + meter.messagesLost);
    }

    private static String state(final Trunk trunk, final long nowMs) {
        final Refusal why = trunk.state(nowMs);
        final boolean callsOnly = trunk.settings().target() == null && why == Refusal.DOWN;
        return why == Refusal.NONE || callsOnly
                ? "up"
                : why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String peer(final Target target) {
        if (target == null) {
            return "";
        }
        final String host = target.host().indexOf(':') < 0 ? target.host() : "[" + target.host() + "]";
        return host
                + (target.port() == 0 ? "" : ":" + target.port())
                + (target.transport() == null
                        ? ""
                        : "/" + target.transport().name().toLowerCase(Locale.ROOT));
    }
}
