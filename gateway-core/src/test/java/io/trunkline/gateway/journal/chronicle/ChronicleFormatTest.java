package io.trunkline.gateway.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.journal.RecordFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our reading of Chronicle's files against Chronicle's own. */
final class ChronicleFormatTest {
    @TempDir
    private Path directory;

    @Test
    void chroniclesTailerFindsTheSameRecordsInTheSameOrder() throws IOException {
        final Fixture fixture = new Fixture(directory.resolve("shard-0"));
        try (ChronicleJournal journal = fixture.start()) {
            Fixture.appendOver(journal, 2);
        }
        final List<Long> byChronicle = new ArrayList<>();
        final byte[] copy = new byte[1 << 20];
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(
                                Catalogue.runDirectory(fixture.directory, 1))
                        .rollCycle(RollCycles.FIVE_MINUTELY)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            boolean more = true;
            while (more) {
                try (DocumentContext document = tailer.readingDocument()) {
                    more = document.isPresent();
                    if (more) {
                        final int length = document.wire().bytes().read(copy);
                        sequences(copy, length, byChronicle);
                    }
                }
            }
        }
        assertThat(byChronicle).isNotEmpty().isEqualTo(fixture.read().sequences());
    }

    private static void sequences(final byte[] excerpt, final int length, final List<Long> into) {
        final UnsafeBuffer frames = new UnsafeBuffer(ByteBuffer.wrap(excerpt).order(ByteOrder.LITTLE_ENDIAN));
        for (int at = 0; at < length; at += RecordFrame.alignedLength(RecordFrame.length(frames, at))) {
            into.add(RecordFrame.sequence(frames, at));
        }
    }
}
