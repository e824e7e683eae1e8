package io.trunkline.gateway.journal.seal;

import io.trunkline.gateway.journal.JournalException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that come from the configuration: the keys of periods lie on the disk enciphered under one of them (AES-256-GCM).
 * The first one enciphers, all decipher.
 */
public final class MasterKeys {
    /** There are none: the keys of periods lie on the disk as they are. */
    public static final MasterKeys NONE = new MasterKeys(Map.of());

    /** Octets of a key. */
    public static final int LENGTH = 32;

    static final int NO_ID = 0;
    static final int NONCE_LENGTH = 12;
    static final int WRAPPED_LENGTH = ChaCha20.KEY_LENGTH + 16;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int TAG_BITS = 128;

    private final Map<Integer, SecretKeySpec> keys = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /** @param octets {@value #LENGTH} of each key, by the number that the configuration gives it; the one in use comes first */
    public MasterKeys(final Map<Integer, byte[]> octets) {
        octets.forEach((id, key) -> keys.put(id, new SecretKeySpec(key, "AES")));
    }

    boolean none() {
        return keys.isEmpty();
    }

    /** The one in use; {@link #NO_ID} where there is none. */
    int current() {
        return keys.isEmpty() ? NO_ID : keys.keySet().iterator().next();
    }

    byte[] newNonce() {
        final byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        return nonce;
    }

    /** Enciphers the key of a period under the master key in use. */
    byte[] wrap(final byte[] key, final byte[] nonce, final int period) {
        if (none()) {
            return Arrays.copyOf(key, WRAPPED_LENGTH);
        }
        try {
            return cipher(Cipher.ENCRYPT_MODE, current(), nonce, period).doFinal(key);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The key of a period.
     *
     * @param id of the master key that it was enciphered under
     * @throws JournalException where that key is not there, or is another one
     */
    byte[] unwrap(final byte[] wrapped, final int id, final byte[] nonce, final int period) {
        if (id == NO_ID) {
            return Arrays.copyOf(wrapped, ChaCha20.KEY_LENGTH);
        }
        if (!keys.containsKey(id)) {
            throw new JournalException("bodies in the journal are enciphered under key " + id
                    + ", which journal.bodies.keys does not have; put it behind the one in use");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, id, nonce, period).doFinal(wrapped);
        } catch (final AEADBadTagException e) {
            throw new JournalException("key " + id + " of journal.bodies.keys is not the one that bodies in the journal"
                    + " are enciphered under; give that file back, or this key another id");
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher cipher(final int mode, final int id, final byte[] nonce, final int period)
            throws GeneralSecurityException {
        final Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, keys.get(id), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(ByteBuffer.allocate(Integer.BYTES).putInt(0, period));
        return cipher;
    }
}
