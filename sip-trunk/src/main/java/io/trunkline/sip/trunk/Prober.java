package io.trunkline.sip.trunk;

import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.TransactionEnd;
import io.trunkline.sip.transport.Destination;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks every address of a trunk with OPTIONS whether it is there (RFC 3261 §11). */
final class Prober {
    private static final int FIRST_FINAL = 200;

    /** One OPTIONS; only the newest one to an address counts. */
    private final class Probe implements OwnRequest {
        private final Destination destination;
        private final long sentMs;
        private boolean judged;

        Probe(final Destination destination, final long sentMs) {
            this.destination = destination;
            this.sentMs = sentMs;
        }

        @Override
        public void onResponse(final ClientTransaction transaction, final SipMessage response) {
            if (response.status() >= FIRST_FINAL) {
                trunk.noteLoad(destination, response, trunk.nowMs());
                judge(!probing.failures().contains(response.status()));
            }
        }

        @Override
        public void onEnded(final TransactionEnd end) {
            judge(false);
        }

        void judge(final boolean answered) {
            if (judged) {
                return;
            }
            judged = true;
            if (answered) {
                trunk.counters().probesAnswered++;
                trunk.answered(destination);
            } else {
                trunk.counters().probesFailed++;
                trunk.failed(destination);
            }
        }
    }

    private final Trunk trunk;
    private final Probing probing;
    private final OwnRequests requests;
    private final String uri;
    private final String self;
    private final String fromTag;
    private final String callId;
    private final Map<Destination, Probe> latest = new HashMap<>();
    private long knownChanges;
    private long cseq;

    Prober(final Trunk trunk, final Probing probing, final OwnRequests requests) {
        this.trunk = trunk;
        this.probing = probing;
        this.requests = requests;
        uri = trunk.peerUri();
        self = "<" + uri + ">";
        fromTag = requests.token();
        callId = requests.token();
    }

    void poll(final long nowMs) {
        final List<Destination> addresses = trunk.addresses().all();
        if (trunk.addresses().changes() != knownChanges) {
            latest.keySet().retainAll(addresses);
            knownChanges = trunk.addresses().changes();
        }
        for (int i = 0; i < addresses.size(); i++) {
            final Destination destination = addresses.get(i);
            final Probe probe = latest.get(destination);
            if (probe != null && !probe.judged && nowMs - probe.sentMs >= probing.timeoutMs()) {
                probe.judge(false);
            }
            final boolean down = trunk.addresses().health().isDown(destination);
            if (probe == null || nowMs - probe.sentMs >= (down ? probing.downMs() : probing.upMs())) {
                probe(destination, nowMs);
            }
        }
    }

    private void probe(final Destination destination, final long nowMs) {
        final Probe probe = new Probe(destination, nowMs);
        latest.put(destination, probe);
        cseq++;
        trunk.counters().probesSent++;
        final OwnRequests.Parts parts = new OwnRequests.Parts(
                SipMethod.OPTIONS,
                uri,
                self,
                fromTag,
                self,
                callId,
                cseq,
                null,
                OwnRequests.NO_EXPIRES,
                null,
                "",
                null);
        if (!requests.send(probe, parts, destination)) {
            probe.judge(false);
        }
    }
}
