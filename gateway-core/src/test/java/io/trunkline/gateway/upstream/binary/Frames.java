package io.trunkline.gateway.upstream.binary;

import io.trunkline.client.FrameValidator;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.upstream.codec.CancelMessageEncoder;
import io.trunkline.upstream.codec.ConversionEncoder;
import io.trunkline.upstream.codec.EndCallEncoder;
import io.trunkline.upstream.codec.EventAckEncoder;
import io.trunkline.upstream.codec.GoodbyeEncoder;
import io.trunkline.upstream.codec.HelloEncoder;
import io.trunkline.upstream.codec.MessageClass;
import io.trunkline.upstream.codec.MessageHeaderEncoder;
import io.trunkline.upstream.codec.PingEncoder;
import io.trunkline.upstream.codec.PlaceCallEncoder;
import io.trunkline.upstream.codec.PongEncoder;
import io.trunkline.upstream.codec.ReceiptWish;
import io.trunkline.upstream.codec.ReplayEventsEncoder;
import io.trunkline.upstream.codec.SenderType;
import io.trunkline.upstream.codec.SubmitMessageEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;

/** Frames as a client sends them. */
final class Frames {
    private static final MessageHeaderEncoder HEADER = new MessageHeaderEncoder();

    private Frames() {}

    static byte[] hello(final String tenant, final String token) {
        return hello(1, tenant, token, "tier-1", false, 0, HelloEncoder.resumeAfterNullValue());
    }

    static byte[] helloWithEvents(final String tenant, final String token, final String name, final int window) {
        return hello(1, tenant, token, name, true, window, HelloEncoder.resumeAfterNullValue());
    }

