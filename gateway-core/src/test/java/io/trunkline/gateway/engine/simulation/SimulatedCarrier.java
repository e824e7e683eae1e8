package io.trunkline.gateway.engine.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A carrier as the gateway's engine meets it: it takes segments, mostly, gives them ids, and sends receipts until they are
 * acknowledged. It survives the gateway's crashes and remembers all that it took.
 */
final class SimulatedCarrier {
    static final int ESME_RTHROTTLED = 0x58;
    static final int ESME_RSYSERR = 0x08;
    static final int ESME_RINVDSTADR = 0x0B;

    final int number;
    final SplittableRandom random;
    final Faults faults;
    final PriorityQueue<Step> steps = new PriorityQueue<>();
    /** By marker: how often a copy was taken, and how many of these came without being marked as a possible duplicate. */
    final Map<String, Integer> taken = new HashMap<>();

    final Map<String, Integer> takenUnmarked = new HashMap<>();
    /** Receipts that were not acknowledged yet. */
    final Map<String, Receipt> owed = new HashMap<>();

    /** Its answers are its last word: it gives no ids and sends no receipts, and takes short bodies only. */
    boolean concludes;

    private int ids;
    private long stepOrder;

    /** How bad this carrier is, in parts of a hundred. */
    static final class Faults {
        int throttled;
        int systemError;
        int refused;
        int noAnswer;
        int undelivered;
        int duplicateReceipt;
        int earlyReceipt;
        int noReceipt;

        void heal() {
            throttled = 0;
            systemError = 0;
            refused = 0;
            noAnswer = 0;
            undelivered = 0;
            duplicateReceipt = 0;
            earlyReceipt = 0;
            noReceipt = 0;
        }
    }

    record Receipt(String messageId, String handset, int state) {}

    /** What the carrier will do at a time: answer a ticket or send a receipt. */
    record Step(long atMs, long order, SimulatedLink link, int incarnation, long ticket, int status, String messageId)
            implements Comparable<Step> {
        @Override
        public int compareTo(final Step other) {
            return atMs == other.atMs ? Long.compare(order, other.order) : Long.compare(atMs, other.atMs);
        }
    }

    SimulatedCarrier(final int number, final SplittableRandom random, final Faults faults) {
        this.number = number;
        this.random = random;
        this.faults = faults;
    }

    /** A submit_sm has arrived. */
    void submit(
            final SimulatedLink link,
            final long ticket,
            final String marker,
            final String handset,
            final boolean markedDuplicate,
            final long nowMs) {
        final int roll = random.nextInt(100);
        int edge = faults.noAnswer;
        if (roll < edge) {
            // Taken, and the answer is lost on its way.
            take(marker, handset, markedDuplicate, nowMs);
            return;
        }
        final int status;
        if (roll < (edge += faults.throttled)) {
            status = ESME_RTHROTTLED;
        } else if (roll < (edge += faults.systemError)) {
            status = ESME_RSYSERR;
        } else if (roll < (edge += faults.refused)) {
            status = ESME_RINVDSTADR;
        } else {
            status = 0;
        }
        final String id = status == 0 ? take(marker, handset, markedDuplicate, nowMs) : "";
        steps.add(step(nowMs + 1 + random.nextInt(40), link, link.incarnation(), ticket, status, id));
    }

    private String take(final String marker, final String handset, final boolean marked, final long nowMs) {
        taken.merge(marker, 1, Integer::sum);
        if (!marked) {
            takenUnmarked.merge(marker, 1, Integer::sum);
        }
        if (concludes) {
            return "";
        }
        final String id = "id" + number + "-" + ++ids;
        if (random.nextInt(100) >= faults.noReceipt) {
            final boolean bad = random.nextInt(100) < faults.undelivered;
            owed.put(id, new Receipt(id, handset, bad ? 5 : 2));
            final boolean early = random.nextInt(100) < faults.earlyReceipt;
            receiptAt(early ? nowMs : nowMs + 41 + random.nextInt(400), id);
            if (random.nextInt(100) < faults.duplicateReceipt) {
                receiptAt(nowMs + 41 + random.nextInt(800), id);
            }
        }
        return id;
    }

    void receiptAt(final long atMs, final String id) {
        steps.add(step(atMs, null, 0, 0, 0, id));
    }

    /** All that is not acknowledged comes again, as after a new bind. */
    void redeliver(final long nowMs) {
        final List<String> ids = new ArrayList<>(owed.keySet());
        ids.sort(null);
        ids.forEach(id -> receiptAt(nowMs + 1 + random.nextInt(50), id));
    }

    private Step step(
            final long atMs,
            final SimulatedLink link,
            final int incarnation,
            final long ticket,
            final int status,
            final String id) {
        return new Step(atMs, stepOrder++, link, incarnation, ticket, status, id);
    }
}
