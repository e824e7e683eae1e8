package io.trunkline.gateway.events;

import io.trunkline.gateway.journal.seal.PeriodCipher;
import io.trunkline.gateway.journal.seal.PeriodKeys;
import org.agrona.ExpandableArrayBuffer;

/** Makes bodies of inbound messages readable that stand enciphered in the journal; one whose key is gone is empty. */
final class InboundBodies {
    private final PeriodCipher cipher;
    private final ExpandableArrayBuffer opened = new ExpandableArrayBuffer();

    InboundBodies(final PeriodCipher cipher) {
        this.cipher = cipher;
    }

    void open(final InboundEvent event, final int period) {
        if (period == PeriodKeys.NONE) {
            return;
        }
        final int to = event.fromLength;
        final int body = to + event.toLength;
        opened.putBytes(0, event.buffer, event.fromOffset, event.fromLength);
        opened.putBytes(to, event.buffer, event.toOffset, event.toLength);
        opened.putBytes(body, event.buffer, event.bodyOffset, event.bodyLength);
        final boolean readable =
                cipher.apply(period, PeriodCipher.Use.INBOUND, event.unitId, opened, body, event.bodyLength);
        event.buffer = opened;
        event.fromOffset = 0;
        event.toOffset = to;
        event.bodyOffset = body;
        event.bodyLength = readable ? event.bodyLength : 0;
    }
}
