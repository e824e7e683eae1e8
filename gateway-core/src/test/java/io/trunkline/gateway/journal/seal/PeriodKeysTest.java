package io.trunkline.gateway.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.trunkline.gateway.SmallDisk;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.seal.PeriodCipher.Use;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodKeysTest {
    private static final long PERIOD_MS = 1_000;
    private static final long KEEP_MS = 8_000;
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final String TEXT = "Dear customer, your parcel is at the door.";
    private static final long UNIT = 77;

    @TempDir
    Path directory;

    private PeriodKeys open(final MasterKeys masters, final long nowMs) {
        return PeriodKeys.open(file(), masters, new PeriodKeys.Settings(true, PERIOD_MS, KEEP_MS), nowMs);
    }

    private Path file() {
        return directory.resolve(PeriodKeys.FILE_NAME);
    }

    private static MasterKeys masters(final int... ids) {
        final Map<Integer, byte[]> keys = new LinkedHashMap<>();
        for (final int id : ids) {
            final byte[] key = new byte[MasterKeys.LENGTH];
            key[0] = (byte) id;
            keys.put(id, key);
        }
        return new MasterKeys(keys);
    }

    private static UnsafeBuffer text() {
        return new UnsafeBuffer(TEXT.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(final UnsafeBuffer body) {
        return body.getStringWithoutLengthAscii(0, body.capacity());
    }

    private static boolean apply(final PeriodKeys keys, final int period, final UnsafeBuffer body) {
        return keys.cipher().apply(period, Use.ACCEPTED, UNIT, body, 0, body.capacity());
    }

    @Test
    void whatWasEncipheredIsReadableAfterARestart() throws IOException {
        final UnsafeBuffer body = text();
        final int period;
        try (PeriodKeys keys = open(MasterKeys.NONE, NOW_MS)) {
            period = keys.current(NOW_MS);
            apply(keys, period, body);
            assertThat(read(body)).isNotEqualTo(TEXT);
        }
        try (PeriodKeys keys = open(MasterKeys.NONE, NOW_MS + 10)) {
            assertThat(keys.current(NOW_MS + 10)).isEqualTo(period);
            assertThat(apply(keys, period, body)).isTrue();
            assertThat(read(body)).isEqualTo(TEXT);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void noTwoBodiesShareAStream() throws IOException {
        try (PeriodKeys keys = open(MasterKeys.NONE, NOW_MS)) {
            final PeriodCipher cipher = keys.cipher();
            final int period = keys.current(NOW_MS);
            final UnsafeBuffer first = text();
            final UnsafeBuffer other = text();
            final UnsafeBuffer inbound = text();
            cipher.apply(period, Use.ACCEPTED, UNIT, first, 0, first.capacity());
            cipher.apply(period, Use.ACCEPTED, UNIT + 1, other, 0, other.capacity());
            cipher.apply(period, Use.INBOUND, UNIT, inbound, 0, inbound.capacity());
            assertThat(first.byteArray()).isNotEqualTo(other.byteArray()).isNotEqualTo(inbound.byteArray());
            assertThat(cipher.nextNonce()).isNotEqualTo(cipher.nextNonce());
        }
    }

    @Test
    void aPeriodIsFollowedByTheNextWhoseKeyIsThereBefore() throws IOException {
        try (PeriodKeys keys = open(MasterKeys.NONE, NOW_MS)) {
            final int first = keys.current(NOW_MS);
            keys.keep(NOW_MS + PERIOD_MS * 2 / 3, 0);
            assertThat(keys.current(NOW_MS + PERIOD_MS - 1)).isEqualTo(first);
            assertThat(keys.current(NOW_MS + PERIOD_MS)).isGreaterThan(first);
        }
    }

    @Test
    void bodiesWhoseTimeIsOverCannotBeReadAgain() throws IOException {
        final UnsafeBuffer body = text();
        final int old;
        final long laterMs = NOW_MS + PERIOD_MS + KEEP_MS;
        try (PeriodKeys keys = open(MasterKeys.NONE, NOW_MS)) {
            old = keys.current(NOW_MS);
            apply(keys, old, body);
            keys.keep(NOW_MS + PERIOD_MS * 2 / 3, 0);
            assertThat(keys.keep(laterMs - 1, Long.MAX_VALUE)).isZero();
            assertThat(keys.keep(laterMs, Long.MAX_VALUE)).isEqualTo(1);
            assertThat(keys.cipher().opens(old)).isFalse();
            assertThat(apply(keys, old, body)).isFalse();
            assertThat(keys.current(laterMs)).isGreaterThan(old);
        }
        try (PeriodKeys keys = open(MasterKeys.NONE, laterMs)) {
            assertThat(apply(keys, old, body)).isFalse();
        }
        assertThat(PeriodKeys.look(file()).locked(old)).isFalse();
        assertThat(apply(PeriodKeys.look(file()), old, body)).isFalse();
    }

    @Test
    void bodiesOfMessagesThatAreOpenAreKept() throws IOException {
        try (PeriodKeys keys = open(MasterKeys.NONE, NOW_MS)) {
            final int old = keys.current(NOW_MS);
            final long laterMs = NOW_MS + PERIOD_MS + KEEP_MS;
            keys.keep(NOW_MS + PERIOD_MS * 2 / 3, 0);
            assertThat(keys.keep(laterMs, 0)).as("before a checkpoint").isZero();
            assertThat(keys.keep(laterMs, NOW_MS + PERIOD_MS - 1)).isZero();
            assertThat(keys.cipher().opens(old)).isTrue();
            assertThat(keys.keep(laterMs, NOW_MS + PERIOD_MS)).isEqualTo(1);
        }
    }

    @Test
    void aKeyThatWasUsedBeyondItsTimeIsKeptForWhatItWasUsedForLast() throws IOException {
        final UnsafeBuffer body = text();
        final long lateMs = NOW_MS + 5 * PERIOD_MS;
        try (PeriodKeys keys = open(MasterKeys.NONE, NOW_MS)) {
            final int period = keys.current(lateMs);
            apply(keys, period, body);
            keys.keep(lateMs, Long.MAX_VALUE);
            assertThat(keys.current(lateMs)).isGreaterThan(period);
            assertThat(keys.keep(lateMs + KEEP_MS - 1, Long.MAX_VALUE)).isZero();
            assertThat(keys.keep(lateMs + KEEP_MS, lateMs - 1)).as("still open").isZero();
            assertThat(apply(keys, period, body)).isTrue();
            assertThat(read(body)).isEqualTo(TEXT);
        }
        try (PeriodKeys keys = open(MasterKeys.NONE, lateMs + KEEP_MS)) {
            assertThat(keys.keep(lateMs + KEEP_MS, lateMs))
                    .as("given up after all")
                    .isPositive();
        }
    }

    @Test
    void aFullDiskTakesTheNextKeyAndForgetsTheOldOnes() throws IOException, InterruptedException {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 1)) {
            final Path file = disk.path().resolve(PeriodKeys.FILE_NAME);
            final UnsafeBuffer body = text();
            final UnsafeBuffer lastBody = text();
            final PeriodKeys.Settings settings = new PeriodKeys.Settings(true, PERIOD_MS, KEEP_MS);
            final int first;
            final int last;
            final long endMs = NOW_MS + 30 * PERIOD_MS;
            try (PeriodKeys keys = PeriodKeys.open(file, masters(1), settings, NOW_MS)) {
                disk.leave(0);
                first = keys.current(NOW_MS);
                apply(keys, first, body);
                for (long nowMs = NOW_MS; nowMs < endMs; nowMs += PERIOD_MS / 2) {
                    keys.keep(nowMs, Long.MAX_VALUE);
                }
                last = keys.current(endMs);
                assertThat(last).isGreaterThan(first + 25);
                apply(keys, last, lastBody);
                assertThat(apply(keys, first, body)).isFalse();
            }
            try (PeriodKeys keys = PeriodKeys.open(file, masters(1), settings, endMs)) {
                assertThat(apply(keys, last, lastBody)).isTrue();
                assertThat(read(lastBody)).isEqualTo(TEXT);
                assertThat(apply(keys, first, body)).isFalse();
            }
        }
    }

    @Test
    void withoutRoomForFurtherKeysTheLastIsUsedOnAndOldOnesAreForgottenAllTheSame()
            throws IOException, InterruptedException {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 1)) {
            final Path file = disk.path().resolve(PeriodKeys.FILE_NAME);
            // More periods than a page of the file has room for.
            final PeriodKeys.Settings settings = new PeriodKeys.Settings(true, PERIOD_MS, 40 * PERIOD_MS);
            try (PeriodKeys keys = PeriodKeys.open(file, MasterKeys.NONE, settings, NOW_MS)) {
                disk.leave(0);
                final int first = keys.current(NOW_MS);
                long nowMs = NOW_MS;
                IOException full = null;
                while (full == null) {
                    nowMs += PERIOD_MS / 2;
                    full = keepOrWhyNot(keys, nowMs);
                }
                assertThat(full).hasMessageContaining("No space left");
                assertThat(nowMs).isGreaterThan(NOW_MS + 29 * PERIOD_MS);
                final long lateMs = NOW_MS + 41 * PERIOD_MS;
                final int used = keys.current(lateMs);
                final UnsafeBuffer body = text();
                apply(keys, used, body);
                assertThat(keepOrWhyNot(keys, lateMs)).isNotNull();
                assertThat(keys.cipher().opens(first))
                        .as("forgotten though the disk is full")
                        .isFalse();
                // What it had is free now: the next key finds its place.
                assertThat(keepOrWhyNot(keys, lateMs)).isNull();
                assertThat(keys.current(lateMs)).isGreaterThan(used);
                for (long laterMs = lateMs; laterMs < lateMs + 40 * PERIOD_MS; laterMs += PERIOD_MS / 2) {
                    keepOrWhyNot(keys, laterMs);
                }
                assertThat(apply(keys, used, body)).as("as long as any other").isTrue();
                assertThat(read(body)).isEqualTo(TEXT);
            }
        }
    }

    private static IOException keepOrWhyNot(final PeriodKeys keys, final long nowMs) {
        try {
            keys.keep(nowMs, Long.MAX_VALUE);
            return null;
        } catch (final IOException e) {
            return e;
        }
    }

    @Test
    void aFileThatFindsNoRoomIsSaidAndMadeWhenThereIsSome() throws IOException, InterruptedException {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 1)) {
            final Path file = disk.path().resolve(PeriodKeys.FILE_NAME);
            final PeriodKeys.Settings settings = new PeriodKeys.Settings(true, PERIOD_MS, KEEP_MS);
            disk.leave(0);
            assertThatThrownBy(() -> PeriodKeys.open(file, MasterKeys.NONE, settings, NOW_MS))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("No space left");
            assertThat(PeriodKeys.look(file).locked(1)).isFalse();
            disk.empty();
            try (PeriodKeys keys = PeriodKeys.open(file, MasterKeys.NONE, settings, NOW_MS)) {
                assertThat(keys.current(NOW_MS)).isNotEqualTo(PeriodKeys.NONE);
            }
        }
    }

    @Test
    void noNumberIsGivenToTwoPeriods() throws IOException {
        int last = 0;
        for (int run = 0; run < 5; run++) {
            final long nowMs = NOW_MS + run * 20L * KEEP_MS;
            try (PeriodKeys keys = open(MasterKeys.NONE, nowMs)) {
                keys.keep(nowMs, Long.MAX_VALUE);
                assertThat(keys.current(nowMs)).isGreaterThan(last);
                last = keys.current(nowMs);
            }
        }
        assertThat(Files.size(file())).as("places are used again").isEqualTo(32 * 128);
    }

    @Test
    void aKeyLiesOnTheDiskUnderTheMasterKeyAlone() throws IOException {
        final UnsafeBuffer body = text();
        final int period;
        final byte[] key = new byte[32];
        try (PeriodKeys keys = open(masters(1), NOW_MS)) {
            period = keys.current(NOW_MS);
            apply(keys, period, body);
            keys.key(period).getBytes(0, key);
        }
        final String onDisk = Files.readString(file(), StandardCharsets.ISO_8859_1);
        assertThat(onDisk).doesNotContain(new String(key, StandardCharsets.ISO_8859_1));
        final PeriodKeys looked = PeriodKeys.look(file());
        assertThat(looked.locked(period)).isTrue();
        assertThat(apply(looked, period, body)).isFalse();
        try (PeriodKeys keys = open(masters(1), NOW_MS)) {
            apply(keys, period, body);
            assertThat(read(body)).isEqualTo(TEXT);
        }
    }

    @Test
    void aMasterKeyIsExchangedByTwoStarts() throws IOException {
        final UnsafeBuffer body = text();
        final int period;
        try (PeriodKeys keys = open(masters(1), NOW_MS)) {
            period = keys.current(NOW_MS);
            apply(keys, period, body);
        }
        open(masters(2, 1), NOW_MS).close();
        try (PeriodKeys keys = open(masters(2), NOW_MS)) {
            apply(keys, period, body);
            assertThat(read(body)).isEqualTo(TEXT);
        }
    }

    @Test
    void whatLayThereAsItIsGoesUnderTheFirstMasterKey() throws IOException {
        open(MasterKeys.NONE, NOW_MS).close();
        assertThat(PeriodKeys.look(file()).locked(1)).isFalse();
        open(masters(3), NOW_MS).close();
        assertThat(PeriodKeys.look(file()).locked(1)).isTrue();
    }

    @Test
    void doesNotStartWithoutTheMasterKeyOrWithAnother() {
        open(masters(1), NOW_MS).close();
        assertThatThrownBy(() -> open(masters(2), NOW_MS))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("under key 1, which journal.bodies.keys does not have");
        assertThatThrownBy(() -> open(MasterKeys.NONE, NOW_MS)).hasMessageContaining("under key 1");
        final MasterKeys wrong = new MasterKeys(Map.of(1, new byte[MasterKeys.LENGTH]));
        assertThatThrownBy(() -> open(wrong, NOW_MS))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("key 1 of journal.bodies.keys is not the one");
    }

    /** As after a start with a wrong clock, before it is set. */
    @Test
    void aClockThatWasAheadForAWhileDoesNotKeepTheKeysOfAfterwards() throws IOException {
        try (PeriodKeys keys = open(MasterKeys.NONE, NOW_MS)) {
            keys.keep(NOW_MS + Duration.ofDays(365).toMillis(), Long.MAX_VALUE);
            long nowMs = NOW_MS + 10;
            keys.keep(nowMs, Long.MAX_VALUE);
            final int period = keys.current(nowMs);
            assertThat(apply(keys, period, text())).isTrue();
            for (; nowMs < NOW_MS + KEEP_MS; nowMs += PERIOD_MS / 4) {
                keys.keep(nowMs, Long.MAX_VALUE);
                assertThat(keys.cipher().opens(period)).isTrue();
            }
            for (; nowMs < NOW_MS + KEEP_MS + 3 * PERIOD_MS; nowMs += PERIOD_MS / 4) {
                keys.keep(nowMs, Long.MAX_VALUE);
            }
            assertThat(keys.cipher().opens(period)).isFalse();
        }
    }

    @Test
    void aClockThatWasBehindForAWhileTakesNoKeyAwayTooEarly() throws IOException {
        try (PeriodKeys keys = open(MasterKeys.NONE, NOW_MS)) {
            final int before = keys.current(NOW_MS);
            final long behindMs = NOW_MS - Duration.ofDays(365).toMillis();
            keys.keep(behindMs, Long.MAX_VALUE);
            final int meanwhile = keys.current(behindMs);
            for (long nowMs = NOW_MS + 10; nowMs < NOW_MS + KEEP_MS; nowMs += PERIOD_MS / 4) {
                keys.keep(nowMs, Long.MAX_VALUE);
                assertThat(keys.cipher().opens(before)).isTrue();
                assertThat(keys.cipher().opens(meanwhile)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyWhoseKeyIsLostIsNotDecipheredWithAnother(final boolean olderCopy) throws IOException {
        final long periodMs = Duration.ofMinutes(8).toMillis();
        final PeriodKeys.Settings settings = new PeriodKeys.Settings(true, periodMs, KEEP_MS);
        final long begunMs = Instant.parse("2026-11-21T12:00:00Z").toEpochMilli();
        final long lostMs = begunMs + periodMs;
        final long nowMs = lostMs + periodMs / 2;
        final Path copy = directory.resolve("copy");
        PeriodKeys.open(file(), MasterKeys.NONE, settings, begunMs).close();
        Files.copy(file(), copy);
        final UnsafeBuffer body = text();
        final int lost;
        try (PeriodKeys keys = PeriodKeys.open(file(), MasterKeys.NONE, settings, lostMs)) {
            lost = keys.current(lostMs);
            apply(keys, lost, body);
        }
        final String enciphered = read(body);
        Files.delete(file());
        if (olderCopy) {
            Files.copy(copy, file());
        }
        try (PeriodKeys keys = PeriodKeys.open(file(), MasterKeys.NONE, settings, nowMs)) {
            assertThat(keys.current(nowMs)).isNotEqualTo(lost).isPositive();
            assertThat(keys.cipher().opens(lost)).isFalse();
            assertThat(apply(keys, lost, body)).isFalse();
            assertThat(read(body)).isEqualTo(enciphered);
        }
    }

    @Test
    void doesNotStartWithADamagedFile() throws IOException {
        open(MasterKeys.NONE, NOW_MS).close();
        final byte[] octets = Files.readAllBytes(file());
        octets[128 + 40] = (byte) ~octets[128 + 40];
        Files.write(file(), octets);
        assertThatThrownBy(() -> open(MasterKeys.NONE, NOW_MS)).hasMessageContaining("damaged in slot 1");
    }

    @Test
    void bodiesOfEarlierRunsAreReadableWhereNewOnesAreNotEnciphered() throws IOException {
        final UnsafeBuffer body = text();
        final int period;
        try (PeriodKeys keys = open(MasterKeys.NONE, NOW_MS)) {
            period = keys.current(NOW_MS);
            apply(keys, period, body);
        }
        try (PeriodKeys keys =
                PeriodKeys.open(file(), MasterKeys.NONE, new PeriodKeys.Settings(false, PERIOD_MS, KEEP_MS), NOW_MS)) {
            assertThat(keys.current(NOW_MS)).isEqualTo(PeriodKeys.NONE);
            apply(keys, period, body);
            assertThat(read(body)).isEqualTo(TEXT);
        }
        final Path other = directory.resolve("other");
        PeriodKeys.open(other, MasterKeys.NONE, new PeriodKeys.Settings(false, 1, 1), NOW_MS)
                .close();
        assertThat(other).doesNotExist();
    }

    @Test
    void allocatesNothingForABody() throws IOException {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final UnsafeBuffer body = text();
        try (PeriodKeys keys = open(masters(1), NOW_MS)) {
            final PeriodCipher cipher = keys.cipher();
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 20 && least > 0; round++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 10_000; i++) {
                    final int period = cipher.current(NOW_MS + i % 500);
                    cipher.apply(period, Use.ACCEPTED, i, body, 0, body.capacity());
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            // The count itself may show.
            assertThat(least).isLessThan(1_000);
        }
    }
}
