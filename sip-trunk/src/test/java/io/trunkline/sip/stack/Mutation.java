package io.trunkline.sip.stack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A message with one to three things changed, by chance. */
final class Mutation {
    private static final String[] SCRAPS = {
        "\r\n",
        "\r\n ",
        " ",
        "\t",
        ";",
        ",",
        ":",
        "=",
        "\"",
        "<",
        ">",
        "\\",
        "/",
        "@",
        "%",
        "[",
        "]",
        "?",
        "*",
        "0",
        "z9hG4bK",
        "Via: SIP/2.0/TCP a;branch=z9hG4bK2\r\n",
        "\r\nl: 0\r\n",
        ";tag=2",
        ";rport",
        "SIP/2.0",
        "sip:",
        "tel:+49",
        "\r",
        "\n",
        "\0",
        "INVITE",
        "f: <sip:a@b>;tag=9\r\n",
        "(comment)",
        "\u00e9"
    };

    private Mutation() {}

    static byte[] of(final byte[] original, final Random random) {
        byte[] octets = original;
        for (int i = random.nextInt(3); i >= 0; i--) {
            octets = once(octets, random);
        }
        return octets;
    }

    private static byte[] once(final byte[] octets, final Random random) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final int at = random.nextInt(octets.length + 1);
        final int end = Math.min(octets.length, at + random.nextInt(12));
        out.write(octets, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> out.writeBytes(SCRAPS[random.nextInt(SCRAPS.length)].getBytes(StandardCharsets.UTF_8));
            case 1 -> {
                // Taken out.
                out.write(octets, end, octets.length - end);
                return nonEmpty(out);
            }
            case 2 -> out.write(octets, at, end - at);
            case 3 -> {
                if (at < octets.length) {
                    out.write(octets[at] ^ 0x20);
                    out.write(octets, at + 1, octets.length - at - 1);
                }
                return nonEmpty(out);
            }
            default -> {
                if (at < octets.length) {
                    out.write(random.nextInt(256));
                    out.write(octets, at + 1, octets.length - at - 1);
                }
                return nonEmpty(out);
            }
        }
        out.write(octets, at, octets.length - at);
        return nonEmpty(out);
    }

    private static byte[] nonEmpty(final ByteArrayOutputStream out) {
        return out.size() == 0 ? new byte[] {'x'} : out.toByteArray();
    }
}
