package io.trunkline.gateway.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.journal.Records;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes, killed with SIGKILL while they append. */
final class KillTest {
    private static final int TIMES = 3;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatWasAcknowledgedBeforeAKillIsThereAfterIt(final Durability durability)
            throws IOException, InterruptedException {
        final SplittableRandom random = Records.seeded("kill -9 at " + durability);
        final Fixture fixture = new Fixture(directory.resolve("shard-0"));
        fixture.durability = durability;
        for (int kill = 0; kill < TIMES; kill++) {
            final long acknowledged = appendUntilKilled(
                    fixture, random.nextInt(5, durability == Durability.DISK ? 80 : 400), random.nextLong());
            final Fixture.Reading reading = fixture.read();
            assertThat(reading.report().damaged()).isEmpty();
            assertThat(reading.report().lastSequence()).isGreaterThanOrEqualTo(acknowledged);
            assertThat(reading.sequences())
                    .isEqualTo(LongStream.rangeClosed(1, reading.report().lastSequence())
                            .boxed()
                            .toList());
        }
    }

    /** Returns the last sequence that the process has said to be durable. */
    private static long appendUntilKilled(final Fixture fixture, final int lines, final long seed)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-")
                        || argument.startsWith("--enable-native")
                        || argument.startsWith("--sun-misc"))
                .forEach(command::add);
        command.add("-Xmx128m");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(AppenderProcess.class.getName());
        command.add(fixture.directory.toString());
        command.add(fixture.durability.name());
        command.add(Long.toString(seed));
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long acknowledged = 0;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            int seen = 0;
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("durable ")) {
                    acknowledged = Long.parseLong(line.substring("durable ".length()));
                    if (++seen == lines) {
                        process.toHandle().destroyForcibly();
                    }
                }
            }
            assertThat(seen).isGreaterThanOrEqualTo(lines);
        } finally {
            process.destroyForcibly();
        }
        process.waitFor();
        return acknowledged;
    }
}
