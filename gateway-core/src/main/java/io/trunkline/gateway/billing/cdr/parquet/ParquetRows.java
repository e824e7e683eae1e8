package io.trunkline.gateway.billing.cdr.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Writes rows into a stream. Values of the row under way are set by their columns, {@link #end()} adds it and begins the next. In memory
 * is one group of rows; the same rows give the same octets.
 */
public final class ParquetRows implements Closeable {
    private static final long GROUP_BYTES = 16L << 20;
    private static final int PAGE_BYTES = 1 << 16;

    private final Row row;
    private final ParquetWriter<Row> writer;

    /** Values of a row; null and false where one is absent. */
    private static final class Row {
        private final byte[][] texts;
        private final long[] numbers;
        private final boolean[] present;

        Row(final int columns) {
            texts = new byte[columns][];
            numbers = new long[columns];
            present = new boolean[columns];
        }
    }

    /**
     * Begins a table.
     *
     * @param name of what a row is
     * @param out closed with this
     */
    public ParquetRows(final String name, final List<ParquetColumn> columns, final OutputStream out)
            throws IOException {
        row = new Row(columns.size());
        final MessageType schema =
                new MessageType(name, columns.stream().map(ParquetColumn::type).toArray(Type[]::new));
        writer = new Builder(new StreamFile(out), new RowSupport(schema, columns))
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(GROUP_BYTES)
                .withPageSize(PAGE_BYTES)
                .build();
    }

    /** A value of a column of {@link ParquetColumn.Kind#TEXT}; the array is not to be changed before {@link #end()}. */
    public void text(final int column, final byte[] utf8) {
        row.texts[column] = utf8;
        row.present[column] = true;
    }

    /** A value of a column of another kind. */
    public void number(final int column, final long value) {
        row.numbers[column] = value;
        row.present[column] = true;
    }

    /** The row has all its values. */
    public void end() throws IOException {
        writer.write(row);
        for (int i = 0; i < row.present.length; i++) {
            row.present[i] = false;
        }
    }

    /** Writes the last group of rows and what readers begin with, and closes the stream. */
    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
        private final RowSupport support;

        Builder(final OutputFile file, final RowSupport support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        // Abstract still, and not called where the configuration is none of Hadoop's.
        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<Row> getWriteSupport(final Configuration configuration) {
            return support;
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(final ParquetConfiguration configuration) {
            return support;
        }
    }

    /** Tells parquet-java what is in a row. */
    private static final class RowSupport extends WriteSupport<Row> {
        private final MessageType schema;
        private final ParquetColumn[] columns;
        private RecordConsumer consumer;

        RowSupport(final MessageType schema, final List<ParquetColumn> columns) {
            this.schema = schema;
            this.columns = columns.toArray(ParquetColumn[]::new);
        }

        @Override
        @SuppressWarnings("deprecation")
        public WriteContext init(final Configuration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public WriteContext init(final ParquetConfiguration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public void prepareForWrite(final RecordConsumer recordConsumer) {
            consumer = recordConsumer;
        }

        @Override
        public void write(final Row row) {
            consumer.startMessage();
            for (int i = 0; i < columns.length; i++) {
                if (row.present[i]) {
                    consumer.startField(columns[i].name(), i);
                    if (columns[i].kind() == ParquetColumn.Kind.TEXT) {
                        consumer.addBinary(Binary.fromConstantByteArray(row.texts[i]));
                    } else {
                        consumer.addLong(row.numbers[i]);
                    }
                    consumer.endField(columns[i].name(), i);
                }
            }
            consumer.endMessage();
        }
    }

    /** A stream that parquet-java asks how far it has come. */
    private record StreamFile(OutputStream out) implements OutputFile {
        @Override
        public PositionOutputStream create(final long blockSizeHint) {
            return new CountedStream(out);
        }

        @Override
        public PositionOutputStream createOrOverwrite(final long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    private static final class CountedStream extends PositionOutputStream {
        private final OutputStream out;
        private long position;

        CountedStream(final OutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(final int octet) throws IOException {
            out.write(octet);
            position++;
        }

        @Override
        public void write(final byte[] octets, final int offset, final int length) throws IOException {
            out.write(octets, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
