package io.trunkline.gateway.engine;

import org.agrona.DirectBuffer;

/**
 * Brings receipts and segments together, whichever comes first, per carrier and normalised message id. Every receipt is
 * journaled with what came of it, then acknowledged: an unknown one too, for a carrier that is refused one receipt holds
 * back all that follow.
 */
final class Receipts {
    private static final int ESME_ROK = 0;
    /** SMPP message_state DELIVERED. */
    private static final int DELIVERED = 2;

    private final EngineState state;
    private final Closing closing;
    /** Key of the receipt at hand. */
    private long keyHi;

    private long keyLo;

    Receipts(final EngineState state, final Closing closing) {
        this.state = state;
        this.closing = closing;
    }

    int receipt(final CarrierLink link, final ReceiptNotice receipt) {
        final CarrierState carrier = state.carriers.get(link.carrier());
        carrier.receipts++;
        carrier.messageIds().receipt(receipt.buffer, receipt.messageIdOffset, receipt.messageIdLength);
        keyHi = carrier.messageIds().hi();
        keyLo = carrier.messageIds().lo();
        final Unit unit = carrier.correlator.find(keyHi, keyLo);
        if (unit != null) {
            matched(carrier, link, unit, carrier.correlator.foundSegment(), receipt);
            return ESME_ROK;
        }
        final long earlier = carrier.recent.unit(keyHi, keyLo);
        if (earlier != 0) {
            state.counters.receiptsRepeated++;
            record(link, earlier, 0, EngineRecords.RECEIPT_REPEATED, receipt);
            return ESME_ROK;
        }
        final Unit doubted = receipt.finalState ? inDoubt(carrier, receipt) : null;
        if (doubted != null) {
            resolved(carrier, link, doubted, receipt);
            return ESME_ROK;
        }
        park(carrier, link, receipt);
        return ESME_ROK;
    }

    private void matched(
            final CarrierState carrier,
            final CarrierLink link,
            final Unit unit,
            final int segment,
            final ReceiptNotice receipt) {
        if (!receipt.finalState) {
            state.counters.receiptsIntermediate++;
            record(link, unit.id, segment, EngineRecords.RECEIPT_INTERMEDIATE, receipt);
            return;
        }
        state.counters.receiptsMatched++;
        record(link, unit.id, segment, EngineRecords.RECEIPT_MATCHED, receipt);
        carrier.correlator.remove(keyHi, keyLo, unit);
        carrier.recent.add(keyHi, keyLo, unit.id);
        apply(unit, segment, receipt.messageState, receipt.errorCode, receipt.rawCode);
        closeIfComplete(unit);
    }

    /** The only unit in doubt for this handset; its message id never came, but this receipt is for it. */
    private static Unit inDoubt(final CarrierState carrier, final ReceiptNotice receipt) {
        final DirectBuffer buffer = receipt.buffer;
        final long number = InDoubtUnits.number(buffer, receipt.handsetOffset, receipt.handsetLength);
        final Unit unit = carrier.inDoubt.only(number);
        return unit != null && Long.bitCount(unit.inDoubtMask) == 1 ? unit : null;
    }

    private void resolved(
            final CarrierState carrier, final CarrierLink link, final Unit unit, final ReceiptNotice receipt) {
        final int segment = Long.numberOfTrailingZeros(unit.inDoubtMask);
        state.counters.receiptsMatched++;
        record(link, unit.id, segment, EngineRecords.RECEIPT_MATCHED, receipt);
        carrier.recent.add(keyHi, keyLo, unit.id);
        carrier.inDoubt.remove(unit);
        unit.inDoubtMask = 0;
        unit.acceptedMask |= 1L << segment;
        apply(unit, segment, receipt.messageState, receipt.errorCode, receipt.rawCode);
        if (unit.acceptedMask == unit.allPdus()) {
            unit.state = UnitState.SENT;
            carrier.awaitingReceipt++;
            state.releasePayload(unit);
            if (!closeIfComplete(unit)) {
                state.timerIn(
                        unit,
                        Unit.TimerPurpose.RECEIPT,
                        carrier.config().receipts().timeout().toMillis());
            }
        }
    }

    private void park(final CarrierState carrier, final CarrierLink link, final ReceiptNotice receipt) {
        // With no answer outstanding, nothing can come that this receipt would belong to.
        final boolean early = receipt.finalState && carrier.outstanding > 0;
        if (early) {
            state.counters.receiptsEarly++;
            carrier.early.park(receipt, keyHi, keyLo, state.nowMs);
        } else {
            state.counters.receiptsUnmatched++;
        }
        record(link, 0, 0, early ? EngineRecords.RECEIPT_EARLY : EngineRecords.RECEIPT_UNMATCHED, receipt);
    }

    private void record(
            final CarrierLink link,
            final long unitId,
            final int segment,
            final int disposition,
            final ReceiptNotice receipt) {
        state.records.receiptReceived(unitId, link.carrier(), link.number(), segment, disposition, receipt);
    }

    /** The carrier's answer was its last word of a segment. */
    void concluded(final Unit unit, final int segment, final Conclusion conclusion) {
        if (conclusion != Conclusion.RECEIPT_FOLLOWS) {
            unit.conclude();
        }
        if (conclusion == Conclusion.DELIVERED) {
            apply(unit, segment, DELIVERED, ErrorCode.NONE, 0);
        }
    }

    /** The carrier gave a segment this id. */
    void identified(
            final Unit unit, final int segment, final DirectBuffer messageId, final int offset, final int length) {
        final MessageIds ids = unit.carrier.messageIds();
        ids.answer(messageId, offset, length);
        unit.messageKey(segment, ids.hi(), ids.lo());
        if (unit.wantsReceipt()) {
            expect(unit, segment, ids.hi(), ids.lo());
        }
    }

    /** The receipt of this id may be here already; else it is awaited. */
    void expect(final Unit unit, final int segment, final long hi, final long lo) {
        final CarrierState carrier = unit.carrier;
        final int parked = carrier.early.take(hi, lo, state.nowMs);
        if (parked < 0) {
            carrier.correlator.put(hi, lo, unit, segment);
            return;
        }
        state.counters.receiptsMatched++;
        carrier.recent.add(hi, lo, unit.id);
        apply(
                unit,
                segment,
                carrier.early.messageState(parked),
                carrier.early.errorCode(parked),
                carrier.early.rawCode(parked));
    }

    void apply(final Unit unit, final int segment, final int messageState, final ErrorCode code, final int rawCode) {
        final long bit = 1L << segment;
        unit.receiptedMask |= bit;
        if (messageState == DELIVERED) {
            unit.deliveredMask |= bit;
        } else if (unit.errorCode == 0 || unit.deliveredMask == (unit.receiptedMask & ~bit)) {
            // The first segment that failed names the reason for the whole message.
            unit.errorCode = code.number();
            unit.rawCode = rawCode;
        }
    }

    /** Closes the unit if the carrier took all its segments and has told the fate of each. */
    boolean closeIfComplete(final Unit unit) {
        final long all = unit.allPdus();
        if (unit.acceptedMask != all || unit.receiptedMask != all) {
            return false;
        }
        if (unit.deliveredMask == all) {
            unit.rawCode = 0;
            closing.close(unit, UnitState.DELIVERED, ErrorCode.NONE);
        } else {
            closing.close(unit, UnitState.UNDELIVERED, ErrorCode.of(unit.errorCode));
        }
        return true;
    }
}
