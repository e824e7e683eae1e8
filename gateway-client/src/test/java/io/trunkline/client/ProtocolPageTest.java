package io.trunkline.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page that other languages' clients are written from says what the codecs do. */
class ProtocolPageTest {
    private static final String CODECS = "io.trunkline.upstream.codec.";

    private static ProtocolPage page;

    @BeforeAll
    static void readPage() throws IOException {
        page = ProtocolPage.read();
    }

    @Test
    void statesEveryMessageOfTheSchema() {
        assertThat(page.messages().keySet())
                .containsExactlyElementsOf(TestFrames.all().keySet());
    }

    @Test
    void statesEveryFieldWhereTheCodecHasIt() throws Exception {
        for (final Map.Entry<String, ProtocolPage.Message> entry :
                page.messages().entrySet()) {
            final Class<?> decoder = Class.forName(CODECS + entry.getKey() + "Decoder");
            final ProtocolPage.Message message = entry.getValue();
            assertThat(message.template())
                    .isEqualTo(decoder.getField("TEMPLATE_ID").get(null));
            assertThat(message.blockLength())
                    .isEqualTo(decoder.getField("BLOCK_LENGTH").get(null));
            final Map<Integer, String> onPage = new TreeMap<>();
            for (final ProtocolPage.Field field : message.fields()) {
                onPage.put(field.offset(), field.name() + " of " + field.size());
            }
            assertThat(onPage).as(entry.getKey()).isEqualTo(fieldsOf(decoder));
            assertThat(message.data()).as(entry.getKey()).containsExactlyElementsOf(dataOf(decoder));
        }
    }

    @Test
    void statesTheNullValuesOfTheCodecs() throws Exception {
        int nullable = 0;
        for (final Map.Entry<String, ProtocolPage.Message> entry :
                page.messages().entrySet()) {
            final Class<?> decoder = Class.forName(CODECS + entry.getKey() + "Decoder");
            for (final ProtocolPage.Field field : entry.getValue().fields()) {
                if (presence(decoder, field.name()).equals("optional")) {
                    final Number value = (Number)
                            decoder.getMethod(field.name() + "NullValue").invoke(null);
                    final byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(value.longValue())
                            .array();
                    assertThat(field.nullBytes())
                            .isEqualTo(HexFormat.of().formatHex(Arrays.copyOf(bytes, field.size())));
                    nullable++;
                } else {
                    assertThat(field.nullBytes())
                            .as(entry.getKey() + "." + field.name())
                            .isEqualTo("—");
                }
            }
        }
        assertThat(nullable).isEqualTo(14);
    }

    @Test
    void showsGoldenVectorsThatTheCodecsWriteAndRead() {
        TestFrames.all().forEach((name, frame) -> {
            final String hex = page.messages().get(name).golden();
            assertThat(hex).as(name).isEqualTo(HexFormat.of().formatHex(frame));
            final byte[] golden = HexFormat.of().parseHex(hex);
            final FrameValidator validator = new FrameValidator(FrameValidator.HANDSHAKE_MAX_LENGTH);
            final UnsafeBuffer buffer = new UnsafeBuffer(golden);
            assertThat(validator.check(buffer, 0, golden.length)).as(name).isEqualTo(FrameOutcome.COMPLETE);
            assertThat(validator.frameLength()).isEqualTo(golden.length);
            assertThat(TestFrames.describe(
                            validator.templateId(),
                            buffer,
                            validator.blockOffset(),
                            validator.blockLength(),
                            validator.version()))
                    .contains(name);
        });
    }

    @Test
    void statesEveryEnumerationAndFlag() throws Exception {
        for (final String name : List.of(
                "MessageClass",
                "SenderType",
                "ReceiptWish",
                "Encoding",
                "MessageState",
                "Durability",
                "CancelOutcome",
                "CallState",
                "CallDirection")) {
            final Map<String, Integer> values = new TreeMap<>();
            for (final Object constant : Class.forName(CODECS + name).getEnumConstants()) {
                if (!constant.toString().equals("NULL_VAL")
                        && !constant.toString().equals("SBE_UNKNOWN")) {
                    values.put(
                            constant.toString(),
                            ((Number) constant.getClass().getMethod("value").invoke(constant)).intValue());
                }
            }
            assertThat(page.enumerations().get(name)).as(name).containsExactlyInAnyOrderEntriesOf(values);
        }
        for (final String name : List.of("StatusFlags", "SubmitFlags", "RefusalFlags", "HelloFlags")) {
            final Map<String, Integer> bits = new TreeMap<>();
            for (final Method method : Class.forName(CODECS + name + "Decoder").getMethods()) {
                if (method.getParameterCount() == 1
                        && method.getParameterTypes()[0] == byte.class
                        && method.getReturnType() == boolean.class) {
                    for (int bit = 0; bit < 8; bit++) {
                        if ((boolean) method.invoke(null, (byte) (1 << bit))) {
                            bits.put(method.getName(), bit);
                        }
                    }
                }
            }
            assertThat(page.enumerations().get(name)).as(name).containsExactlyInAnyOrderEntriesOf(bits);
        }
    }

    private static String presence(final Class<?> decoder, final String field) throws Exception {
        final Class<?> attribute = Class.forName(CODECS + "MetaAttribute");
        return (String) decoder.getMethod(field + "MetaAttribute", attribute)
                .invoke(null, attribute.getField("PRESENCE").get(null));
    }

    private static Map<Integer, String> fieldsOf(final Class<?> decoder) throws Exception {
        final Map<Integer, String> fields = new TreeMap<>();
        for (final Method method : decoder.getMethods()) {
            if (method.getName().endsWith("EncodingOffset")) {
                final String name = method.getName().replace("EncodingOffset", "");
                final Object size = decoder.getMethod(name + "EncodingLength").invoke(null);
                fields.put((Integer) method.invoke(null), name + " of " + size);
            }
        }
        return fields;
    }

    /** Variable fields have ids from 100 on, in their order. */
    private static List<String> dataOf(final Class<?> decoder) throws Exception {
        final Map<Integer, String> data = new TreeMap<>();
        for (final Method method : decoder.getMethods()) {
            if (method.getName().endsWith("HeaderLength") && method.getParameterCount() == 0) {
                final String name = method.getName().replace("HeaderLength", "");
                data.put((Integer) decoder.getMethod(name + "Id").invoke(null), name);
            }
        }
        return new ArrayList<>(data.values());
    }
}
