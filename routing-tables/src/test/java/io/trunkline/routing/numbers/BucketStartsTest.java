package io.trunkline.routing.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory of a number file, as the file has it and in half of its octets. */
final class BucketStartsTest {
    private static final int BUCKETS = 1000;
    private static final int OFFSET = 64;

    @TempDir
    private Path directory;

    private Optional<BucketStarts> read(final IntToLongFunction start) throws IOException {
        final ByteBuffer bytes =
                ByteBuffer.allocate(OFFSET + (BUCKETS + 1) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int bucket = 0; bucket <= BUCKETS; bucket++) {
            bytes.putInt(OFFSET + bucket * Integer.BYTES, (int) start.applyAsLong(bucket));
        }
        try (FileChannel channel = FileChannel.open(
                directory.resolve("directory"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            channel.write(bytes, 0);
            return BucketStarts.read(new MappedFile(channel, channel.size()), OFFSET, BUCKETS);
        }
    }

    @Test
    void everyBucketBeginsWhereTheFileSaysAlsoBeyondTwoToThe31() throws IOException {
        final IntToLongFunction start = bucket -> 4_194_000_000L + 1000L * bucket / 3;
        final BucketStarts starts = read(start).orElseThrow();
        for (int bucket = 0; bucket <= BUCKETS; bucket++) {
            assertThat(starts.start(bucket)).as("bucket %d", bucket).isEqualTo(start.applyAsLong(bucket));
        }
    }

    @Test
    void moreEntriesSideBySideThanSixteenBitsCountAreLeftToTheFile() throws IOException {
        assertThat(read(bucket -> bucket < 500 ? 0 : 65_535)).isPresent();
        assertThat(read(bucket -> bucket < 500 ? 0 : 65_536)).isEmpty();
    }
}
