package io.trunkline.gateway.daemon;

import io.trunkline.gateway.calls.CallCosts;
import io.trunkline.gateway.calls.CallRecovery;
import io.trunkline.gateway.engine.EngineRecovery;
import io.trunkline.gateway.events.TenantStreams;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.ConfigAppliedDecoder;
import io.trunkline.gateway.journal.codec.NamedDecoder;
import java.util.function.BiConsumer;

/** Recovery: hands every record of earlier runs to whoever keeps the state that it changes. */
final class JournalFold implements RecordHandler {
    private final Names names;
    private final EngineRecovery engine;
    private final CallRecovery calls;
    private final CallCosts costs;
    private final TenantStreams streams;
    private final BiConsumer<Names.Kind, String> onNamed;
    private final NamedDecoder named = new NamedDecoder();
    private final ConfigAppliedDecoder configApplied = new ConfigAppliedDecoder();
    private int configVersion;

    /**
     * A fold.
     *
     * @param onNamed called when a tenant or carrier is met, before any record that refers to it
     */
    JournalFold(
            final Names names,
            final EngineRecovery engine,
            final CallRecovery calls,
            final CallCosts costs,
            final TenantStreams streams,
            final BiConsumer<Names.Kind, String> onNamed) {
        this.names = names;
        this.engine = engine;
        this.calls = calls;
        this.costs = costs;
        this.streams = streams;
        this.onNamed = onNamed;
    }

    /** The last version of the config that was applied; 0 before the first. */
    int configVersion() {
        return configVersion;
    }

    @Override
    public void onRecord(final RecordView record) {
        switch (record.templateId()) {
            case NamedDecoder.TEMPLATE_ID -> named(record);
            case ConfigAppliedDecoder.TEMPLATE_ID -> {
                configApplied.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                configVersion = Math.max(configVersion, (int) configApplied.version());
            }
            default -> engine.onRecord(record);
        }
        calls.onRecord(record);
        costs.onRecord(record);
        streams.recover(record);
    }

    private void named(final RecordView record) {
        if (names.recover(record.buffer(), record.offset(), record.blockLength(), record.version())) {
            named.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
            final Names.Kind kind = Names.Kind.of(named.kind());
            onNamed.accept(kind, names.name(kind, (int) named.number()));
        }
    }
}
