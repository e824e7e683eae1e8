package io.trunkline.perf.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.MessageClass;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of bodies on the disk when their messages have ended, through a real daemon. */
class SealedBodiesTest {
    private static final int SLOT_LENGTH = 64;
    private static final int SERIAL = 32;
    private static final long MESSAGES = 300;
    /** What every body of the load begins with. */
    private static final String MARK = "#000";

    @TempDir
    Path directory;

    private record Accepted(boolean otp, long key, long serial, String body) {}

    @Test
    void oneTimePasswordsCannotBeReadOnceTheirMessagesHaveEndedAndOtherBodiesCan() throws Exception {
        final StringWriter said = new StringWriter();
        try (ProveContext context = new ProveContext(directory, Map.of("seed", "1"), new PrintWriter(said))) {
            final Stage stage = Stage.usual(context, "disk");
            final Daemon daemon = stage.start();
            final LoadRun load = context.load(stage.plan().endingAfter(MESSAGES).sending(Kill9.allClasses(1)));
            final boolean ended = ProveContext.await(
                    Duration.ofMinutes(3), () -> load.counters().get(Counter.TERMINAL) == MESSAGES);
            assertThat(ended)
                    .as("ended: %d", load.counters().get(Counter.TERMINAL))
                    .isTrue();
            assertThat(daemon.stop(Duration.ofMinutes(1)))
                    .as(daemon.tailOfLog())
                    .isZero();
            final List<Accepted> accepted = accepted(stage.setup().data());
            assertThat(accepted).hasSize((int) MESSAGES);
            assertThat(accepted).anyMatch(Accepted::otp).anyMatch(unit -> !unit.otp);
            final ByteBuffer keys = keys(stage.setup().data());
            assertThat(accepted).allSatisfy(unit -> {
                assertThat(unit.body.startsWith(MARK)).isNotEqualTo(unit.otp);
                assertThat(unit.key > 0).isEqualTo(unit.otp);
                if (unit.otp) {
                    assertThat(keys.getLong((int) unit.key * SLOT_LENGTH + SERIAL))
                            .as("what stands in the slot of its key")
                            .isNotEqualTo(unit.serial);
                }
            });
        }
    }

    private static List<Accepted> accepted(final Path data) {
        final List<Accepted> accepted = new ArrayList<>();
        final UnitAcceptedDecoder decoder = new UnitAcceptedDecoder();
        JournalFiles.in(data).get(0).read(record -> {
            if (record.templateId() == UnitAcceptedDecoder.TEMPLATE_ID) {
                decoder.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                decoder.skipFrom();
                decoder.skipTo();
                final byte[] body = new byte[decoder.bodyLength()];
                decoder.getBody(body, 0, body.length);
                accepted.add(new Accepted(
                        decoder.messageClass() == MessageClass.OTP.number(),
                        decoder.bodyKey(),
                        decoder.bodyKeySerial(),
                        new String(body, StandardCharsets.UTF_8)));
            }
        });
        return accepted;
    }

    private static ByteBuffer keys(final Path data) throws IOException {
        final Path file = JournalFiles.shardDirectory(data, 0).resolve("body.keys");
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
