package io.trunkline.sip.transport;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Messages on their way out, in the order in which they were written, until their owner lets them go: what was written up to a
 * {@link #seal} leaves with the {@link #release} that reaches its position. So an owner with a journal can hold back every
 * message until what it speaks of is durable, and all that leaves at once is one flush per socket.
 */
final class Outbox {
    private static final int INITIAL = 256;

    private Output[] outputs = new Output[INITIAL];
    private ByteBuf[] messages = new ByteBuf[INITIAL];
    private InetSocketAddress[] recipients = new InetSocketAddress[INITIAL];
    /** Messages ever released and ever added; their remainders are places in the rings. */
    private long head;

    private long tail;

    private long[] positions = new long[INITIAL];
    private long[] tails = new long[INITIAL];
    private int firstSeal;
    private int seals;
    private final List<Output> touched = new ArrayList<>();

    /** Adds a message. */
    void add(final Output output, final ByteBuf message, final InetSocketAddress to) {
        if (tail - head == outputs.length) {
            grow();
        }
        final int at = (int) tail & (outputs.length - 1);
        outputs[at] = output;
        messages[at] = message;
        recipients[at] = to;
        output.staged += message.readableBytes();
        tail++;
    }

    private void grow() {
        final int size = outputs.length;
        final Output[] newOutputs = new Output[size * 2];
        final ByteBuf[] newMessages = new ByteBuf[size * 2];
        final InetSocketAddress[] newRecipients = new InetSocketAddress[size * 2];
        for (long i = head; i < tail; i++) {
            final int from = (int) i & (size - 1);
            final int to = (int) i & (size * 2 - 1);
            newOutputs[to] = outputs[from];
            newMessages[to] = messages[from];
            newRecipients[to] = recipients[from];
        }
        outputs = newOutputs;
        messages = newMessages;
        recipients = newRecipients;
    }

    /** What was added up to now may leave once {@code position} is reached; positions never fall. */
    void seal(final long position) {
        final long sealed = seals == 0 ? head : tails[(firstSeal + seals - 1) & (tails.length - 1)];
        if (sealed == tail) {
            return;
        }
        if (seals == positions.length) {
            positions = unrolled(positions);
            tails = unrolled(tails);
            firstSeal = 0;
        }
        final int at = (firstSeal + seals) & (positions.length - 1);
        positions[at] = position;
        tails[at] = tail;
        seals++;
    }

    private long[] unrolled(final long[] ring) {
        final long[] larger = Arrays.copyOfRange(ring, firstSeal, firstSeal + ring.length * 2);
        System.arraycopy(ring, 0, larger, ring.length - firstSeal, firstSeal);
        return larger;
    }

    /**
     * Lets go what is sealed up to a position.
     *
     * @return messages let go
     */
    int release(final long reached) {
        final long before = head;
        while (seals > 0 && positions[firstSeal] <= reached) {
            final long until = tails[firstSeal];
            firstSeal = (firstSeal + 1) & (positions.length - 1);
            seals--;
            while (head < until) {
                writeFirst();
            }
        }
        for (int i = 0; i < touched.size(); i++) {
            final Output output = touched.get(i);
            output.touched = false;
            output.flush();
        }
        touched.clear();
        return (int) (head - before);
    }

    private void writeFirst() {
        final int at = (int) head & (outputs.length - 1);
        final Output output = outputs[at];
        final ByteBuf message = messages[at];
        final InetSocketAddress to = recipients[at];
        outputs[at] = null;
        messages[at] = null;
        recipients[at] = null;
        head++;
        output.staged -= message.readableBytes();
        output.write(message, to);
        if (!output.touched) {
            output.touched = true;
            touched.add(output);
        }
    }

    /** Messages that wait. */
    int size() {
        return (int) (tail - head);
    }

    /** Drops all messages. */
    void clear() {
        for (; head < tail; head++) {
            final int at = (int) head & (outputs.length - 1);
            outputs[at].staged -= messages[at].readableBytes();
            messages[at].release();
            messages[at] = null;
            outputs[at] = null;
            recipients[at] = null;
        }
        seals = 0;
    }
}
