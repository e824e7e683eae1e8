package io.trunkline.smpp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets every decoder at the same octets, whatever their command_id, and checks what all promise: nothing is thrown, nothing
 * outside of the PDU is read or pointed to, and every walk ends.
 */
final class AnyPdu {
    private static final int BEFORE = 5;

    private final List<PduDecoder> decoders = List.of(
            new AlertNotificationDecoder(),
            new BindDecoder(),
            new BindRespDecoder(),
            new BroadcastSmDecoder(),
            new CancelDecoder(),
            new OutbindDecoder(),
            new QueryDecoder(),
            new QuerySmRespDecoder(),
            new ReplaceSmDecoder(),
            new SmDecoder(),
            new SmRespDecoder(),
            new SubmitMultiDecoder(),
            new SubmitMultiRespDecoder());
    private final List<List<Field>> fields = new ArrayList<>();

    /** Two accessors of a decoder that together name a range of the PDU. */
    private record Field(Method offset, Method length) {}

    AnyPdu() {
        for (final PduDecoder decoder : decoders) {
            final List<Field> found = new ArrayList<>();
            for (final Method method : decoder.getClass().getMethods()) {
                final String name = method.getName();
                if (name.endsWith("Offset")) {
                    try {
                        found.add(new Field(method, decoder.getClass().getMethod(name.replace("Offset", "Length"))));
                    } catch (final NoSuchMethodException e) {
                        throw new LinkageError(name + " has no length", e);
                    }
                }
            }
            fields.add(found);
        }
    }

    int decoders() {
        return decoders.size();
    }

    /** The octets end where their buffer ends, so that whoever reads past them is thrown at. */
    void check(final byte[] pdu) {
        final byte[] array = new byte[BEFORE + pdu.length];
        System.arraycopy(pdu, 0, array, BEFORE, pdu.length);
        final ByteBuf buf = Unpooled.wrappedBuffer(array);
        for (int i = 0; i < decoders.size(); i++) {
            final PduDecoder decoder = decoders.get(i);
            final int status = decoder.wrap(buf, BEFORE, pdu.length);
            assertThat(pdu.length < PduHeader.LENGTH && status == CommandStatus.ESME_ROK)
                    .as("less than a header is no PDU")
                    .isFalse();
            for (final Field field : fields.get(i)) {
                checkField(decoder, field);
            }
            walk(decoder);
        }
    }

    private static void checkField(final PduDecoder decoder, final Field field) {
        try {
            final int offset = (int) field.offset.invoke(decoder);
            final int length = (int) field.length.invoke(decoder);
            checkRange(decoder, field.offset.getName(), offset, length);
        } catch (final IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError(field.toString(), e);
        }
    }

    private static void checkRange(final PduDecoder decoder, final String name, final int offset, final int length) {
        if (length < 0 || offset < decoder.offset() || offset + length > decoder.offset() + decoder.length()) {
            throw new AssertionError(decoder.getClass().getSimpleName() + "." + name + " " + offset + "+" + length
                    + " is outside of " + decoder.offset() + "+" + decoder.length());
        }
    }

    private static void walk(final PduDecoder decoder) {
        final TlvIterator tlvs = decoder.tlvs().rewind();
        int steps = 0;
        while (tlvs.next()) {
            checkRange(decoder, "tlv", tlvs.valueOffset(), tlvs.valueLength());
            assertThat(tlvs.cStringLength()).isBetween(0, tlvs.valueLength());
            tlvs.unsignedValue(-1);
            steps++;
        }
        checkRange(decoder, "end of TLVs", tlvs.valueOffset(), tlvs.leftover());
        tlvs.find(TlvTag.MESSAGE_PAYLOAD);
        if (decoder instanceof SubmitMultiDecoder multi) {
            while (multi.nextDestination()) {
                checkRange(multi, "destination", multi.destinationOffset(), multi.destinationLength());
                steps++;
            }
        }
        if (decoder instanceof SubmitMultiRespDecoder multi) {
            while (multi.nextRefused()) {
                checkRange(multi, "refused", multi.refusedAddressOffset(), multi.refusedAddressLength());
                steps++;
            }
        }
        if (steps > decoder.length()) {
            throw new AssertionError("a walk of " + steps + " steps over " + decoder.length() + " octets");
        }
    }
}