    static byte[] hello(
            final int version,
            final String tenant,
            final String token,
            final String clientName,
            final boolean events,
            final long window,
            final long resumeAfter) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final HelloEncoder hello = new HelloEncoder().wrapAndApplyHeader(buffer, 4, HEADER);
        hello.protocolVersion(version)
                .eventWindow(window)
                .resumeAfter(resumeAfter)
                .flags()
                .clear()
                .events(events);
        hello.tenant(tenant).token(token).clientName(clientName);
        return finish(buffer, hello.encodedLength());
    }

    static byte[] submit(final long reference) {
        return new Submit().reference(reference).bytes();
    }

    static byte[] cancel(final long unitId) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final CancelMessageEncoder cancel = new CancelMessageEncoder().wrapAndApplyHeader(buffer, 4, HEADER);
        return finish(buffer, cancel.unitId(unitId).encodedLength());
    }

    static byte[] conversion(final long unitId, final long atMs) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final ConversionEncoder conversion = new ConversionEncoder().wrapAndApplyHeader(buffer, 4, HEADER);
        return finish(buffer, conversion.unitId(unitId).convertedAtMs(atMs).encodedLength());
    }

    static byte[] eventAck(final long sequence) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final EventAckEncoder ack = new EventAckEncoder().wrapAndApplyHeader(buffer, 4, HEADER);
        return finish(buffer, ack.sequence(sequence).encodedLength());
    }

    static byte[] ping(final long nonce) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final PingEncoder ping = new PingEncoder().wrapAndApplyHeader(buffer, 4, HEADER);
        return finish(buffer, ping.nonce(nonce).encodedLength());
    }

    /** All events once more. */
    static byte[] replay(final long requestId) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final ReplayEventsEncoder replay = new ReplayEventsEncoder().wrapAndApplyHeader(buffer, 4, HEADER);
        replay.requestId(requestId)
                .fromMs(ReplayEventsEncoder.fromMsNullValue())
                .toMs(ReplayEventsEncoder.toMsNullValue())
                .fromIndex(ReplayEventsEncoder.fromIndexNullValue())
                .toIndex(ReplayEventsEncoder.toIndexNullValue());
        return finish(buffer, replay.unitId(0).eventsPerSecond(0).encodedLength());
    }

    static byte[] pong(final long nonce) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final PongEncoder pong = new PongEncoder().wrapAndApplyHeader(buffer, 4, HEADER);
        return finish(buffer, pong.nonce(nonce).encodedLength());
    }

    static byte[] goodbye() {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final GoodbyeEncoder goodbye = new GoodbyeEncoder().wrapAndApplyHeader(buffer, 4, HEADER);
        return finish(buffer, goodbye.code(0).text("bye").encodedLength());
    }

    static byte[] placeCall(final long reference) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final PlaceCallEncoder call = new PlaceCallEncoder().wrapAndApplyHeader(buffer, 4, HEADER);
        call.referenceLo(reference).from("1").to("2").media("");
        return finish(buffer, call.encodedLength());
    }

    static byte[] endCall(final long unitId) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final EndCallEncoder call = new EndCallEncoder().wrapAndApplyHeader(buffer, 4, HEADER);
        return finish(buffer, call.unitId(unitId).encodedLength());
    }

    /** A frame of any header, its block all zeros. */
    static byte[] raw(final int blockLength, final int templateId, final int schemaId, final int version) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        HEADER.wrap(buffer, 4)
                .blockLength(blockLength)
                .templateId(templateId)
                .schemaId(schemaId)
                .version(version);
        return finish(buffer, blockLength);
    }

    /** Only a length prefix, and whatever else. */
    static byte[] lengthOnly(final int length, final int extra) {
        final byte[] bytes = new byte[4 + extra];
        new org.agrona.concurrent.UnsafeBuffer(bytes).putInt(0, length, ByteOrder.LITTLE_ENDIAN);
        return bytes;
    }

    static byte[] join(final byte[]... parts) {
        int length = 0;
        for (final byte[] part : parts) {
            length += part.length;
        }
        final byte[] all = new byte[length];
        int offset = 0;
        for (final byte[] part : parts) {
            System.arraycopy(part, 0, all, offset, part.length);
            offset += part.length;
        }
        return all;
    }

    private static byte[] finish(final ExpandableArrayBuffer buffer, final int blockAndData) {
        final int length = FrameValidator.OVERHEAD + blockAndData;
        buffer.putInt(0, length - FrameValidator.PREFIX_LENGTH, ByteOrder.LITTLE_ENDIAN);
        return Arrays.copyOf(buffer.byteArray(), length);
    }

    /** A submit that is right in every field until a test changes one. */
    static final class Submit {
        private long reference = 1;
        private int messageClass = MessageClass.TRANSACTIONAL.value();
        private int senderType = SenderType.ALPHANUMERIC.value();
        private int receiptWish = ReceiptWish.FINAL.value();
        private int flags;
        private int dataCoding = SubmitMessageEncoder.dataCodingNullValue();
        private long scheduledAtMs = SubmitRequest.ABSENT;
        private long validityMs = SubmitMessageEncoder.validityMsNullValue();
        private long priceCapMicros = SubmitRequest.ABSENT;
        private String from = "Trunkline";
        private String to = "491701234567";
        private byte[] body = "Ihr Code ist 123456 \u2713".getBytes(StandardCharsets.UTF_8);
        private String campaign = "";
        private String tags = "";

        Submit reference(final long value) {
            reference = value;
            return this;
        }

        Submit messageClass(final int value) {
            messageClass = value;
            return this;
        }

        Submit senderType(final int value) {
            senderType = value;
            return this;
        }

        Submit receiptWish(final int value) {
            receiptWish = value;
            return this;
        }

        Submit flags(final int value) {
            flags = value;
            return this;
        }

        Submit dataCoding(final int value) {
            dataCoding = value;
            return this;
        }

        Submit scheduledAtMs(final long value) {
            scheduledAtMs = value;
            return this;
        }

        Submit validityMs(final long value) {
            validityMs = value;
            return this;
        }

        Submit priceCapMicros(final long value) {
            priceCapMicros = value;
            return this;
        }

        Submit from(final String value) {
            from = value;
            return this;
        }

        Submit to(final String value) {
            to = value;
            return this;
        }

        Submit body(final byte[] value) {
            body = value;
            return this;
        }

        Submit campaign(final String value) {
            campaign = value;
            return this;
        }

        Submit tags(final String value) {
            tags = value;
            return this;
        }

        byte[] bytes() {
            final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
            final SubmitMessageEncoder submit = new SubmitMessageEncoder().wrapAndApplyHeader(buffer, 4, HEADER);
            submit.referenceHi(0xABCDL)
                    .referenceLo(reference)
                    .scheduledAtMs(scheduledAtMs)
                    .priceCapMicros(priceCapMicros)
                    .validityMs(validityMs)
                    .dataCoding((short) dataCoding);
            final int block = submit.offset();
            buffer.putByte(block + SubmitMessageEncoder.messageClassEncodingOffset(), (byte) messageClass);
            buffer.putByte(block + SubmitMessageEncoder.senderTypeEncodingOffset(), (byte) senderType);
            buffer.putByte(block + SubmitMessageEncoder.flagsEncodingOffset(), (byte) flags);
            buffer.putByte(block + SubmitMessageEncoder.receiptWishEncodingOffset(), (byte) receiptWish);
            submit.from(from)
                    .to(to)
                    .putBody(body, 0, body.length)
                    .campaign(campaign)
                    .tags(tags);
            return finish(buffer, submit.encodedLength());
        }
    }
}
