package io.trunkline.gateway.admin;

import io.trunkline.gateway.engine.CarrierProtocol;
import io.trunkline.gateway.engine.Conclusion;
import io.trunkline.gateway.engine.RecordWords;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.SegmentAnsweredDecoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenDecoder;
import tools.jackson.databind.node.ObjectNode;

/** Tells of segments that went to carriers and of their answers, in the words of the protocol that they went by. */
final class SegmentTeller {
    /** Below are the causes of what was not answered. */
    private static final int FIRST_STATUS = 100;

    private final StoryTeller story;
    private final SegmentWrittenDecoder written = new SegmentWrittenDecoder();
    private final SegmentAnsweredDecoder answered = new SegmentAnsweredDecoder();

    SegmentTeller(final StoryTeller story) {
        this.story = story;
    }

    void written(final RecordView record, final ObjectNode step) {
        written.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final boolean duplicate = written.possibleDuplicate() != 0;
        final boolean sip = CarrierProtocol.of(written.protocol()) == CarrierProtocol.SIP;
        step.put("what", "written")
                .put("carrier", story.carrier(written.carrier()))
                .put("bind", story.bind(written.link()))
                .put("segment", written.segment())
                .put("segments", written.segments())
                .put("attempt", written.attempt())
                .put("protocol", sip ? "sip" : "smpp")
                .put(sip ? "cseq" : "smppSequence", written.smppSequence())
                .put("possibleDuplicate", duplicate);
        final String where = story.where(written.carrier(), written.link());
        final String what = sip
                ? "MESSAGE to " + where
                : "segment " + written.segment() + " of " + written.segments() + " to " + where;
        step.put(
                "says",
                String.format(
                        "%s, attempt %d, %s %d%s",
                        what,
                        written.attempt(),
                        sip ? "CSeq" : "sequence_number",
                        written.smppSequence(),
                        duplicate ? ", possible duplicate" : ""));
    }

    void answered(final RecordView record, final ObjectNode step) {
        answered.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        if (CarrierProtocol.of(answered.protocol()) == CarrierProtocol.SIP) {
            answeredBySip(step);
            return;
        }
        final String status = String.format("0x%08X", answered.status());
        final String outcome = RecordWords.outcome(answered.outcome());
        final String error = StoryTeller.error(answered.errorCode());
        final byte[] id = new byte[answered.messageIdLength()];
        answered.getMessageId(id, 0, id.length);
        step.put("what", "answered")
                .put("carrier", story.carrier(answered.carrier()))
                .put("bind", story.bind(answered.link()))
                .put("segment", answered.segment())
                .put("attempt", answered.attempt())
                .put("protocol", "smpp")
                .put("status", status)
                .put("outcome", outcome)
                .put("error", error)
                .put("messageId", StoryTeller.text(id));
        step.put(
                "says",
                String.format(
                        "segment %d by %s: %s, command_status %s%s%s",
                        answered.segment(),
                        story.where(answered.carrier(), answered.link()),
                        outcome,
                        status,
                        error.isEmpty() ? "" : " " + error,
                        id.length == 0 ? "" : ", message id " + StoryTeller.text(id)));
    }

    private void answeredBySip(final ObjectNode step) {
        final String outcome = RecordWords.outcome(answered.outcome());
        final String error = StoryTeller.error(answered.errorCode());
        final String where = story.where(answered.carrier(), answered.link());
        final long status = answered.status();
        final Conclusion conclusion = Conclusion.of(answered.conclusion());
        step.put("what", "answered")
                .put("carrier", story.carrier(answered.carrier()))
                .put("bind", story.bind(answered.link()))
                .put("segment", answered.segment())
                .put("attempt", answered.attempt())
                .put("protocol", "sip")
                .put("status", status)
                .put("outcome", outcome)
                .put("delivered", conclusion == Conclusion.DELIVERED)
                .put("error", error);
        if (status == 0) {
            step.put("says", where + " cannot carry it: " + outcome + " " + error);
            return;
        }
        final boolean heard = status >= FIRST_STATUS;
        step.put(
                "says",
                "MESSAGE by " + where + ": " + outcome + (heard ? ", status " + status : "")
                        + (conclusion == Conclusion.DELIVERED ? ", delivered" : "")
                        + (error.isEmpty() ? "" : " " + error));
    }
}
