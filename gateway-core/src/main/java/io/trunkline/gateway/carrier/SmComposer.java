package io.trunkline.gateway.carrier;

import io.trunkline.gateway.config.MessageProfile;
import io.trunkline.gateway.engine.Treatment;
import io.trunkline.gateway.engine.Unit;
import io.trunkline.routing.Handling;
import io.trunkline.routing.RuleAction;
import io.trunkline.smpp.codec.Npi;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.RegisteredDelivery;
import io.trunkline.smpp.codec.TlvTag;
import io.trunkline.smpp.codec.Ton;
import io.trunkline.smpp.text.SegmentPlan;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Composes submit_sm by a carrier's message profile. One per carrier; allocates nothing. */
final class SmComposer {
    /** GSM 03.40 §9.2.3.24.1: numbers that are too short to be international are the network's own. */
    private static final int SHORT_CODE_DIGITS = 8;

    private static final int ALPHANUMERIC_SENDER = 2;
    /** A number of 15 digits and the most that may be put before it, twice. */
    private static final int ADDRESS_ROOM = 15 + 2 * Handling.MAX_PREPEND;

    private static final byte[] NO_PREFIX = new byte[0];

    private final MessageProfile profile;
    private final ValidityPeriod validity;
    private final OutboundSm sm = new OutboundSm();
    private final UnsafeBuffer address = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer segmentBytes = new UnsafeBuffer(new byte[SegmentPlan.MAX_SEGMENT_OCTETS]);
    private final UnsafeBuffer prefixed = new UnsafeBuffer(new byte[OutboundSm.ADDRESS_MAX]);
    private final UnsafeBuffer rewritten = new UnsafeBuffer(new byte[ADDRESS_ROOM]);
    private final UnsafeBuffer treated = new UnsafeBuffer(new byte[ADDRESS_ROOM]);
    private final byte[] sourcePrefix;
    private final byte[] destinationPrefix;

    SmComposer(final MessageProfile profile) {
        this.profile = profile;
        validity = new ValidityPeriod(profile.validity());
        sourcePrefix = profile.sourcePrefix().getBytes(StandardCharsets.US_ASCII);
        destinationPrefix = profile.destinationPrefix().getBytes(StandardCharsets.US_ASCII);
    }

    /** The submit_sm of one PDU of the unit's plan; valid until the next call. */
    OutboundSm compose(final Unit unit, final SegmentPlan plan, final int pdu, final long nowMs) {
        sm.reset();
        sm.serviceType(profile.serviceType());
        source(unit);
        destination(unit);
        final Treatment rewrite = unit.rewrite();
        sm.dataCoding(
                rewrite == null || rewrite.dataCoding() == RuleAction.Rewrite.KEEP
                        ? plan.dataCoding()
                        : rewrite.dataCoding());
        sm.esmClass(plan.esmClass());
        sm.priority(unit.messageClass() == 1 ? 1 : 0);
        sm.registeredDelivery(unit.wantsReceipt() ? RegisteredDelivery.ALWAYS : RegisteredDelivery.NONE);
        validity.write(sm, unit.expiresAtMs(), nowMs);
        message(unit, plan, pdu);
        return sm;
    }

    private void message(final Unit unit, final SegmentPlan plan, final int pdu) {
        // The same for all segments of a message and unlike that of the messages before it.
        final int reference = (int) (unit.id() ^ (unit.id() >>> 16) ^ (unit.id() >>> 32)) & 0xFFFF;
        if (plan.payload()) {
            sm.message(plan.body(), plan.bodyOffset(pdu), plan.bodyLength(pdu)).messagePayload(true);
            return;
        }
        final int length = plan.writeSegment(pdu, reference, segmentBytes, 0);
        sm.message(segmentBytes, 0, length);
        if (plan.sar() && plan.pdus() > 1) {
            sm.tlvInt16(TlvTag.SAR_MSG_REF_NUM, reference);
            sm.tlvInt8(TlvTag.SAR_TOTAL_SEGMENTS, plan.segments());
            sm.tlvInt8(TlvTag.SAR_SEGMENT_SEQNUM, pdu + 1);
        }
    }

    private void source(final Unit unit) {
        unit.from(address);
        boolean alphanumeric = unit.senderType() == ALPHANUMERIC_SENDER;
        if (replaces(unit.rewrite(), alphanumeric)) {
            alphanumeric = replace(unit.rewrite());
        }
        if (replaces(unit.treatment(), alphanumeric)) {
            alphanumeric = replace(unit.treatment());
        }
        if (alphanumeric) {
            sm.source(
                    chosen(profile.sourceTon(), Ton.ALPHANUMERIC),
                    chosen(profile.sourceNpi(), Npi.UNKNOWN),
                    address,
                    0,
                    address.capacity());
            return;
        }
        final int skip = address.capacity() > 0 && address.getByte(0) == '+' ? 1 : 0;
        final int digits = address.capacity() - skip;
        final boolean shortCode = skip == 0 && digits < SHORT_CODE_DIGITS;
        final int length = prefixed(shortCode ? NO_PREFIX : sourcePrefix, skip, digits);
        sm.source(
                chosen(profile.sourceTon(), shortCode ? Ton.NETWORK_SPECIFIC : Ton.INTERNATIONAL),
                chosen(profile.sourceNpi(), Npi.ISDN),
                prefixed,
                0,
                length);
    }

    private static boolean replaces(final Treatment treatment, final boolean alphanumeric) {
        return treatment != null && treatment.replacesSender(alphanumeric);
    }

    /** Puts another sender in place; whether it is alphanumeric. */
    private boolean replace(final Treatment treatment) {
        address.wrap(treatment.sender());
        return treatment.senderIsAlphanumeric();
    }

    private void destination(final Unit unit) {
        unit.to(address);
        change(unit.rewrite(), rewritten);
        change(unit.treatment(), treated);
        final int length = prefixed(destinationPrefix, 0, address.capacity());
        sm.destination(
                ton(unit.rewrite(), chosen(profile.destinationTon(), Ton.INTERNATIONAL)),
                npi(unit.rewrite(), chosen(profile.destinationNpi(), Npi.ISDN)),
                prefixed,
                0,
                length);
    }

    private void change(final Treatment treatment, final UnsafeBuffer into) {
        if (treatment != null) {
            address.wrap(into, 0, treatment.destination(address, 0, address.capacity(), into, 0));
        }
    }

    private static int ton(final Treatment rewrite, final int otherwise) {
        return rewrite == null || rewrite.ton() == RuleAction.Rewrite.KEEP ? otherwise : rewrite.ton();
    }

    private static int npi(final Treatment rewrite, final int otherwise) {
        return rewrite == null || rewrite.npi() == RuleAction.Rewrite.KEEP ? otherwise : rewrite.npi();
    }

    private int prefixed(final byte[] prefix, final int offset, final int digits) {
        prefixed.putBytes(0, prefix);
        prefixed.putBytes(prefix.length, address, offset, digits);
        return prefix.length + digits;
    }

    private static int chosen(final int configured, final int automatic) {
        return configured == MessageProfile.AUTO ? automatic : configured;
    }
}
