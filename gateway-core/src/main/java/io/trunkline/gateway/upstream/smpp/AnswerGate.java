package io.trunkline.gateway.upstream.smpp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.trunkline.gateway.upstream.CreditLedger;

/**
 * Knows how many submits of a session have an answer that has not left: it sits where the output's bytes pass on their
 * way out, above TLS.
 */
final class AnswerGate extends ChannelDuplexHandler {
    private final CountedOutput output;
    private final CreditLedger ledger = new CreditLedger();
    /** Appended before this handler began to see what leaves. */
    private final long before;

    AnswerGate(final CountedOutput output) {
        this.output = output;
        this.before = output.appended();
    }

    @Override
    public void write(final ChannelHandlerContext context, final Object message, final ChannelPromise promise)
            throws Exception {
        if (message instanceof ByteBuf bytes) {
            ledger.left(bytes.readableBytes());
        }
        super.write(context, message, promise);
    }

    /** The answer to a submit was appended last. */
    void answered() {
        ledger.answered(output.appended() - before);
    }

    int unanswered() {
        return ledger.unanswered();
    }
}
