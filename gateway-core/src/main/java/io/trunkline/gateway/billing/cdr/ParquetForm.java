package io.trunkline.gateway.billing.cdr;

import io.trunkline.gateway.billing.cdr.parquet.ParquetColumn;
import io.trunkline.gateway.billing.cdr.parquet.ParquetRows;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Parquet: a table with the columns of {@link CdrColumn}, all of them optional. */
final class ParquetForm implements CdrForm {
    private static final List<ParquetColumn> COLUMNS = Arrays.stream(CdrColumn.ALL)
            .map(column -> new ParquetColumn(column.word(), kind(column.form())))
            .toList();

    private static ParquetColumn.Kind kind(final CdrColumn.Form form) {
        return switch (form) {
            case TEXT -> ParquetColumn.Kind.TEXT;
            case NUMBER -> ParquetColumn.Kind.NUMBER;
            case AMOUNT -> ParquetColumn.Kind.AMOUNT;
            case TIME -> ParquetColumn.Kind.TIME;
        };
    }

    @Override
    public Encoder open(final OutputStream out) throws IOException {
        return new RowEncoder(new ParquetRows("cdr", COLUMNS, out));
    }

    @Override
    public String suffix() {
        return "parquet";
    }

    /** Reads the text of each column: what a value is, is said in one place. */
    private static final class RowEncoder implements Encoder {
        private final ParquetRows rows;
        private final CdrText text = new CdrText();

        RowEncoder(final ParquetRows rows) {
            this.rows = rows;
        }

        @Override
        public void record(final CdrRecord record) throws IOException {
            for (int i = 0; i < CdrColumn.ALL.length; i++) {
                text.clear();
                CdrColumn.ALL[i].write(record, text);
                if (text.length() > 0) {
                    value(i, CdrColumn.ALL[i].form());
                }
            }
            rows.end();
        }

        private void value(final int column, final CdrColumn.Form form) {
            switch (form) {
                case TEXT -> rows.text(column, text.octets());
                case NUMBER -> rows.number(column, Long.parseLong(text.toString()));
                // Amounts are written with six decimals each: without the point they are whole millionths.
                case AMOUNT ->
                    rows.number(column, Long.parseLong(text.toString().replace(".", "")));
                case TIME -> rows.number(column, Instant.parse(text.toString()).toEpochMilli());
            }
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
