package io.trunkline.smpp.text;

import org.agrona.DirectBuffer;

/** Cuts bodies that come encoded. */
final class BinaryCutter {
    private final SegmentWriter writer;
    private final UserDataHeader header = new UserDataHeader();

    BinaryCutter(final SegmentWriter writer) {
        this.writer = writer;
    }

    PlanResult cut(
            final DirectBuffer octets,
            final int offset,
            final int length,
            final boolean userDataHeader,
            final TextProfile profile,
            final SegmentPlan out) {
        if (length == 0) {
            return PlanResult.EMPTY;
        }
        int headerOctets = 0;
        boolean mayCut = true;
        if (userDataHeader) {
            header.parse(octets, offset, length);
            if (!header.wellFormed()) {
                return PlanResult.INVALID_HEADER;
            }
            headerOctets = header.octets();
            mayCut = !header.concatenationPresent();
            if (headerOctets > SegmentPlan.SEGMENT_OCTETS) {
                return PlanResult.TOO_LONG;
            }
            out.elementOctets = headerOctets - 1;
            out.elements.putBytes(0, octets, offset + 1, headerOctets - 1);
        }
        final BodyCoding coding = BodyCoding.of(out.dataCoding, profile);
        final TextForm form = form(coding, length - headerOctets);
        if (form.limit(headerOctets + profile.concatenation().elementOctets() + 1) < 2) {
            mayCut = false;
        }
        writer.begin(form, false, profile.concatenation(), mayCut ? profile.maxSegments() : 1, out);
        append(octets, offset + headerOctets, offset + length, form);
        return writer.finish() == 0 ? PlanResult.TOO_LONG : PlanResult.OK;
    }

    private static TextForm form(final BodyCoding coding, final int length) {
        return switch (coding) {
            case GSM7, ASCII -> TextForm.GSM7;
            case LATIN1 -> TextForm.LATIN1;
            // An odd number of octets is no UTF-16, whatever its data_coding says.
            case UCS2 -> (length & 1) == 0 ? TextForm.UCS2 : TextForm.BINARY;
            default -> TextForm.BINARY;
        };
    }

    private void append(final DirectBuffer src, final int from, final int end, final TextForm form) {
        int index = from;
        while (index < end && !writer.overflow()) {
            final int octets = Math.min(atomOctets(src, index, form), end - index);
            if (writer.atom(form == TextForm.UCS2 ? octets / 2 : octets, octets)) {
                for (int i = 0; i < octets; i++) {
                    writer.put(src.getByte(index + i));
                }
            }
            index += octets;
        }
    }

    private static int atomOctets(final DirectBuffer src, final int index, final TextForm form) {
        return switch (form) {
            case GSM7 -> src.getByte(index) == Gsm7.ESCAPE ? 2 : 1;
            case UCS2 -> (src.getByte(index) & 0xFC) == 0xD8 ? 4 : 2;
            default -> 1;
        };
    }
}
