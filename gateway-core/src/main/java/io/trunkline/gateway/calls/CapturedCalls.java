package io.trunkline.gateway.calls;

import io.trunkline.sip.mirror.MessageRing;
import io.trunkline.sip.mirror.PcapFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The latest SIP messages, and which Call-IDs the legs of the latest calls have: a fixed amount of both, the oldest give way. On the
 * shard's thread.
 */
public final class CapturedCalls {
    /** A call is not remembered for longer than its messages can be there: its INVITEs and their answers alone are as large. */
    private static final int OCTETS_OF_A_CALL = 2_048;

    private static final int MAX_LEGS = 64;

    private final MessageRing ring;
    private final Map<Long, Set<String>> callIds;

    CapturedCalls(final int octets, final EpochNanoClock wallNs) {
        ring = new MessageRing(octets, wallNs);
        final int most = octets / OCTETS_OF_A_CALL;
        callIds = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(final Map.Entry<Long, Set<String>> eldest) {
                return size() > most;
            }
        };
    }

    /** Sees every message. */
    MessageRing ring() {
        return ring;
    }

    /** A leg of a call has this Call-ID. */
    void leg(final long unit, final String callId) {
        final Set<String> legs = callIds.computeIfAbsent(unit, key -> new LinkedHashSet<>());
        if (!callId.isEmpty() && legs.size() < MAX_LEGS) {
            legs.add(callId);
        }
    }

    /** What is there of a call, to be read by any thread; empty where it is not known, or not any more. */
    Optional<Captured> of(final long unit) {
        return Optional.ofNullable(callIds.get(unit)).map(legs -> new Captured(Set.copyOf(legs), ring.snapshot()));
    }

    /**
     * All messages of a time, and which of them are a call's.
     *
     * @param callIds of its legs
     */
    public record Captured(Set<String> callIds, MessageRing.Snapshot messages) {
        public Captured {
            callIds = Set.copyOf(callIds);
        }

        /**
         * Writes the call's messages as a pcap file.
         *
         * @return how many there were
         */
        public int write(final OutputStream out) throws IOException {
            return new PcapFile(out).write(messages, callIds);
        }
    }
}
