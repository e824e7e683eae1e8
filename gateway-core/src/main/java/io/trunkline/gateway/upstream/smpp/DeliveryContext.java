package io.trunkline.gateway.upstream.smpp;

import io.trunkline.gateway.events.EventStreams;
import io.trunkline.gateway.upstream.UpstreamCounters;
import io.trunkline.smpp.codec.OutboundSm;
import org.agrona.concurrent.NanoClock;

/** What all feeds of a server share; they live on one thread. */
record DeliveryContext(
        SmppSettings settings,
        EventStreams events,
        SubmitMemory memory,
        ReceiptWriter receiptWriter,
        InboundWriter inboundWriter,
        OutboundSm message,
        UpstreamCounters counters,
        NanoClock nanoClock) {}
