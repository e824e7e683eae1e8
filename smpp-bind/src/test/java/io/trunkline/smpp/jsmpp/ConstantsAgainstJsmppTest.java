package io.trunkline.smpp.jsmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.TlvTag;
import java.lang.reflect.Field;
import java.util.Locale;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.Test;

/** Our tables against those of other people. */
class ConstantsAgainstJsmppTest {
    @Test
    void everyCommandIdHasTheNameThatJsmppGivesIt() throws IllegalAccessException {
        int seen = 0;
        for (final Field field : SMPPConstant.class.getFields()) {
            if (field.getName().startsWith("CID_")) {
                assertThat(CommandId.name(field.getInt(null)))
                        .isEqualTo(field.getName().substring(4).toLowerCase(Locale.ROOT));
                seen++;
            }
        }
        assertThat(seen).isEqualTo(33);
    }

    @Test
    void everyCommandStatusHasTheNameThatJsmppGivesIt() throws IllegalAccessException {
        int seen = 0;
        for (final Field field : SMPPConstant.class.getFields()) {
            if (field.getName().startsWith("STAT_")) {
                assertThat(CommandStatus.name(field.getInt(null)))
                        .isEqualTo(field.getName().substring(5));
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(60);
    }

    @Test
    void everyTlvTagHasTheNameThatJsmppGivesIt() {
        for (final OptionalParameter.Tag tag : OptionalParameter.Tag.values()) {
            final int code = tag.code() & 0xFFFF;
            if (code < TlvTag.VENDOR_FIRST) {
                assertThat(TlvTag.name(code)).isEqualTo(tag.name().toLowerCase(Locale.ROOT));
            }
        }
    }
}
