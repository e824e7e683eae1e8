package io.trunkline.gateway.billing.cdr;

import java.util.Locale;

/** Writes {@code docs/reference/cdr.md} from the columns. */
final class CdrPage {
    private static final String BEGINNING = """
            # Call detail records

            Generated from `CdrColumn` by `CdrPageTest`; do not edit.

            One record for each message that ended, in the order in which the journal says so. Records follow from the journal,
            `billing.yaml` and `rates.csv` alone: the same ones give the same files, octet by octet. A refused submit makes no
            unit, and so no record.

            ## Columns

            In this order. New ones come behind the last; none is removed, renamed or given another meaning. Readers go by the
            names in the header, or by position, and pass over what they do not know.

            | # | column | form | what it says |
            |---|---|---|---|
            """;

    private static final String REST = """

            ## CSV

            RFC 4180, UTF-8 of which only ASCII is used, a header, LF at the end of a line. Values are quoted where they have a
            comma or a quote. Amounts have six decimals and a point. What tenants wrote (sender, campaign) is printable ASCII;
            any other octet, the percent sign, and `=` `+` `-` `@` at the beginning (which spreadsheets take for a formula) stand
            as %XX, so that decoding %XX gives back what was submitted.

            ## JSON Lines

            One CloudEvent 1.0 a line, in structured mode: `type` is `io.trunkline.cdr.message.v1` or
            `io.trunkline.cdr.call.v1`, `source` is `urn:trunkline:shard-0`, `id` is the column `record` (so `source` and `id`
            together are unique), `time` is `closed_at`, `subject` is the unit. `data` has the columns by their names. Numbers are numbers; amounts are strings,
            lest somebody reads them as floating point; a column without a value is left out. Values are those of the CSV form.

            ## Parquet

            One table with the columns by their names and in their order, all of them optional: a column without a value is null.
            Text is a string, number 64 bits, amount a decimal of 18 digits with six behind the point, time a timestamp of
            milliseconds in UTC. Pages are compressed with Zstandard. Values are those of the CSV form.

            ## Files

            ```
            cdr-shard-0-000000017.csv                  the records
            cdr-shard-0-000000017.csv.manifest.json    what the file holds; a file without it is not there yet
            cdr-shard-0-000000018.csv.tmp              being written; nobody's business
            state/shard-0.json                         where the exporter goes on; leave it
            state/shard-0.lock                         which process writes here; leave it
            ```

            The manifest has `sequence` (from 1, without gaps), `bytes`, `sha256`, `previousSha256` (of the file before),
            `firstRecord` and `lastRecord` (of the journal; the next file begins with the one after), `records`, `segments`,
            `totals` by currency (price, cost, fee), `priceMissing` and `costMissing` (records for which no rate holds),
            `incomplete` (records whose unit began before the oldest record of the journal), `gaps` (sequences of the journal in
            this range that no record was read for), and `ratesSha256` of the rates that it was made with.

            Files and manifests may be taken away once the manifest is there. A file that has a manifest is never written again.
            `trunkline cdr verify` finds what is missing, was changed or does not follow; `trunkline cdr resend N` makes a file
            again, in the form that it had.
            """;

    private CdrPage() {}

    static String generate() {
        final StringBuilder out = new StringBuilder(BEGINNING);
        int number = 0;
        for (final CdrColumn column : CdrColumn.ALL) {
            out.append(String.format(
                    Locale.ROOT,
                    "| %d | `%s` | %s | %s |%n",
                    ++number,
                    column.word(),
                    column.form().name().toLowerCase(Locale.ROOT),
                    column.text()));
        }
        return out.append(REST).toString();
    }
}
