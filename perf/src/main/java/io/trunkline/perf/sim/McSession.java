package io.trunkline.perf.sim;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.trunkline.perf.Marker;
import io.trunkline.perf.sim.CarrierLog.Kind;
import io.trunkline.perf.sim.SimCounters.Counter;
import io.trunkline.perf.wire.PduOutput;
import io.trunkline.perf.wire.ShortMessage;
import io.trunkline.perf.wire.Smpp;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One connection to the message centre. Reads whole receive buffers in place, appends its answers to one buffer and
 * flushes once per read. All on the simulator's loop.
 */
final class McSession extends ChannelInboundHandlerAdapter {
    private static final byte[] SERVER_ID = "trunkline-sim".getBytes(StandardCharsets.US_ASCII);

    final int id;
    private final McSimulator sim;
    private final PendingStore store;
    private final SimCounters counters;
    private final ShortMessage submit = new ShortMessage();
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private final DeliverWindow window;
    private ChannelHandlerContext context;
    private ByteBuf carry;
    private PduOutput out;
    private Account account;
    private int mode;
    private int sequence;
    private int submits;
    private int submitsThisSecond;
    private long second;
    private long lastReadMs;
    private boolean closing;

    McSession(final McSimulator sim, final int id) {
        this.sim = sim;
        this.id = id;
        this.store = sim.store();
        this.counters = sim.counters();
        this.window = new DeliverWindow(store, sim.faults().receiptWindow);
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext ctx) {
        context = ctx;
        carry = ctx.alloc().directBuffer(512, Smpp.MAX_PDU);
        out = new PduOutput(ctx.alloc());
    }

    @Override
    public void channelActive(final ChannelHandlerContext ctx) {
        sim.onOpen(this);
        lastReadMs = sim.clock();
        reading(sim.faults().reading);
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
        final ByteBuf in = (ByteBuf) message;
        try {
            lastReadMs = sim.clock();
            if (carry.isReadable()) {
                finishCarried(in);
            }
            if (!carry.isReadable() && !closing) {
                consume(in);
                if (!closing && in.isReadable()) {
                    carry.clear();
                    carry.writeBytes(in);
                }
            }
        } finally {
            in.release();
        }
    }

