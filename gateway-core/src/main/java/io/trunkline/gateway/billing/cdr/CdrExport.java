package io.trunkline.gateway.billing.cdr;

import io.trunkline.gateway.billing.Rater;
import io.trunkline.gateway.billing.UnitFacts;
import io.trunkline.gateway.billing.UnitFold;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.BillingSettings.Format;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.node.ObjectNode;

/** The records of a span of time, at once, from all that is in a journal. */
public final class CdrExport {
    private final BillingConfig billing;
    private final Format format;
    private final long fromMs;
    private final long toMs;

    /**
     * An export.
     *
     * @param fromMs units that ended at this time or later, milliseconds since the epoch
     * @param toMs and before this
     */
    public CdrExport(final BillingConfig billing, final Format format, final long fromMs, final long toMs) {
        this.billing = billing;
        this.format = format;
        this.fromMs = fromMs;
        this.toMs = toMs;
    }

    /**
     * Writes the records of a shard; the stream is left open.
     *
     * @param into takes counts, totals and checksum
     */
    public RecoveryReport write(final JournalFiles shard, final OutputStream out, final ObjectNode into)
            throws IOException {
        final NamesByNumber names = new NamesByNumber().ahead(shard);
        final CdrRecord record = new CdrRecord(names, new Rater(billing, names));
        final CdrFileWriter writer = new CdrFileWriter(CdrForm.of(format, shard.name()), new OpenStream(out));
        final UnitFold fold = new UnitFold(names, facts -> write(writer, record, facts));
        final RecoveryReport report;
        try {
            report = shard.read(fold);
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
        final String sha256 = writer.finish();
        final CdrTotals totals = writer.totals();
        into.put("shard", shard.name())
                .put("firstRecord", report.firstSequence())
                .put("lastRecord", report.lastSequence())
                .put("records", totals.records())
                .put("segments", totals.segments())
                .put("priceMissing", totals.priceMissing())
                .put("costMissing", totals.costMissing())
                .put("incomplete", totals.incomplete())
                .put("openUnits", fold.openUnits())
                .put("recordsLost", report.recordsLost())
                .put("bytes", writer.bytes())
                .put("sha256", sha256);
        final var sums = into.putArray("totals");
        totals.sums()
                .forEach(sum -> sums.addObject()
                        .put("currency", sum.currency())
                        .put("price", sum.price())
                        .put("cost", sum.cost())
                        .put("fee", sum.fee()));
        return report;
    }

    private void write(final CdrFileWriter writer, final CdrRecord record, final UnitFacts facts) {
        if (facts.closedAtMs >= fromMs && facts.closedAtMs < toMs) {
            try {
                writer.record(record.of(facts));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Others write to the stream after us. */
    private static final class OpenStream extends OutputStream {
        private final OutputStream out;

        OpenStream(final OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(final int octet) throws IOException {
            out.write(octet);
        }

        @Override
        public void write(final byte[] octets, final int offset, final int length) throws IOException {
            out.write(octets, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
