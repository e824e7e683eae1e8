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
    private final CdrForm form;
    private final OutputStream out;
    private final MessageDigest digest = sha256();
    private final CdrText text = new CdrText();
    private final CdrTotals totals = new CdrTotals();
    private long bytes;

    CdrFileWriter(final CdrForm form, final OutputStream out) throws IOException {
        this.form = form;
        this.out = new DigestOutputStream(out, digest);
        form.header(text);
        flush();
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
        form.record(record, text);
        totals.add(record);
        if (text.length() >= CdrText.FULL_BYTES) {
            flush();
        }
    }

    private void flush() throws IOException {
        bytes += text.length();
        text.writeTo(out);
    }

    CdrTotals totals() {
        return totals;
    }

    /** Writes the rest and closes; then there are a length and a checksum. */
    String finish() throws IOException {
        flush();
        out.close();
        return HexFormat.of().formatHex(digest.digest());
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
