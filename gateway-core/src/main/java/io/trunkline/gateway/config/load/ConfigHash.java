package io.trunkline.gateway.config.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * SHA-256 over the whole configuration: YAML files with their defaults and sorted keys, CSV files as they are but for
 * line ends (a row's line is its name, so a comment that moves rows counts). Secrets enter as references.
 */
final class ConfigHash {
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final MessageDigest digest;
    /** The last piece ended with one, which counts unless a line feed follows. */
    private boolean carriageReturn;

    ConfigHash() {
        digest = sha256();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void add(final YamlTree tree) {
        // Through plain maps, because a tree of nodes keeps the order of the file.
        final Object plain = CANONICAL.treeToValue(tree.root(), Object.class);
        add(tree.file(), CANONICAL.writeValueAsString(plain));
    }

    void add(final SourceFile source) {
        add(source.name(), source.text().replace("\r\n", "\n"));
    }

    void add(final String name, final String content) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(content.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    /** Begins a file that comes in pieces. */
    void begin(final String name) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        carriageReturn = false;
    }

    /** The next piece: also where lines end otherwise the hash is the same. */
    void piece(final byte[] octets, final int length) {
        int begin = 0;
        if (carriageReturn && length > 0 && octets[0] != '\n') {
            digest.update((byte) '\r');
        }
        carriageReturn = false;
        for (int i = 0; i < length; i++) {
            if (octets[i] == '\r' && (i + 1 == length || octets[i + 1] == '\n')) {
                digest.update(octets, begin, i - begin);
                begin = i + 1;
                carriageReturn = i + 1 == length;
            }
        }
        digest.update(octets, begin, length - begin);
    }

    /** Ends a file that came in pieces. */
    void end() {
        if (carriageReturn) {
            digest.update((byte) '\r');
        }
        digest.update((byte) 0);
    }

    /** Lower-case hexadecimal; ends this hash. */
    String hex() {
        return hex(digest);
    }

    static String hex(final MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
