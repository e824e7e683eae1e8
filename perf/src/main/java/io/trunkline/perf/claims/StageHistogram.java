package io.trunkline.perf.claims;

import io.trunkline.perf.prove.Daemon;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the daemon itself says of the time that messages stay in it: {@code trunkline show latency --json}. */
final class StageHistogram {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StageHistogram() {}

    /**
     * All messages since the daemon's start, nanoseconds.
     *
     * @param stage as {@code show latency} names it: {@code to-carrier}, {@code acknowledged}
     */
    static Histogram of(final Daemon daemon, final String stage) throws IOException, InterruptedException {
        final String answer = daemon.command("show", "latency", "--json");
        for (final JsonNode row : JSON.readTree(answer)) {
            if (row.path("latency").asString("").equals(stage)) {
                final ByteBuffer bytes = ByteBuffer.wrap(
                        Base64.getDecoder().decode(row.path("sinceStart").asString()));
                try {
                    return Histogram.decodeFromCompressedByteBuffer(bytes, 0);
                } catch (final DataFormatException e) {
                    throw new IOException("the daemon's histogram cannot be read", e);
                }
            }
        }
        throw new IOException("the daemon knows no latency " + stage + ": " + answer);
    }
}
