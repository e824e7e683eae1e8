package io.trunkline.perf.roles;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.roles.RoleCounters.Counter;
import io.trunkline.perf.wire.PduOutput;
import io.trunkline.perf.wire.ShortMessage;
import io.trunkline.perf.wire.Smpp;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One transceiver of an {@link EsmeRole}, through all its connections. On the role's thread. */
final class EsmeBind extends ChannelInboundHandlerAdapter {
    /** message_state of a delivered message (SMPP 3.4 §5.2.28). */
    static final int DELIVERED = 2;

    private static final long FREE = Long.MIN_VALUE;
    private static final byte[] NO_ID = {};
    private static final int GSM_LETTERS = 0;
    private static final int UCS2 = 8;
    /** sm_length is one byte, and 255 is not to be used (SMPP 3.4 §5.2.21). */
    private static final int LONGEST_TEXT = 254;
    /** "stat:" as a number, and the letters after it that tell the states apart. */
    private static final byte[] STAT = "stat:".getBytes(StandardCharsets.US_ASCII);

    private final EsmeRole role;
    private final EsmePlan plan;
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private final ShortMessage receipt = new ShortMessage();
    private final byte[] source;
    /** Intended times of unanswered submits, by sequence. */
    private final long[] intended;

    private final int[] sequences;
    private ChannelHandlerContext context;
    private PduOutput out;
    private ByteBuf carry;
    private boolean connecting;
    private boolean bound;
    private long connectAtNs = FREE;
    private int sequence;
    private int inFlight;

    EsmeBind(final EsmeRole role, final EsmePlan plan) {
        this.role = role;
        this.plan = plan;
        this.intended = new long[Integer.highestOneBit(Math.max(16, plan.window()) * 2 - 1) * 2];
        this.sequences = new int[intended.length];
        Arrays.fill(intended, FREE);
        final byte[] digits = plan.from().getBytes(StandardCharsets.US_ASCII);
        this.source = new byte[digits.length + 3];
        final boolean number = plan.from().chars().allMatch(Character::isDigit);
        // International number in the ISDN plan, or alphanumeric.
        source[0] = (byte) (number ? 1 : 5);
        source[1] = (byte) (number ? 1 : 0);
        System.arraycopy(digits, 0, source, 2, digits.length);
    }

    // ---- connecting

    boolean wantsConnection(final long nowNs) {
        return !connecting && context == null && nowNs >= connectAtNs;
    }

    void connecting() {
        connecting = true;
    }

    void comeAgain(final long atNs) {
        connecting = false;
        connectAtNs = atNs;
    }

    @Override
    public boolean isSharable() {
        // One connection after the other, never two at once.
        return true;
    }

    @Override
    public void channelActive(final ChannelHandlerContext ctx) {
        context = ctx;
        connecting = false;
        carry = ctx.alloc().directBuffer(1024, Smpp.MAX_PDU);
        out = new PduOutput(ctx.alloc());
        out.begin(Smpp.BIND_TRANSCEIVER, Smpp.OK, nextSequence());
        string(plan.systemId());
        string(plan.password());
        string(plan.systemType());
        out.put(0x34).put(0).put(0).put(0).end();
        flush();
    }

    private void string(final String text) {
        out.put(text.getBytes(StandardCharsets.US_ASCII)).put(0);
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx) {
        final boolean was = bound;
        bound = false;
        context = null;
        carry.release();
        out.release();
        sweep(Long.MAX_VALUE);
        role.onLost(this, was);
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
        role.trouble(String.valueOf(cause.getMessage()));
        final ChannelFuture unused = ctx.close();
    }

    void unbind() {
        if (context != null) {
            if (bound) {
                out.header(Smpp.UNBIND, Smpp.OK, nextSequence());
                flush();
            }
            final ChannelFuture unused = context.close();
        }
    }

    // ---- sending

    boolean hasRoom() {
        return bound
                && inFlight < plan.window()
                && intended[sequence + 1 & intended.length - 1] == FREE
                && context.channel().isWritable();
    }

    private int nextSequence() {
        sequence = sequence == Integer.MAX_VALUE ? 1 : sequence + 1;
        return sequence;
    }

