package io.trunkline.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The authors' test vectors: key 00 01 .. 0f, message 00 01 .. length - 1. */
class KeyHashTest {
    private static String hash(final int length) {
        final KeyHash hash = new KeyHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L).begin();
        for (int i = 0; i < length; i++) {
            hash.octet(i);
        }
        final long first = Long.reverseBytes(hash.finish());
        return String.format("%016x%016x", first, Long.reverseBytes(hash.rest()));
    }

    @Test
    void agreesWithTheReference() {
        assertThat(hash(0)).isEqualTo("a3817f04ba25a8e66df67214c7550293");
        assertThat(hash(1)).isEqualTo("da87c1d86b99af44347659119b22fc45");
    }
}
