package io.trunkline.perf.sim;

import io.trunkline.perf.sim.CarrierLog.Kind;
import io.trunkline.perf.sim.SimCounters.Counter;
import io.trunkline.perf.wire.ShortMessage;
import io.trunkline.perf.wire.Smpp;
import org.agrona.DirectBuffer;

/**
 * What the simulator owes: delayed answers, receipts, inbound messages. Decides when each is due and over which bind it
 * goes, and keeps it until the peer has taken it. All on the simulator's loop.
 */
final class Deliveries {
    /** Numbers of a handset's own messages lie above those that load uses. */
    static final long FIRST_INBOUND = 90_000_000_000L;

    private static final long FIRST_HANDSET = 447_700_900_000L;
    private static final int HANDSETS = 1000;

    private final McSimulator sim;
    private final PendingStore store;
    private final ReceiptWriter writer;
    private long nextInbound = FIRST_INBOUND;

    Deliveries(final McSimulator sim, final PendingStore store) {
        this.sim = sim;
        this.store = store;
        this.writer = new ReceiptWriter(store);
    }

    void onDue(final int slot) {
        if (store.kind[slot] == PendingStore.ANSWER) {
            final McSession session = sim.session(store.session[slot]);
            if (session != null) {
                session.answer(
                        store.part[slot] == 1 ? Smpp.DATA_SM : Smpp.SUBMIT_SM,
                        store.sequence[slot],
                        store.status[slot],
                        store.message[slot]);
            }
            store.release(slot);
            return;
        }
        final McSession own = sim.session(store.session[slot]);
        final boolean elsewhere =
                sim.faults().receiptOtherBind > 0 && sim.random().nextDouble() < sim.faults().receiptOtherBind;
        final McSession receiver = own != null && own.receives() && !elsewhere
                ? own
                : sim.account(store.account[slot]).receiver(own);
        if (receiver == null) {
            store.schedule(slot, sim.nowMs() + sim.faults().receiptRetryMs);
        } else {
            receiver.deliver(slot);
        }
    }

    void answerLater(
            final McSession session, final int command, final int number, final int status, final long message) {
        final int slot = store.take();
        if (slot == PendingStore.NIL) {
            session.answer(command, number, status, message);
            return;
        }
        store.kind[slot] = PendingStore.ANSWER;
        store.session[slot] = session.id;
        store.sequence[slot] = number;
        store.status[slot] = status;
        store.message[slot] = message;
        store.part[slot] = (byte) (command == Smpp.DATA_SM ? 1 : 0);
        store.schedule(slot, sim.nowMs() + sim.faults().answerDelay.sampleMs(sim.random()));
    }

    /**
     * Keeps a receipt until it is due.
     *
     * @return the slot of one that is due at once, behind the answer; or {@link PendingStore#NIL}
     */
    int promiseReceipt(
            final McSession session,
            final DirectBuffer in,
            final ShortMessage submit,
            final long message,
            final long marker) {
        if (sim.faults().receiptLost > 0 && sim.random().nextDouble() < sim.faults().receiptLost) {
            sim.counters().increment(Counter.RECEIPTS_LOST);
            return PendingStore.NIL;
        }
        final int state = sim.faults().receiptStates.sample(sim.random());
        final long delayMs = sim.faults().receiptDelay.sampleMs(sim.random());
        final boolean twice =
                sim.faults().receiptDuplicated > 0 && sim.random().nextDouble() < sim.faults().receiptDuplicated;
        final boolean early = sim.faults().receiptEarly > 0 && sim.random().nextDouble() < sim.faults().receiptEarly;
        int atOnce = PendingStore.NIL;
        for (int copy = 0; copy < (twice ? 2 : 1); copy++) {
            final int slot = store.take();
            if (slot == PendingStore.NIL) {
                sim.counters().increment(Counter.RECEIPTS_NO_ROOM);
                return atOnce;
            }
            store.kind[slot] = PendingStore.RECEIPT;
            store.session[slot] = session.id;
            store.account[slot] = session.account().index;
            store.status[slot] = state;
            store.message[slot] = message;
            store.marker[slot] = marker;
            store.part[slot] = 0;
            store.keepAddress(slot, 0, in, submit.sourceAt, submit.sourceBytes);
            store.keepAddress(slot, 1, in, submit.destinationAt, submit.destinationBytes);
            if (early && copy == 0) {
                session.deliver(slot);
            } else if (delayMs + copy == 0) {
                atOnce = slot;
            } else {
                store.schedule(slot, sim.nowMs() + delayMs + copy);
            }
        }
        if (twice) {
            sim.counters().increment(Counter.RECEIPTS_DUPLICATED);
        }
        return atOnce;
    }

    void writeDelivery(final McSession session, final int slot, final int sequence) {
        final boolean receipt = store.kind[slot] == PendingStore.RECEIPT;
        if (receipt) {
            writer.receipt(session.out(), slot, sequence, sim.faults(), sim.nowMs());
        } else {
            writer.inbound(session.out(), slot, sequence, store.status[slot]);
        }
        sim.counters().increment(receipt ? Counter.RECEIPTS_SENT : Counter.INBOUND_SENT);
        sim.log(
                receipt ? Kind.RECEIPT : Kind.INBOUND,
                session.id,
                sequence,
                store.status[slot],
                store.marker[slot],
                store.message[slot]);
    }

    void onDelivered(final McSession session, final int slot, final int number, final int status) {
        final boolean receipt = store.kind[slot] == PendingStore.RECEIPT;
        sim.log(
                receipt ? Kind.RECEIPT_ANSWERED : Kind.INBOUND_ANSWERED,
                session.id,
                number,
                status,
                store.marker[slot],
                store.message[slot]);
        if (status != Smpp.OK) {
            sim.counters().increment(Counter.RECEIPTS_REFUSED);
            comeAgain(slot);
            return;
        }
        sim.counters().increment(receipt ? Counter.RECEIPTS_ANSWERED : Counter.INBOUND_ANSWERED);
        store.release(slot);
    }

    void comeAgain(final int slot) {
        sim.counters().increment(Counter.RECEIPTS_SENT_AGAIN);
        store.schedule(slot, sim.nowMs() + sim.faults().receiptRetryMs);
        sim.ensureTicking();
    }

    /** One inbound message of so many parts from the next handset. */
    void inboundNext(final long to, final int parts) {
        inbound(nextInbound++, to, parts);
    }

    /** One inbound message of so many parts. */
    void inboundFrom(final long from, final long to, final int parts) {
        inbound(nextInbound++, from, to, parts);
    }

    /** One inbound message with this number in its text. */
    void inbound(final long marker, final long to, final int parts) {
        inbound(marker, FIRST_HANDSET + marker % HANDSETS, to, parts);
    }

    private void inbound(final long marker, final long from, final long to, final int parts) {
        final Account account = sim.receivingAccount();
        if (account == null) {
            return;
        }
        for (int part = 1; part <= parts; part++) {
            final int slot = store.take();
            if (slot == PendingStore.NIL) {
                return;
            }
            store.kind[slot] = PendingStore.INBOUND;
            store.session[slot] = -1;
            store.account[slot] = account.index;
            store.status[slot] = parts;
            store.part[slot] = (byte) part;
            // The concatenation's reference; one byte of it travels.
            store.message[slot] = marker;
            store.marker[slot] = marker;
            store.keepNumber(slot, 0, from);
            store.keepNumber(slot, 1, to);
            store.schedule(slot, sim.nowMs());
        }
    }
}
