package io.trunkline.gateway.upstream.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmppTimesTest {
    private static final long NOW = Instant.parse("2026-11-21T08:00:00Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource({
        "261224183000004+, 2026-12-24T17:30:00Z",
        "261224183000000+, 2026-12-24T18:30:00Z",
        "261224183000000-, 2026-12-24T18:30:00Z",
        "261224183000520-, 2026-12-24T23:30:00.500Z",
        "280229000000000+, 2028-02-29T00:00:00Z",
        "000101000000000+, 2000-01-01T00:00:00Z",
        "991231235959900+, 2099-12-31T23:59:59.900Z",
        "270101003000004+, 2026-12-31T23:30:00Z",
    })
    void readsAbsoluteTimes(final String text, final Instant expected) {
        assertThat(Instant.ofEpochMilli(read(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "000000020000000R, PT2H",
        "000001000000000R, PT24H",
        "000007000000000R, PT168H",
        "000100000000000R, PT720H",
        "010000000000000R, PT8760H",
        "000000000001000R, PT1S",
        "000000990000000R, PT99H",
    })
    void readsRelativeTimes(final String text, final Duration expected) {
        assertThat(Duration.ofMillis(read(text) - NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "26122418300000",
                "261224183000004",
                "2612241830000004+",
                "261224183000004*",
                "261224183000049+",
                "261324183000004+",
                "260024183000004+",
                "260230183000004+",
                "270229000000000+",
                "260431000000000+",
                "261200183000004+",
                "261224243000004+",
                "261224186000004+",
                "261224183060004+",
                "26122418 000004+",
                "-61224183000004+",
                "2612241830000a4+",
            })
    void refusesWhatIsNoTime(final String text) {
        assertThat(read(text)).isEqualTo(SmppTimes.INVALID);
    }

    @Test
    void agreesWithJavaTimeOnRandomDates() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final DateTimeFormatter format = DateTimeFormatter.ofPattern("yyMMddHHmmss");
        for (int i = 0; i < 5_000; i++) {
            final LocalDateTime local = LocalDateTime.of(2000, 1, 1, 0, 0)
                    .plusSeconds(random.nextInt(Integer.MAX_VALUE) % (86_400L * 365 * 60));
            final long quarters = random.nextInt(49);
            final boolean ahead = random.nextBoolean();
            final String text = format.format(local) + "0" + String.format("%02d", quarters) + (ahead ? "+" : "-");
            final long expected = local.toEpochSecond(ZoneOffset.UTC) * 1000 - (ahead ? 1 : -1) * quarters * 900_000L;
            assertThat(read(text)).as("seed %d: %s", seed, text).isEqualTo(expected);
        }
    }

    private static long read(final String text) {
        final ByteBuf buffer = Unpooled.copiedBuffer("##" + text, StandardCharsets.ISO_8859_1);
        return SmppTimes.read(buffer, 2, text.length(), NOW);
    }
}
