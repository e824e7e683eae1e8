package io.trunkline.smpp.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.trunkline.smpp.trace.Disclosure;
import io.trunkline.smpp.trace.WireDescriber;

/**
 * For Jazzer. The tests run it over the inputs under {@code resources}; to look for others, guided by coverage:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl smpp-bind -am test -Dtest='DecoderFuzzTest#decodersTakeAnyPdu' -Djazzer.hooks=true
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class DecoderFuzzTest {
    private final AnyPdu anyPdu = new AnyPdu();
    private final WireDescriber describer = new WireDescriber();
    private final PduFramer framer = new PduFramer(4096);

    @FuzzTest(maxDuration = "60s")
    void decodersTakeAnyPdu(final byte[] octets) {
        anyPdu.check(octets);
        describer.describe(octets, Disclosure.FIELDS);
    }

    @FuzzTest(maxDuration = "60s")
    void theFramerTakesAnyStream(final byte[] octets) {
        final ByteBuf in = Unpooled.wrappedBuffer(octets);
        framer.frame(in, (buf, offset, length) -> {
            final byte[] pdu = new byte[length];
            buf.getBytes(offset, pdu);
            anyPdu.check(pdu);
            return true;
        });
        if (in.isReadable() && framer.needed(in) > framer.maxLength()) {
            throw new AssertionError("asks for more than its limit");
        }
    }
}
