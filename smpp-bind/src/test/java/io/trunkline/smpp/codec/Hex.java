package io.trunkline.smpp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** PDUs as people write them: hexadecimal digits and, between apostrophes, ISO-8859-1 text; blanks do not count. */
public final class Hex {
    private Hex() {}

    /** The octets that a text stands for. */
    public static byte[] octets(final String text) {
        final ByteBuf out = Unpooled.buffer();
        int i = 0;
        while (i < text.length()) {
            final char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else if (c == '\'') {
                final int end = text.indexOf('\'', i + 1);
                out.writeCharSequence(text.substring(i + 1, end), StandardCharsets.ISO_8859_1);
                i = end + 1;
            } else {
                out.writeByte(Integer.parseInt(text.substring(i, i + 2), 16));
                i += 2;
            }
        }
        return ByteBufUtil.getBytes(out);
    }

    /** A PDU, whose command_length is put before what the text gives: command_id, status, sequence and body. */
    public static byte[] pdu(final String text) {
        final byte[] rest = octets(text);
        final ByteBuf out = Unpooled.buffer();
        out.writeInt(rest.length + Integer.BYTES).writeBytes(rest);
        return ByteBufUtil.getBytes(out);
    }
}