    /** Completes the PDU that the last read began, so that the rest can again be read in place. */
    private void finishCarried(final ByteBuf in) {
        while (carry.isReadable() && in.isReadable() && !closing) {
            final int wanted = carry.readableBytes() < 4 ? 4 : carry.getInt(carry.readerIndex());
            final int missing = Math.min(wanted - carry.readableBytes(), in.readableBytes());
            carry.writeBytes(in, missing);
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
        while (end - at >= 4 && !closing) {
            final int length = bytes.getInt(at, ByteOrder.BIG_ENDIAN);
            if (length < Smpp.HEADER || length > Smpp.MAX_PDU) {
                counters.increment(Counter.MALFORMED);
                header(Smpp.GENERIC_NACK, Smpp.INVALID_COMMAND_LENGTH, 0);
                flush();
                drop();
                return;
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
        final int number = in.getInt(start + 12, ByteOrder.BIG_ENDIAN);
        if (command == Smpp.SUBMIT_SM) {
            onSubmit(in, start, length, number, false);
        } else if (command == (Smpp.DELIVER_SM | Smpp.RESPONSE) || command == (Smpp.DATA_SM | Smpp.RESPONSE)) {
            onDelivered(number, in.getInt(start + 8, ByteOrder.BIG_ENDIAN));
        } else {
            onRarer(in, start, length, command, number);
        }
    }

    private void onRarer(
            final DirectBuffer in, final int start, final int length, final int command, final int number) {
        switch (command) {
            case Smpp.DATA_SM -> onSubmit(in, start, length, number, true);
            case Smpp.ENQUIRE_LINK -> {
                counters.increment(Counter.ENQUIRE_LINKS);
                header(Smpp.ENQUIRE_LINK | Smpp.RESPONSE, Smpp.OK, number);
            }
            case Smpp.BIND_RECEIVER, Smpp.BIND_TRANSMITTER, Smpp.BIND_TRANSCEIVER ->
                onBind(in, start, length, command, number);
            case Smpp.UNBIND -> {
                counters.increment(Counter.UNBINDS);
                log(Kind.UNBIND, number, Smpp.OK, Marker.NONE, 0);
                header(Smpp.UNBIND | Smpp.RESPONSE, Smpp.OK, number);
                flush();
                leave();
            }
            default -> {
                if (command >= 0) {
                    counters.increment(Counter.MALFORMED);
                    log(Kind.STRAY, number, command, Marker.NONE, 0);
                    header(Smpp.GENERIC_NACK, Smpp.INVALID_COMMAND_ID, number);
                }
            }
        }
    }

    // ---- binds

    private void onBind(final DirectBuffer in, final int start, final int length, final int command, final int number) {
        final int end = start + length;
        final int idEnd = zero(in, start + Smpp.HEADER, end);
        final int passwordEnd = idEnd < 0 ? -1 : zero(in, idEnd + 1, end);
        int status;
        if (account != null) {
            status = Smpp.ALREADY_BOUND;
        } else if (passwordEnd < 0) {
            status = Smpp.BIND_FAILED;
        } else {
            final String systemId = in.getStringWithoutLengthAscii(start + Smpp.HEADER, idEnd - start - Smpp.HEADER);
            final String password = in.getStringWithoutLengthAscii(idEnd + 1, passwordEnd - idEnd - 1);
            status = sim.bind(this, systemId, password);
        }
        log(Kind.BIND, number, status, Marker.NONE, command);
        makeRoom();
        out.begin(command | Smpp.RESPONSE, status, number);
        if (status == Smpp.OK) {
            mode = command;
            counters.increment(Counter.BINDS);
            out.put(SERVER_ID).put(0);
            out.putShort(Smpp.TAG_SC_INTERFACE_VERSION).putShort(1).put(0x34);
            out.end();
        } else {
            counters.increment(Counter.BINDS_REFUSED);
            out.end();
            flush();
            leave();
        }
    }

    private static int zero(final DirectBuffer in, final int from, final int to) {
        for (int at = from; at < to; at++) {
            if (in.getByte(at) == 0) {
                return at;
            }
        }
        return -1;
    }

    void bound(final Account to) {
        account = to;
    }

    boolean receives() {
        return mode == Smpp.BIND_TRANSCEIVER || mode == Smpp.BIND_RECEIVER;
    }

    // ---- submits

    private void onSubmit(
            final DirectBuffer in, final int start, final int length, final int number, final boolean dataSm) {
        final int command = dataSm ? Smpp.DATA_SM : Smpp.SUBMIT_SM;
        if (account == null || mode == Smpp.BIND_RECEIVER) {
            header(command | Smpp.RESPONSE, Smpp.INVALID_BIND_STATUS, number);
            return;
        }
        if (!submit.read(in, start, length, dataSm)) {
            counters.increment(Counter.MALFORMED);
            log(Kind.STRAY, number, command, Marker.NONE, 0);
            header(command | Smpp.RESPONSE, Smpp.INVALID_MESSAGE_LENGTH, number);
            return;
        }
        counters.increment(Counter.SUBMITS);
        submits++;
        final Faults faults = sim.faults();
        final long named = Marker.find(
                in, submit.bodyOffset(in), submit.textOffset + submit.textLength, (submit.dataCoding & 0x0C) == 0x08);
        final long marker = submit.parts > 1 ? sim.partMarkers().of(submit.destination, named) : named;
        final int status = verdict(faults);
        final long message = sim.nextMessage();
        sim.logSubmit(this, submit, number, status, marker, message);
        final boolean taken = status == Smpp.OK || status == CarrierLog.UNANSWERED;
        final int receipt = taken && wantsReceipt(faults)
                ? sim.deliveries().promiseReceipt(this, in, submit, message, marker)
                : PendingStore.NIL;
        if (status == CarrierLog.UNANSWERED) {
            counters.increment(Counter.NOT_ANSWERED);
        } else if (faults.answerDelay == Latency.NONE) {
            answer(command, number, status, message);
        } else {
            sim.deliveries().answerLater(this, command, number, status, message);
        }
        if (receipt != PendingStore.NIL) {
            sim.deliveries().onDue(receipt);
        }
        if (faults.disconnectEvery > 0 && submits >= faults.disconnectEvery) {
            drop();
        }
    }

    private int verdict(final Faults faults) {
        if (faults.throttleTps > 0) {
            final long now = sim.clock() / 1000;
            if (now != second) {
                second = now;
                submitsThisSecond = 0;
            }
            if (++submitsThisSecond > faults.throttleTps) {
                counters.increment(Counter.THROTTLED);
                return Smpp.THROTTLED;
            }
        }
        if (faults.answerMissing > 0 && sim.random().nextDouble() < faults.answerMissing) {
            return CarrierLog.UNANSWERED;
        }
        return faults.answerErrors.sample(sim.random());
    }

    private boolean wantsReceipt(final Faults faults) {
        return switch (faults.receipts) {
            case NONE -> false;
            case ALWAYS -> true;
            case REQUESTED -> (submit.registeredDelivery & 0x03) != 0;
        };
    }

    /** Answers a submit now. */
    void answer(final int command, final int number, final int status, final long message) {
        makeRoom();
        out.begin(command | Smpp.RESPONSE, status, number);
        if (status == Smpp.OK) {
            sim.faults().messageIds.writeAnswer(out, message);
            out.put(0);
            counters.increment(Counter.ANSWERED_OK);
        } else {
            counters.increment(Counter.ANSWERED_ERROR);
        }
        out.end();
    }

    // ---- receipts and inbound messages

    /** Writes a receipt or an inbound part, or keeps it until there is room. */
    void deliver(final int slot) {
        if (window.isFull(sim.faults().receiptWindow) || !context.channel().isWritable()) {
            window.keep(slot);
            return;
        }
        write(slot);
    }

    private void write(final int slot) {
        do {
            sequence = sequence == Integer.MAX_VALUE ? 1 : sequence + 1;
        } while (window.taken(sequence));
        window.sent(sequence, slot);
        store.session[slot] = id;
        store.sequence[slot] = sequence;
        makeRoom();
        sim.deliveries().writeDelivery(this, slot, sequence);
    }

    private void onDelivered(final int number, final int status) {
        final int slot = window.answered(number);
        if (slot == PendingStore.NIL) {
            return;
        }
        sim.deliveries().onDelivered(this, slot, number, status);
        pump();
    }

    private void pump() {
        while (!window.isFull(sim.faults().receiptWindow) && context.channel().isWritable()) {
            final int slot = window.kept();
            if (slot == PendingStore.NIL) {
                return;
            }
            write(slot);
        }
    }

    // ---- output

    PduOutput out() {
        return out;
    }

    private void header(final int command, final int status, final int number) {
        makeRoom();
        out.header(command, status, number);
    }

    /** One PDU fits after this. */
    private void makeRoom() {
        if (out.isFull()) {
            flush();
        }
        if (out.isEmpty()) {
            sim.dirty(this);
        }
    }

    /** Hands all that was written to the socket. */
    void flush() {
        if (!out.isEmpty()) {
            final ChannelFuture unused = context.writeAndFlush(out.take(), context.voidPromise());
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx) {
        sim.endOfRead();
        if (!ctx.channel().isWritable()) {
            reading(false);
        }
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable() && !closing) {
            reading(sim.faults().reading);
            pump();
            flush();
        }
    }

    void reading(final boolean on) {
        context.channel().config().setAutoRead(on);
    }

    void enquireIfIdle(final long nowMs, final long everyMs) {
        if (account != null && nowMs - lastReadMs >= everyMs) {
            lastReadMs = nowMs;
            sequence = sequence == Integer.MAX_VALUE ? 1 : sequence + 1;
            header(Smpp.ENQUIRE_LINK, Smpp.OK, sequence);
            flush();
        }
    }

    // ---- the end

    /** Breaks the connection: what was not flushed is lost, as when a carrier falls over. */
    void drop() {
        if (!closing) {
            counters.increment(Counter.DISCONNECTS);
            closing = true;
            final ChannelFuture unused = context.close();
        }
    }

    private void leave() {
        closing = true;
        final ChannelFuture unused = context.close();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx) {
        closing = true;
        log(Kind.CLOSED, 0, 0, Marker.NONE, 0);
        if (account != null) {
            account.remove(this);
        }
        mode = 0;
        window.forEachOpen(sim.deliveries()::comeAgain);
        sim.onClosed(this);
    }

    @Override
    public void handlerRemoved(final ChannelHandlerContext ctx) {
        carry.release();
        out.release();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
        // A reset by the peer: the close that follows says all.
        final ChannelFuture unused = ctx.close();
    }

    Account account() {
        return account;
    }

    private void log(final Kind kind, final int number, final int status, final long marker, final long message) {
        sim.log(kind, id, number, status, marker, message);
    }
}
