package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.JournalSettings;
import io.trunkline.gateway.journal.Journal;
import io.trunkline.gateway.journal.codec.ConfigAppliedEncoder;
import io.trunkline.gateway.journal.codec.StartedEncoder;
import io.trunkline.gateway.journal.codec.StoppedEncoder;
import java.nio.charset.StandardCharsets;

/** The records of the daemon's own life: started, config applied, stopped. */
final class DaemonRecords {
    private static final int MAX_LENGTH = 4096;
    private static final int DURABILITY_PROCESS = 1;
    private static final int DURABILITY_DISK = 2;

    private final Journal journal;

    DaemonRecords(final Journal journal) {
        this.journal = journal;
    }

    void started(final JournalSettings.Durability durability) {
        final byte[] release = bytes(Release.version());
        final int offset = journal.begin(StartedEncoder.TEMPLATE_ID, 0, MAX_LENGTH);
        final StartedEncoder encoder = new StartedEncoder();
        encoder.wrap(journal.buffer(), offset)
                .processId(ProcessHandle.current().pid())
                .durability(
                        (short) (durability == JournalSettings.Durability.DISK ? DURABILITY_DISK : DURABILITY_PROCESS))
                .putRelease(release, 0, release.length);
        journal.commit(encoder.encodedLength());
    }

    void configApplied(final GatewayConfig config, final String who, final String comment) {
        final byte[] hash = bytes(config.hash());
        final byte[] whoBytes = bytes(who);
        final byte[] commentBytes = bytes(comment);
        final int offset = journal.begin(ConfigAppliedEncoder.TEMPLATE_ID, 0, MAX_LENGTH + commentBytes.length);
        final ConfigAppliedEncoder encoder = new ConfigAppliedEncoder();
        encoder.wrap(journal.buffer(), offset)
                .version(config.version())
                .putHash(hash, 0, hash.length)
                .putWho(whoBytes, 0, whoBytes.length)
                .putComment(commentBytes, 0, commentBytes.length);
        journal.commit(encoder.encodedLength());
    }

    void stopped(final int openUnits) {
        final int offset = journal.begin(StoppedEncoder.TEMPLATE_ID, 0, StoppedEncoder.BLOCK_LENGTH);
        final StoppedEncoder encoder = new StoppedEncoder();
        encoder.wrap(journal.buffer(), offset).openUnits(openUnits);
        journal.commit(encoder.encodedLength());
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