    /** Writes one; to be called only where {@link #hasRoom()}. */
    void submit(final MessageMix mix, final long unit, final long intendedNs) {
        final int number = nextSequence();
        final int at = number & intended.length - 1;
        intended[at] = intendedNs;
        sequences[at] = number;
        inFlight++;
        final byte[] utf8 = mix.text(unit);
        final boolean plain = isAscii(utf8);
        final byte[] text = plain ? utf8 : new String(utf8, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16BE);
        final byte[] to = mix.destination(unit);
        room(text.length + 128);
        out.begin(Smpp.SUBMIT_SM, Smpp.OK, number);
        out.put(0);
        out.putShortly(source, 0, source.length);
        out.put(1).put(1);
        out.putShortly(to, 0, to.length);
        // End of the address, esm_class, protocol_id, priority, schedule, validity.
        out.zeros(6);
        out.put(plan.receipts() ? 1 : 0);
        out.put(0);
        out.put(plain ? GSM_LETTERS : UCS2);
        out.put(0);
        if (text.length <= LONGEST_TEXT) {
            out.put(text.length).put(text);
        } else {
            out.put(0);
            out.putShort(Smpp.TAG_MESSAGE_PAYLOAD).putShort(text.length).put(text);
        }
        out.end();
    }

    private static boolean isAscii(final byte[] text) {
        int seen = 0;
        for (final byte character : text) {
            seen |= character;
        }
        return seen >= 0;
    }

    private void room(final int bytesWanted) {
        if (!out.hasRoom(bytesWanted)) {
            flush();
        }
    }

    void flush() {
        if (context != null && !out.isEmpty()) {
            final ChannelFuture unused = context.writeAndFlush(out.take(), context.voidPromise());
        }
    }

    /** Gives up what was meant to leave before then and is still unanswered. */
    void sweep(final long beforeNs) {
        for (int i = 0; inFlight > 0 && i < intended.length; i++) {
            if (intended[i] != FREE && intended[i] < beforeNs) {
                intended[i] = FREE;
                inFlight--;
                role.counters().increment(Counter.ABANDONED);
            }
        }
    }

