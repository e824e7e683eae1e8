package io.trunkline.perf.bench;

import io.trunkline.smpp.text.PlanResult;
import io.trunkline.smpp.text.SegmentPlan;
import io.trunkline.smpp.text.Segmenter;
import io.trunkline.smpp.text.TextProfile;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.*;

/** A text planned and all of its segments written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SegmentationBench {
    /** One segment of GSM 7 bit, one of UCS-2, three of GSM 7 bit. */
    @Param({"gsm", "ucs2", "long"})
    public String kind;

    private final Segmenter segmenter = new Segmenter();
    private final SegmentPlan plan = new SegmentPlan();
    private final UnsafeBuffer segment = new UnsafeBuffer(new byte[1024]);
    private UnsafeBuffer text;

    @Setup
    public void setUp() {
        final String latin = "Your parcel is on its way and will be with you between ten and noon. ";
        final String given =
                switch (kind) {
                    case "ucs2" -> "Ваша посылка уже в пути и будет у вас между десятью";
                    case "long" -> latin.repeat(6);
                    default -> latin;
                };
        text = new UnsafeBuffer(given.getBytes(StandardCharsets.UTF_8));
    }

    @Benchmark
    public int planAndWrite() {
        if (segmenter.plan(text, 0, text.capacity(), TextProfile.DEFAULT, plan) != PlanResult.OK) {
            throw new IllegalStateException("not planned");
        }
        int octets = 0;
        for (int pdu = 0; pdu < plan.pdus(); pdu++) {
            octets += plan.writeSegment(pdu, 77, segment, 0);
        }
        return octets;
    }
}
