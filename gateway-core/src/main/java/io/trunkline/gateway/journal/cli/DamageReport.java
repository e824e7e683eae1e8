package io.trunkline.gateway.journal.cli;

import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import java.io.PrintWriter;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Damaged places, as every command that reads a journal tells them: none of them gives less than there was in silence. */
final class DamageReport {
    private DamageReport() {}

    /** One line each. */
    static void print(final PrintWriter out, final JournalFiles shard, final RecoveryReport report) {
        report.damaged().forEach(damage -> out.println(shard.name() + ": " + damage));
        out.flush();
    }

    /** The same as {@code damaged} of an object. */
    static void describe(final ObjectNode node, final RecoveryReport report) {
        final ArrayNode damaged = node.putArray("damaged");
        for (final Damage damage : report.damaged()) {
            damaged.addObject()
                    .put("kind", damage.kind().toString())
                    .put("file", damage.file())
                    .put("excerpt", damage.excerpt())
                    .put("offset", damage.offset())
                    .put("firstSequence", damage.firstSequence())
                    .put("lastSequence", damage.lastSequence())
                    .put("detail", damage.detail())
                    .put("remedy", damage.kind().remedy());
        }
    }
}
