package io.trunkline.gateway.billing.cdr;

import io.trunkline.gateway.config.BillingSettings.Format;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** How records are written into a file. */
interface CdrForm {
    /** Begins a file; the encoder closes the stream. */
    Encoder open(OutputStream out) throws IOException;

    /** Ending of file names: {@code csv}. */
    String suffix();

    /** A file under way. */
    interface Encoder extends Closeable {
        void record(CdrRecord record) throws IOException;

        /** Writes what is left, and closes the stream. */
        @Override
        void close() throws IOException;
    }

    /**
     * The form of a format.
     *
     * @param shard whose records they are: {@code shard-0}
     */
    static CdrForm of(final Format format, final String shard) {
        return switch (format) {
            case CSV -> new CsvForm();
            case JSONL -> new CloudEventForm(shard);
            case PARQUET -> new ParquetForm();
        };
    }

    /**
     * The form of a file that is there, by the ending of its name.
     *
     * @throws IOException where there is none of this ending
     */
    static CdrForm ofFile(final String file, final String shard) throws IOException {
        for (final Format format : Format.values()) {
            final CdrForm form = of(format, shard);
            if (file.endsWith("." + form.suffix())) {
                return form;
            }
        }
        throw new IOException(file + " is no file of call detail records");
    }

    /** A form of lines. */
    interface TextForm extends CdrForm {
        /** The beginning of a file. */
        void header(CdrText out);

        /** One record with its line end. */
        void record(CdrRecord record, CdrText out);

        @Override
        default Encoder open(final OutputStream out) throws IOException {
            final CdrText text = new CdrText();
            header(text);
            text.writeTo(out);
            return new Encoder() {
                @Override
                public void record(final CdrRecord record) throws IOException {
                    TextForm.this.record(record, text);
                    if (text.length() >= CdrText.FULL_BYTES) {
                        text.writeTo(out);
                    }
                }

                @Override
                public void close() throws IOException {
                    text.writeTo(out);
                    out.close();
                }
            };
        }
    }

    /** RFC 4180 with a header; LF ends a line. */
    final class CsvForm implements TextForm {
        @Override
        public void header(final CdrText out) {
            for (int i = 0; i < CdrColumn.ALL.length; i++) {
                out.put(i == 0 ? "" : ",").put(CdrColumn.ALL[i].word());
            }
            out.put('\n');
        }

        @Override
        public void record(final CdrRecord record, final CdrText out) {
            for (int i = 0; i < CdrColumn.ALL.length; i++) {
                if (i > 0) {
                    out.put(',');
                }
                final int begin = out.length();
                CdrColumn.ALL[i].write(record, out);
                quote(out, begin);
            }
            out.put('\n');
        }

        /** Quotes the value from here on where it needs it: few do. */
        private static void quote(final CdrText out, final int begin) {
            boolean needed = false;
            for (int i = begin; i < out.length() && !needed; i++) {
                final byte octet = out.octet(i);
                needed = octet == ',' || octet == '"';
            }
            if (needed) {
                final String value = out.from(begin);
                out.truncate(begin);
                out.put('"').put(value.replace("\"", "\"\"")).put('"');
            }
        }

        @Override
        public String suffix() {
            return "csv";
        }
    }

    /** JSON Lines, each a CloudEvent 1.0 in structured mode; values that a record does not have are left out. */
    final class CloudEventForm implements TextForm {
        private final String message;
        private final String call;

        CloudEventForm(final String shard) {
            message = beginning("message", shard);
            call = beginning("call", shard);
        }

        private static String beginning(final String what, final String shard) {
            return "{\"specversion\":\"1.0\",\"type\":\"io.trunkline.cdr." + what + ".v1\",\"source\":\"urn:trunkline:"
                    + shard + "\",\"id\":\"";
        }

        @Override
        public void header(final CdrText out) {
            // Every line tells by itself what it is.
        }

        @Override
        public void record(final CdrRecord record, final CdrText out) {
            out.put(record.facts().service.isCall() ? call : message);
            CdrColumn.RECORD.write(record, out);
            out.put("\",\"time\":\"");
            CdrColumn.CLOSED_AT.write(record, out);
            out.put("\",\"subject\":\"");
            CdrColumn.UNIT.write(record, out);
            out.put("\",\"datacontenttype\":\"application/json\",\"data\":{");
            boolean first = true;
            for (final CdrColumn column : CdrColumn.ALL) {
                first &= !member(column, record, out, first);
            }
            out.put("}}\n");
        }

        private static boolean member(
                final CdrColumn column, final CdrRecord record, final CdrText out, final boolean first) {
            final int before = out.length();
            final boolean quoted = column.form() != CdrColumn.Form.NUMBER;
            out.put(first ? "\"" : ",\"").put(column.word()).put(quoted ? "\":\"" : "\":");
            final int begin = out.length();
            column.write(record, out);
            if (out.length() == begin) {
                out.truncate(before);
                return false;
            }
            if (quoted) {
                escape(out, begin);
                out.put('"');
            }
            return true;
        }

        /** Values are printable ASCII, so two characters need it, and few values have one. */
        private static void escape(final CdrText out, final int begin) {
            boolean needed = false;
            for (int i = begin; i < out.length() && !needed; i++) {
                needed = out.octet(i) == '"' || out.octet(i) == '\\';
            }
            if (needed) {
                final String value = out.from(begin);
                out.truncate(begin);
                out.put(value.replace("\\", "\\\\").replace("\"", "\\\""));
            }
        }

        @Override
        public String suffix() {
            return "jsonl";
        }
    }
}
