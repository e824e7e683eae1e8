package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.JournalSettings;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.gateway.journal.seal.MasterKeys;
import io.trunkline.gateway.journal.seal.PeriodKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of periods that bodies are enciphered with, as the configuration wants them. */
final class BodyPeriods {
    private static final int SHARES = 8;
    private static final Duration LONGEST = Duration.ofDays(1);
    /** Where keys are never thrown away they are still changed. */
    private static final Duration WITHOUT_END = Duration.ofDays(30);

    private BodyPeriods() {}

    /**
     * Opens them, beside a journal that is open.
     *
     * @throws JournalException where a key of the configuration is missing, or is not the one that it was
     */
    static PeriodKeys open(final Gateway gateway, final long nowMs) {
        final JournalSettings.Bodies bodies = gateway.journal().bodies();
        final Path directory = JournalFiles.shardDirectory(gateway.data(), 0);
        final long keepMs = bodies.readableFor().map(Duration::toMillis).orElse(Long.MAX_VALUE);
        final long periodMs = bodies.readableFor()
                .map(time -> Math.min(time.toMillis() / SHARES, LONGEST.toMillis()))
                .orElse(WITHOUT_END.toMillis());
        return PeriodKeys.open(
                directory.resolve(PeriodKeys.FILE_NAME),
                masters(bodies),
                new PeriodKeys.Settings(bodies.enciphered(), periodMs, keepMs),
                nowMs);
    }

    private static MasterKeys masters(final JournalSettings.Bodies bodies) {
        final Map<Integer, byte[]> octets = new LinkedHashMap<>();
        for (final JournalSettings.Key key : bodies.keys()) {
            final String digits = new String(key.key().reveal(), StandardCharsets.UTF_8).strip();
            octets.put(key.id(), HexFormat.of().parseHex(digits));
        }
        return new MasterKeys(octets);
    }
}