    // ---- reading

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
        final ByteBuf in = (ByteBuf) message;
        try {
            if (carry.isReadable()) {
                finishCarried(in);
            }
            if (!carry.isReadable()) {
                consume(in);
                if (in.isReadable()) {
                    carry.clear();
                    carry.writeBytes(in);
                }
            }
        } finally {
            in.release();
        }
    }

    private void finishCarried(final ByteBuf in) {
        while (carry.isReadable() && in.isReadable()) {
            final int wanted = carry.readableBytes() < 4 ? 4 : carry.getInt(carry.readerIndex());
            carry.writeBytes(in, Math.min(wanted - carry.readableBytes(), in.readableBytes()));
            consume(carry);
            if (!carry.isReadable()) {
                carry.clear();
            } else if (carry.readableBytes() < wanted) {
                return;
            }
        }
    }

    private void consume(final ByteBuf in) {
        bytes.wrap(in.memoryAddress(), in.capacity());
        int at = in.readerIndex();
        final int end = in.writerIndex();
        while (end - at >= 4) {
            final int length = bytes.getInt(at, ByteOrder.BIG_ENDIAN);
            if (length < Smpp.HEADER || length > Smpp.MAX_PDU) {
                role.trouble("the peer sent a PDU of length " + length);
                at = end;
                final ChannelFuture unused = context.close();
                break;
            }
            if (end - at < length) {
                break;
            }
            onPdu(bytes, at, length);
            at += length;
        }
        in.readerIndex(at);
    }

    private void onPdu(final DirectBuffer in, final int start, final int length) {
        final int command = in.getInt(start + 4, ByteOrder.BIG_ENDIAN);
        final int status = in.getInt(start + 8, ByteOrder.BIG_ENDIAN);
        final int number = in.getInt(start + 12, ByteOrder.BIG_ENDIAN);
        switch (command) {
            case Smpp.SUBMIT_SM | Smpp.RESPONSE -> onAnswer(in, start, length, number, status);
            case Smpp.DELIVER_SM, Smpp.DATA_SM -> onDeliver(in, start, length, command, number);
            case Smpp.BIND_TRANSCEIVER | Smpp.RESPONSE -> onBound(status);
            case Smpp.ENQUIRE_LINK -> answer(Smpp.ENQUIRE_LINK, number);
            case Smpp.UNBIND -> {
                answer(Smpp.UNBIND, number);
                flush();
                final ChannelFuture unused = context.close();
            }
            case Smpp.GENERIC_NACK -> onAnswer(in, start, length, number, status == 0 ? -1 : status);
            default -> role.trouble("the peer sent a PDU with command_id 0x" + Integer.toHexString(command));
        }
    }

    private void onBound(final int status) {
        if (status == Smpp.OK) {
            bound = true;
            role.onBound();
        } else {
            role.trouble(String.format("the bind was refused with 0x%08X", status));
            final ChannelFuture unused = context.close();
        }
    }

    private void onAnswer(
            final DirectBuffer in, final int start, final int length, final int number, final int status) {
        final int at = number & intended.length - 1;
        final long intendedNs = intended[at];
        if (intendedNs == FREE || sequences[at] != number) {
            return;
        }
        intended[at] = FREE;
        inFlight--;
        if (status != Smpp.OK) {
            role.counters().refused(status);
            return;
        }
        final int from = start + Smpp.HEADER;
        role.onTaken(role.ids().ofAnswer(in, from, zero(in, from, start + length)), intendedNs);
    }

    private void onDeliver(
            final DirectBuffer in, final int start, final int length, final int command, final int number) {
        if (receipt.read(in, start, length, command == Smpp.DATA_SM)) {
            // Bits 5 to 2 of esm_class: 1 is a receipt (SMPP 3.4 §5.2.12).
            if ((receipt.esmClass & 0x3C) == 0x04) {
                onReceipt(in);
            } else {
                role.counters().increment(Counter.RECEIVED);
            }
        }
        room(64);
        out.begin(command | Smpp.RESPONSE, Smpp.OK, number);
        out.put(NO_ID).put(0).end();
    }

    private void onReceipt(final DirectBuffer in) {
        final int state = receipt.messageState != 0 ? receipt.messageState : stateInText(in);
        // 0, 1 and 6 (scheduled, en route, accepted) are not the end.
        if (state == 0 || state == 1 || state == 6) {
            return;
        }
        if (receipt.receiptedIdLength > 0) {
            role.onReceipt(
                    role.ids()
                            .ofReceipt(
                                    in,
                                    receipt.receiptedIdOffset,
                                    receipt.receiptedIdOffset + receipt.receiptedIdLength),
                    state);
        } else if (receipt.textLength > 3) {
            // "id:…" begins the text of Appendix B.
            final int from = receipt.textOffset + 3;
            int to = from;
            final int end = receipt.textOffset + receipt.textLength;
            while (to < end && in.getByte(to) != ' ') {
                to++;
            }
            role.onReceipt(role.ids().ofReceipt(in, from, to), state);
        }
    }

    private int stateInText(final DirectBuffer in) {
        final int end = receipt.textOffset + receipt.textLength - STAT.length - 2;
        for (int at = receipt.textOffset; at < end; at++) {
            if (in.getByte(at) == 's' && in.getByte(at + 1) == 't' && in.getByte(at + 4) == ':') {
                // DELIVRD, EXPIRED, DELETED, UNDELIV, ACCEPTD, UNKNOWN, REJECTD, ENROUTE.
                return switch (in.getByte(at + 5) << 8 | in.getByte(at + 7)) {
                    case 'D' << 8 | 'L' -> in.getByte(at + 8) == 'I' ? DELIVERED : 4;
                    case 'E' << 8 | 'P' -> 3;
                    case 'U' << 8 | 'D' -> 5;
                    case 'A' << 8 | 'C' -> 6;
                    case 'U' << 8 | 'K' -> 7;
                    case 'R' << 8 | 'J' -> 8;
                    default -> 1;
                };
            }
        }
        return 0;
    }

    private void answer(final int command, final int number) {
        room(64);
        out.header(command | Smpp.RESPONSE, Smpp.OK, number);
    }

    private static int zero(final DirectBuffer in, final int from, final int to) {
        for (int at = from; at < to; at++) {
            if (in.getByte(at) == 0) {
                return at;
            }
        }
        return to;
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx) {
        flush();
    }
}
