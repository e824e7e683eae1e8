package io.trunkline.gateway.journal.cli;

import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.NamedDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Records of one tenant, by its number, or by its name, whose number the journal itself tells: its newest checkpoint has all. */
final class TenantFilter {
    private static final int TENANT = 1;

    private final String wanted;
    private final NamedDecoder named = new NamedDecoder();
    private Long number;

    /** @param wanted null for all */
    TenantFilter(final String wanted) {
        this.wanted = wanted;
        if (wanted != null && wanted.matches("[0-9]{1,10}")) {
            number = Long.valueOf(wanted);
        }
    }

    /** Learns the number of the name. */
    void see(final RecordView record) {
        if (wanted == null || number != null || record.templateId() != NamedDecoder.TEMPLATE_ID) {
            return;
        }
        named.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final long itsNumber = named.number();
        if (named.kind() == TENANT) {
            final byte[] name = new byte[named.nameLength()];
            named.getName(name, 0, name.length);
            if (new String(name, StandardCharsets.UTF_8).equals(wanted)) {
                number = itsNumber;
            }
        }
    }

    /** Whether the journal has this tenant's name, where it was given by that. */
    boolean known() {
        return wanted == null || number != null;
    }

    boolean fits(final Map<String, Object> fields) {
        return wanted == null || (number != null && number.equals(fields.get("tenant")));
    }
}
