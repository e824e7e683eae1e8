package io.trunkline.gateway.upstream.smpp;

import io.netty.buffer.ByteBuf;
import io.trunkline.smpp.session.PduOutput;

/** Counts what is appended to an output, so that it can be told when an answer has left; see {@link AnswerGate}. */
final class CountedOutput implements PduOutput {
    private final PduOutput output;
    private ByteBuf current;
    /** Bytes of the current buffer that are counted already. */
    private int counted;

    private long appended;

    CountedOutput(final PduOutput output) {
        this.output = output;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Which buffer it is, not what it holds.
    public ByteBuf buffer() {
        final ByteBuf buffer = output.buffer();
        // A pooled buffer may come back as a new one: then it is shorter than what was counted of it.
        if (buffer != current || buffer.writerIndex() < counted) {
            current = buffer;
            counted = buffer.writerIndex();
        }
        return buffer;
    }

    @Override
    public void written() {
        if (current != null) {
            appended += current.writerIndex() - counted;
            counted = current.writerIndex();
        }
        output.written();
    }

    @Override
    public boolean writable() {
        return output.writable();
    }

    @Override
    public void close() {
        output.close();
    }

    /** Bytes appended since the connection began. */
    long appended() {
        return appended;
    }
}
