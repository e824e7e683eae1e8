package io.trunkline.smpp.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
    @Test
    void numbersOfAnyLengthAgreeWithBigInteger() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            final BigInteger number = new BigInteger(random.nextInt(257), random);
            final String hex = "0".repeat(random.nextInt(4)) + number.toString(16);
            final String decimal = "0".repeat(random.nextInt(4)) + number;
            assertThat(Ids.normalise(MessageIdForm.HEX, random.nextBoolean() ? hex : hex.toUpperCase(Locale.ROOT)))
                    .as("seed %d", seed)
                    .isEqualTo(number.toString());
            assertThat(Ids.normalise(MessageIdForm.DECIMAL, decimal)).isEqualTo(number.toString());
            final String text = Long.toString(random.nextLong(), 36);
            assertThat(Ids.normalise(
                            MessageIdForm.HEX_TEXT, HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII))))
                    .isEqualTo(text);
        }
    }

    @Test
    void blanksAndNulsAroundAnIdDoNotCount() {
        for (final MessageIdForm form : MessageIdForm.values()) {
            assertThat(Ids.normalise(form, " \0 31 \0\r\n")).isEqualTo(Ids.normalise(form, "31"));
            assertThat(Ids.normalise(form, "")).isEmpty();
            assertThat(Ids.normalise(form, " \0")).isEmpty();
        }
    }

    @Test
    void whatIsTooLongIsNoIdAndWhatIsLongIsText() {
        assertThat(Ids.normalise(MessageIdForm.TEXT, "a".repeat(128))).hasSize(128);
        assertThat(Ids.normalise(MessageIdForm.TEXT, "a".repeat(129))).isEmpty();
        assertThat(Ids.normalise(MessageIdForm.HEX, "f".repeat(65))).isEqualTo("f".repeat(65));
        assertThat(Ids.normalise(MessageIdForm.HEX, "0x")).isEqualTo("0x");
    }

    @Test
    void shortIdsAreTheirOwnKeys() {
        final Map<String, String> seen = new HashMap<>();
        final String[] ids = {
            "", "0", "00", "a", "a\0", "\0a", "123456789012345", "12345678", "123456789", "\u00ff".repeat(15)
        };
        for (final String id : ids) {
            assertThat(seen.put(key(id, 1), id)).isNull();
            assertThat(key(id, 1)).isEqualTo(key(id, 2));
        }
        final MessageIdKey key =
                new MessageIdKey(1, 2).set(new UnsafeBuffer("abcdefghijk".getBytes(StandardCharsets.US_ASCII)), 0, 11);
        assertThat(Long.toHexString(key.hi())).isEqualTo("6162636465666768");
        assertThat(Long.toHexString(key.lo())).isEqualTo("696a6b000000000b");
    }

    @Test
    void longIdsAreHashedByTheSeed() {
        final String id = "0b2ff8a6-9a8f-4e3b-9c87-6d0d2a2d1f10";
        assertThat(key(id, 1)).isEqualTo(key(id, 1)).isNotEqualTo(key(id, 2)).endsWith("ff");
        final Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            final String other = "carrier-message-" + i;
            assertThat(seen.put(key(other, 1), other)).isNull();
        }
    }

    /** The vectors of the reference implementation: key 00..0f, input of n octets 00, 01, ... */
    @Test
    void sipHashGivesThePublishedVectors() {
        final String[] vectors = {
            "a3817f04ba25a8e66df67214c7550293", "da87c1d86b99af44347659119b22fc45", "8177228da4a45dc7fca38bdef60affe4",
        };
        final byte[] key = new byte[16];
        for (int i = 0; i < 16; i++) {
            key[i] = (byte) i;
        }
        final UnsafeBuffer keys = new UnsafeBuffer(key);
        final SipHash hash = new SipHash(keys.getLong(0), keys.getLong(8));
        for (int length = 0; length < vectors.length; length++) {
            hash.hash(keys, 0, length);
            final UnsafeBuffer out = new UnsafeBuffer(new byte[16]);
            out.putLong(0, hash.first());
            out.putLong(8, hash.second());
            assertThat(HexFormat.of().formatHex(out.byteArray())).isEqualTo(vectors[length]);
        }
    }

    private static String key(final String id, final long seed) {
        final byte[] bytes = id.getBytes(StandardCharsets.ISO_8859_1);
        final MessageIdKey key = new MessageIdKey(seed, 99).set(new UnsafeBuffer(bytes), 0, bytes.length);
        return Long.toHexString(key.hi()) + "/" + Long.toHexString(key.lo());
    }
}
