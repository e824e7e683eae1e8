package io.trunkline.gateway.billing.cdr;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One file of records while it is written, under a name that it gives up when it is whole. */
final class CdrFileWriter implements AutoCloseable {
    private final CountedDigest out;
    private final CdrForm.Encoder encoder;
    private final CdrTotals totals = new CdrTotals();

    CdrFileWriter(final CdrForm form, final OutputStream out) throws IOException {
        this.out = new CountedDigest(out, sha256());
        encoder = form.open(this.out);
    }

    /** Begins a file under the name of a draft. */
    static CdrFileWriter create(final CdrForm form, final CdrStorage storage, final Path file) throws IOException {
        return new CdrFileWriter(form, storage.create(CdrStorage.draft(file)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void record(final CdrRecord record) throws IOException {
        encoder.record(record);
        totals.add(record);
    }

    CdrTotals totals() {
        return totals;
    }

    /** Writes the rest and closes; then there are a length and a checksum. */
    String finish() throws IOException {
        encoder.close();
        return HexFormat.of().formatHex(out.getMessageDigest().digest());
    }

    long bytes() {
        return out.bytes;
    }

    /** What was begun is given up. */
    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Checksum and length of what goes through. */
    private static final class CountedDigest extends DigestOutputStream {
        private long bytes;

        CountedDigest(final OutputStream out, final MessageDigest digest) {
            super(out, digest);
        }

        @Override
        public void write(final int octet) throws IOException {
            super.write(octet);
            bytes++;
        }

        @Override
        public void write(final byte[] octets, final int offset, final int length) throws IOException {
            super.write(octets, offset, length);
            bytes += length;
        }
    }
}
