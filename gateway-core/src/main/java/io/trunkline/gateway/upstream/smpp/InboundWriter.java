package io.trunkline.gateway.upstream.smpp;

import io.trunkline.smpp.codec.Npi;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.Ton;
import io.trunkline.smpp.text.Encoding;
import io.trunkline.smpp.text.PlanResult;
import io.trunkline.smpp.text.SegmentPlan;
import io.trunkline.smpp.text.Segmenter;
import io.trunkline.smpp.text.TextProfile;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes an inbound message as deliver_sm, in parts where one is not enough. One for all feeds of a thread. */
final class InboundWriter {
    private final Segmenter segmenter = new Segmenter();
    private final SegmentPlan plan = new SegmentPlan();
    private final UnsafeBuffer part = new UnsafeBuffer(new byte[SegmentPlan.MAX_SEGMENT_OCTETS]);
    /** What the plan is of; planning again for every part would be quadratic. */
    private DeliverySlot planned;

    private long plannedSequence;
    private TextProfile plannedProfile;

    /** Number of parts; 0 where the message cannot be said in SMPP. */
    int plan(final DeliverySlot slot, final TextProfile profile) {
        if (slot.equals(planned) && slot.sequence == plannedSequence && profile.equals(plannedProfile)) {
            return plan.pdus();
        }
        planned = null;
        final int offset = slot.fromLength + slot.toLength;
        final PlanResult result = slot.encoding == Encoding.BINARY.number()
                ? segmenter.planBinary(slot.content, offset, slot.bodyLength, slot.dataCoding, false, profile, plan)
                : segmenter.plan(slot.content, offset, slot.bodyLength, profile, false, plan);
        if (result == PlanResult.EMPTY) {
            // An empty message is one too: handsets send them.
            return 1;
        }
        if (result != PlanResult.OK || plan.pdus() > DeliverySlot.MAX_PARTS) {
            return 0;
        }
        planned = slot;
        plannedSequence = slot.sequence;
        plannedProfile = profile;
        return plan.pdus();
    }

    /** Fills the PDU, which was reset, with one part of the message. */
    void write(final DeliverySlot slot, final int number, final TextProfile profile, final OutboundSm message) {
        plan(slot, profile);
        address(slot, 0, slot.fromLength, message, true);
        address(slot, slot.fromLength, slot.toLength, message, false);
        if (slot.bodyLength == 0) {
            return;
        }
        final int octets = plan.writeSegment(number, (int) slot.sequence, part, 0);
        message.esmClass(plan.esmClass()).dataCoding(plan.dataCoding()).message(part, 0, octets);
    }

    private static void address(
            final DeliverySlot slot,
            final int offset,
            final int length,
            final OutboundSm message,
            final boolean source) {
        boolean digits = length > 0;
        int kept = 0;
        while (kept < Math.min(length, OutboundSm.ADDRESS_MAX)) {
            final int octet = slot.content.getByte(offset + kept);
            if (octet == 0) {
                // The end of a C-octet string wherever it came from.
                break;
            }
            digits &= octet >= '0' && octet <= '9';
            kept++;
        }
        // Longer than a short code: E.164.
        final int ton = !digits ? Ton.ALPHANUMERIC : kept > 6 ? Ton.INTERNATIONAL : Ton.NETWORK_SPECIFIC;
        final int npi = digits ? Npi.ISDN : Npi.UNKNOWN;
        if (source) {
            message.source(ton, npi, slot.content, offset, kept);
        } else {
            message.destination(ton, npi, slot.content, offset, kept);
        }
    }
}
