package io.trunkline.gateway.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class ChaCha20Test {
    private final ChaCha20 cipher = new ChaCha20();

    /** RFC 8439 §2.4.2. */
    @Test
    void givesWhatTheRfcPrints() {
        final byte[] key = new byte[ChaCha20.KEY_LENGTH];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        final byte[] text =
                ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
                                + "sunscreen would be it.")
                        .getBytes(StandardCharsets.US_ASCII);
        cipher.key(new UnsafeBuffer(key), 0);
        cipher.begin(1, 0, 0x4a000000, 0);
        cipher.apply(new UnsafeBuffer(text), 0, text.length);
        assertThat(HexFormat.of().formatHex(text))
                .startsWith("6e2e359a2568f98041ba0728dd0d6981")
                .endsWith("874d");
    }

    @Test
    void givesWhatTheJdkGivesForEveryLength() throws GeneralSecurityException {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        for (int length = 0; length < 400; length++) {
            final byte[] key = new byte[ChaCha20.KEY_LENGTH];
            final byte[] nonce = new byte[12];
            final byte[] text = new byte[length];
            random.nextBytes(key);
            random.nextBytes(nonce);
            random.nextBytes(text);
            final Cipher theirs = Cipher.getInstance("ChaCha20");
            theirs.init(
                    Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new ChaCha20ParameterSpec(nonce, length));
            final byte[] expected = theirs.doFinal(text);
            final UnsafeBuffer words = new UnsafeBuffer(nonce);
            cipher.key(new UnsafeBuffer(key), 0);
            cipher.begin(length, words.getInt(0), words.getInt(4), words.getInt(8));
            cipher.apply(new UnsafeBuffer(text), 0, length);
            assertThat(text).as("seed %d, length %d", seed, length).isEqualTo(expected);
        }
    }

    @Test
    void undoesItself() {
        final byte[] text = "Your code is 123456".getBytes(StandardCharsets.US_ASCII);
        final UnsafeBuffer body = new UnsafeBuffer(text.clone());
        cipher.key(new UnsafeBuffer(new byte[ChaCha20.KEY_LENGTH]), 0);
        cipher.begin(0, 1, 2, 3);
        cipher.apply(body, 0, text.length);
        assertThat(body.byteArray()).isNotEqualTo(text);
        cipher.begin(0, 1, 2, 3);
        cipher.apply(body, 0, text.length);
        assertThat(body.byteArray()).isEqualTo(text);
    }
}
