package io.trunkline.perf.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.SmDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.*;

/** One submit_sm of 100 characters: encoded, and decoded in place. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBench {
    private final byte[] body = "Your parcel is on its way and will be with you between ten and noon; reply STOP to hear no"
            .getBytes(StandardCharsets.US_ASCII);
    private final OutboundSm sm = new OutboundSm()
            .source(1, 1, "12025550100")
            .destination(1, 1, "491701234567")
            .registeredDelivery(1)
            .message(body, 0, body.length);
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(1024);
    private final ByteBuf pdu = PooledByteBufAllocator.DEFAULT.directBuffer(1024);
    private final SmDecoder decoder = new SmDecoder();

    @Setup
    public void setUp() {
        PduEncoder.submitSm(pdu, 7, sm);
    }

    @Benchmark
    public int encodeSubmit() {
        out.clear();
        PduEncoder.submitSm(out, 7, sm);
        return out.writerIndex();
    }

    @Benchmark
    public int decodeSubmit() {
        decoder.wrap(pdu, 0, pdu.writerIndex());
        return decoder.destinationOffset() + decoder.messageLength();
    }
}
