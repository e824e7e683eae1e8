package io.trunkline.perf.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import io.trunkline.gateway.journal.seal.PeriodKeys;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What of bodies can be found on the disk where they are encrypted at rest, through a real daemon that is killed meanwhile. */
@Timeout(240)
class EncryptedBodiesTest {
    private static final long MESSAGES = 600;
    /** What every body of the load begins with. */
    private static final String MARK = "#000";

    @TempDir
    Path directory;

    private Path key(final String name, final String digit) throws IOException {
        final Path file = directory.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, digit.repeat(64));
    }

    private static List<Path> filesWith(final Path data, final String text) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(final Path file, final String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(final ProveContext context, final Stage stage, final boolean kill) throws Exception {
        final Daemon daemon = stage.start();
        final LoadRun load = context.load(stage.plan().endingAfter(MESSAGES).sending(Kill9.allClasses(1)));
        if (kill) {
            ProveContext.await(Duration.ofSeconds(60), () -> load.counters().get(Counter.ACCEPTED) > MESSAGES / 3);
            daemon.kill();
            daemon.start();
        }
        final boolean ended =
                ProveContext.await(Duration.ofMinutes(2), () -> load.counters().get(Counter.TERMINAL) == MESSAGES);
        assertThat(ended).as("ended: %d", load.counters().get(Counter.TERMINAL)).isTrue();
        final ClaimResult verdict = new ClaimResult();
        stage.judge(verdict, load);
        assertThat(verdict.violations()).isEmpty();
    }

    @Test
    void noBodyCanBeFoundInAnyFileAndNothingIsLostByAKill() throws Exception {
        try (ProveContext context =
                new ProveContext(directory, Map.of("seed", "1"), new PrintWriter(new StringWriter()))) {
            final Stage stage = Stage.usual(context, "disk");
            stage.setup().journal("  bodies: {keys: [{id: 1, key: \"${file:" + key("key-1", "a") + "}\"}]}");
            run(context, stage, true);
            assertThat(filesWith(stage.setup().data(), MARK)).isEmpty();
            assertThat(Files.size(stage.setup().data().resolve("journal/shard-0/body.periods")))
                    .isPositive();
        }
    }

    @Test
    void bodiesCannotBeReadSomeTimeAfterTheirMessagesHaveEnded() throws Exception {
        try (ProveContext context =
                new ProveContext(directory, Map.of("seed", "1"), new PrintWriter(new StringWriter()))) {
            final Stage stage = Stage.usual(context, "process");
            stage.setup().journal("  bodies: {readableFor: 5s}\n  checkpoint: {every: 1s}");
            final Daemon daemon = stage.start();
            final LoadRun load = context.load(stage.plan().endingAfter(MESSAGES).sending(Kill9.allClasses(1)));
            assertThat(ProveContext.await(
                            Duration.ofMinutes(2), () -> load.counters().get(Counter.TERMINAL) == MESSAGES))
                    .isTrue();
            final Set<Integer> periods = periods(stage.setup().data());
            assertThat(periods).isNotEmpty().doesNotContain(0);
            final Path keys = stage.setup().data().resolve("journal/shard-0/body.periods");
            assertThat(ProveContext.await(Duration.ofSeconds(30), () -> {
                        final PeriodCipher cipher = PeriodKeys.look(keys).cipher();
                        return periods.stream().noneMatch(cipher::opens);
                    }))
                    .as("all keys of %s are gone", periods)
                    .isTrue();
            assertThat(daemon.isAlive()).isTrue();
            assertThat(filesWith(stage.setup().data(), MARK)).isEmpty();
            final ClaimResult verdict = new ClaimResult();
            stage.judge(verdict, load);
            assertThat(verdict.violations()).isEmpty();
        }
    }

    /** Of all messages in the journal. */
    private static Set<Integer> periods(final Path data) {
        final Set<Integer> periods = new HashSet<>();
        final UnitAcceptedDecoder decoder = new UnitAcceptedDecoder();
        JournalFiles.in(data).get(0).read(record -> {
            if (record.templateId() == UnitAcceptedDecoder.TEMPLATE_ID) {
                decoder.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                periods.add(PeriodCipher.period(decoder.bodyPeriod()));
            }
        });
        return periods;
    }

    @Test
    void withoutAKeyBodiesAreFound() throws Exception {
        try (ProveContext context =
                new ProveContext(directory, Map.of("seed", "1"), new PrintWriter(new StringWriter()))) {
            final Stage stage = Stage.usual(context, "process");
            run(context, stage, false);
            assertThat(filesWith(stage.setup().data(), MARK)).isNotEmpty();
        }
    }
}
