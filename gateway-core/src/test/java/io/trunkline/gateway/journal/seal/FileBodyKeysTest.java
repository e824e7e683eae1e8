package io.trunkline.gateway.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.journal.JournalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileBodyKeysTest {
    private static final int UNITS = 1000;
    private static final byte[] BODY = "Your code is 123456".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    private final List<JournalException> failures = new CopyOnWriteArrayList<>();
    private final List<FileBodyKeys> opened = new ArrayList<>();

    @AfterEach
    void nothingHasFailed() {
        opened.forEach(FileBodyKeys::close);
        assertThat(failures).isEmpty();
    }

    private Path file() {
        return directory.resolve("body.keys");
    }

    private FileBodyKeys open(final int... kept) {
        final FileBodyKeys keys = new FileBodyKeys(file(), UNITS, failures::add);
        opened.add(keys);
        for (final int key : kept) {
            keys.keep(key);
        }
        keys.forgetOthers();
        return keys;
    }

    private void close(final FileBodyKeys keys) {
        opened.remove(keys);
        keys.close();
    }

    private static UnsafeBuffer sealed(final FileBodyKeys keys, final int key, final long unitId) {
        final UnsafeBuffer body = new UnsafeBuffer(BODY.clone());
        keys.apply(key, unitId, body, 0, BODY.length);
        assertThat(body.byteArray()).isNotEqualTo(BODY);
        return body;
    }

    private static byte[] opened(final FileBodyKeys keys, final int key, final long unitId, final UnsafeBuffer body) {
        final UnsafeBuffer copy = new UnsafeBuffer(body.byteArray().clone());
        keys.apply(key, unitId, copy, 0, BODY.length);
        return copy.byteArray();
    }

    @Test
    void aSealedBodyIsOpenedAgainByItsKeyAndUnitAlone() {
        final FileBodyKeys keys = open();
        final int key = keys.take();
        final UnsafeBuffer body = sealed(keys, key, 7);
        assertThat(opened(keys, key, 7, body)).isEqualTo(BODY);
        assertThat(opened(keys, key, 8, body)).isNotEqualTo(BODY);
        assertThat(opened(keys, keys.take(), 7, body)).isNotEqualTo(BODY);
    }

    @Test
    void aKeyOutlastsAKillAndIsThereForWhomItWasGivenTo() throws IOException {
        final FileBodyKeys keys = open();
        final int key = keys.take();
        final long serial = keys.serial(key);
        final UnsafeBuffer body = sealed(keys, key, 7);
        // What another process finds after a kill: the file as it is, nothing closed.
        final Path killed = Files.copy(file(), directory.resolve("killed.keys"));
        close(keys);
        Files.move(killed, file(), StandardCopyOption.REPLACE_EXISTING);
        final FileBodyKeys after = open(key);
        assertThat(after.serial(key)).isEqualTo(serial);
        assertThat(opened(after, key, 7, body)).isEqualTo(BODY);
        final Set<Integer> given = new HashSet<>();
        for (int next = after.take(); next != BodyKeys.NONE; next = after.take()) {
            given.add(next);
        }
        assertThat(given).isNotEmpty().doesNotContain(key);
    }

    @Test
    void whereFewerUnitsMayBeOpenThanBeforeTheKeysOfThoseThatAreOpenAreKeptAndThenOverwritten() {
        final FileBodyKeys many = new FileBodyKeys(file(), 3 * KeyFile.CHUNK_SLOTS, failures::add);
        opened.add(many);
        many.forgetOthers();
        final int[] far = new int[1];
        Awaitility.await().until(() -> {
            for (int key = many.take(); key != BodyKeys.NONE && far[0] == 0; key = many.take()) {
                far[0] = key >= 2 * KeyFile.CHUNK_SLOTS ? key : 0;
            }
            return far[0] != 0;
        });
        final long serial = many.serial(far[0]);
        final UnsafeBuffer body = sealed(many, far[0], 7);
        close(many);
        final FileBodyKeys fewer = open(far[0]);
        assertThat(fewer.serial(far[0])).isEqualTo(serial);
        assertThat(opened(fewer, far[0], 7, body)).isEqualTo(BODY);
        fewer.forget(far[0]);
        Awaitility.await().until(() -> fewer.serial(far[0]) != serial);
    }

    @Test
    void aKeyThatIsForgottenIsOverwrittenInTheFile() throws IOException {
        final FileBodyKeys keys = open();
        final int key = keys.take();
        final long serial = keys.serial(key);
        final byte[] before = slot(key);
        keys.forget(key);
        Awaitility.await().until(() -> keys.serial(key) != serial);
        Awaitility.await().until(() -> !Arrays.equals(slot(key), before));
        assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(before, StandardCharsets.ISO_8859_1));
    }

    private byte[] slot(final int key) throws IOException {
        final byte[] all = Files.readAllBytes(file());
        return Arrays.copyOfRange(all, key * KeyFile.SLOT_LENGTH, key * KeyFile.SLOT_LENGTH + KeyFile.SERIAL);
    }

    /** A power cut may have undone the overwriting of keys: what no open unit has is overwritten by the next start. */
    @Test
    void whatNobodyKeepsIsOverwrittenByTheNextStart() {
        final FileBodyKeys keys = open();
        final int mine = keys.take();
        final int lost = keys.take();
        final long serialOfMine = keys.serial(mine);
        final long serialOfLost = keys.serial(lost);
        close(keys);
        final FileBodyKeys after = open(mine);
        Awaitility.await().until(() -> after.serial(lost) != serialOfLost);
        assertThat(after.serial(mine)).isEqualTo(serialOfMine);
    }

    @Test
    void thereAreKeysForAllUnitsThatMayBeOpenAndNoneIsGivenTwice() {
        final FileBodyKeys keys = open();
        final Set<Integer> given = new HashSet<>();
        Awaitility.await().until(() -> {
            for (int key = keys.take(); key != BodyKeys.NONE; key = keys.take()) {
                assertThat(given.add(key)).isTrue();
            }
            return given.size() == 2 * KeyFile.CHUNK_SLOTS - 1;
        });
        final int back = given.iterator().next();
        keys.forget(back);
        Awaitility.await().until(keys::ready);
        assertThat(keys.take()).isEqualTo(back);
    }

    @Test
    void aKeyOfAnotherFileIsNotTakenForOne() {
        final FileBodyKeys keys = open();
        assertThat(keys.serial(0)).isZero();
        assertThat(keys.serial(Integer.MAX_VALUE)).isZero();
    }

    @Test
    void aHashIsHiddenTheSameWayAfterEveryStartAndOtherwiseByAnotherFile() throws IOException {
        final FileBodyKeys keys = open();
        final long hidden = keys.blind(7);
        assertThat(hidden).isNotEqualTo(7).isNotEqualTo(keys.blind(8)).isEqualTo(keys.blind(7));
        close(keys);
        final FileBodyKeys again = open();
        assertThat(again.blind(7)).isEqualTo(hidden);
        close(again);
        Files.delete(file());
        assertThat(open().blind(7)).isNotEqualTo(hidden);
    }

    @Test
    void theFileIsItsOwnersAlone() throws IOException {
        close(open());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        // As a copy may be that was put back.
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        close(open());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void takingSealingAndForgettingAllocatesNothing() {
        final FileBodyKeys keys = open();
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        final long self = Thread.currentThread().getId();
        final UnsafeBuffer body = new UnsafeBuffer(new byte[160]);
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5; attempt++) {
            final long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < 2000; i++) {
                final int key = keys.take();
                keys.apply(key, i, body, 0, body.capacity());
                keys.forget(key);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
            Awaitility.await().until(keys::ready);
        }
        assertThat(least).isZero();
    }
}
