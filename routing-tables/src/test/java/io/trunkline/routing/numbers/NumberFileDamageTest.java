package io.trunkline.routing.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.routing.PackedNumber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberFileDamageTest {
    private static final int NUMBERS = 500;

    @TempDir
    Path directory;

    private Path path;
    private byte[] whole;

    @BeforeEach
    void build() throws IOException {
        path = directory.resolve("numbers");
        try (NumberFileBuilder builder = builder()) {
            builder.build();
        }
        whole = Files.readAllBytes(path);
    }

    private NumberFileBuilder builder() throws IOException {
        final NumberFileBuilder builder =
                new NumberFileBuilder(path, NumberContent.OWNERS, (number, kept, dropped) -> {});
        for (int i = 0; i < NUMBERS; i++) {
            builder.add(PackedNumber.of(Integer.toString(447_700 + i)), 1 + i % 7);
        }
        return builder;
    }

    private AbstractThrowableAssert<?, ?> assertRefused(final byte[] octets) throws IOException {
        Files.write(path, octets);
        return assertThatThrownBy(() -> NumberFile.open(path, NumberContent.OWNERS))
                .isInstanceOf(NumberFileException.class)
                .hasMessageStartingWith(path + ": ");
    }

    @Test
    void aFlippedBitIsFoundWhereverItCounts() throws IOException {
        final NumberFile file = NumberFile.open(path, NumberContent.OWNERS);
        for (int at = 0; at < whole.length; at += at < 96 ? 1 : 11) {
            final byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            if (isPadding(at)) {
                Files.write(path, damaged);
                assertThat(NumberFile.open(path, NumberContent.OWNERS).size()).isEqualTo(file.size());
            } else {
                assertRefused(damaged);
            }
        }
    }

    /** 96 octets of header, 7 values, 257 places in the directory, 500 entries of 51 - 8 + 3 bits. */
    private static boolean isPadding(final int at) {
        final int directoryAt = 4096 + 64;
        final int entriesAt = directoryAt + (257 * 4 + 63) / 64 * 64;
        return (at >= 96 && at < 4096)
                || (at >= 4096 + 7 * 8 && at < directoryAt)
                || (at >= directoryAt + 257 * 4 && at < entriesAt)
                || at >= entriesAt + (NUMBERS * 46 + 7) / 8;
    }

    @Test
    void aFileThatWasCutShortIsRefusedWhereverTheCut() throws IOException {
        for (int length = 0; length < whole.length; length += length < 128 ? 1 : 97) {
            assertRefused(Arrays.copyOf(whole, length));
        }
        assertRefused(Arrays.copyOf(whole, whole.length - 1)).hasMessageContaining("octets where");
        assertRefused(Arrays.copyOf(whole, whole.length + 1)).hasMessageContaining("octets where");
    }

    @Test
    void aRefusalSaysWhatIsWrongAndWhatToDo() throws IOException {
        assertRefused("447700,acme\n".getBytes(StandardCharsets.US_ASCII))
                .hasMessageEndingWith("is no number file; build one, or name the right file");
        assertRefused(new byte[0]).hasMessageContaining("is no number file");
        assertRefused(Arrays.copyOf(whole, 40)).hasMessageContaining("cut short within its header");

        final byte[] newer = whole.clone();
        newer[8] = 2;
        assertRefused(newer).hasMessageEndingWith("is of format 2, and this release reads format 1; build it again");

        final byte[] damaged = whole.clone();
        damaged[whole.length - 100] ^= 1;
        assertRefused(damaged).hasMessageContaining("its entries (octets").hasMessageContaining("are damaged");
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        assertThatThrownBy(() -> NumberFile.open(path, NumberContent.NETWORKS))
                .isInstanceOf(NumberFileException.class)
                .hasMessageEndingWith("has owners where networks are wanted; name the right file");
    }

    @Test
    void aBuildThatIsBrokenOffLeavesTheFileBeforeItAndNothingElse() throws IOException {
        try (NumberFileBuilder builder = builder()) {
            builder.add(PackedNumber.of("1"), 1);
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(whole);
        try (NumberFileWriter writer =
                new NumberFileWriter(path, NumberFileLayout.planned(1, 100, new NumberHash(15), 0), new Palette())) {
            writer.add(17, 0);
            assertThat(directory.resolve("numbers.building")).exists();
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(whole);
        assertThat(directory.toFile().list()).containsExactly("numbers");
    }
}
