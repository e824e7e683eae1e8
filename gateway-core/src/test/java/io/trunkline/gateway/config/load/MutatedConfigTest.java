package io.trunkline.gateway.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.ConfigProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever bytes the files hold, the loader gives a configuration or a list of problems with places, and never throws. */
class MutatedConfigTest {
    private static final int ROUNDS = 200;
    private static final String[] FRAGMENTS = {
        "\n",
        "  ",
        "- ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "&a ",
        "*a",
        "|",
        ">",
        "#",
        "!!binary ",
        "? ",
        "%",
        "\t",
        "null",
        "~",
        "-1",
        "1e999",
        ".nan",
        "0x",
        "9999999999999999999999",
        "9999999999d",
        "${env:",
        "\u0000",
        ",",
        "=",
        ";",
        "@",
        "\uD83D\uDE00",
        "---\n",
        "...\n"
    };

    @TempDir
    Path directory;

    @Test
    void bytesAndFragmentsPutInAtRandomNeverMakeItThrow() throws Exception {
        final long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("seed " + seed + " (repeat with -Dtest.seed=" + seed + ")");
        final Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            final SampleConfig config = new SampleConfig(directory);
            final String file = SampleConfig.FILES.get(random.nextInt(SampleConfig.FILES.size()));
            final byte[] spoiled = spoil(config.text(file), random);
            Files.write(directory.resolve(file), spoiled);
            final LoadResult result = config.load();
            assertThat(result.config().isPresent())
                    .as("round %d of seed %d: %s", round, seed, result.problems())
                    .isEqualTo(result.problems().isEmpty());
            for (final ConfigProblem problem : result.problems()) {
                assertThat(problem.line()).isPositive();
                assertThat(problem.column()).isPositive();
                assertThat(problem.message()).isNotBlank();
                assertThat(problem.remedy()).as(problem.toString()).isNotBlank();
            }
        }
    }

    private static byte[] spoil(final String text, final Random random) {
        String spoiled = text;
        for (int i = random.nextInt(4); i >= 0; i--) {
            final int at = random.nextInt(spoiled.length());
            final int end = Math.min(spoiled.length(), at + random.nextInt(12));
            spoiled = spoiled.substring(0, at)
                    + FRAGMENTS[random.nextInt(FRAGMENTS.length)]
                    + spoiled.substring(random.nextBoolean() ? at : end);
        }
        final byte[] bytes = spoiled.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(5) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
