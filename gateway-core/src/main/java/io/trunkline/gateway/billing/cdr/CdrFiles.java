package io.trunkline.gateway.billing.cdr;

import io.trunkline.gateway.billing.Rater;
import io.trunkline.gateway.billing.UnitFold;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is in a directory of records: checked, or made again. */
public final class CdrFiles {
    private static final int CHUNK = 1 << 16;
    private static final String PREFIX = "cdr-";

    private final Path directory;

    public CdrFiles(final Path directory) {
        this.directory = directory;
    }

    /**
     * What a look at a directory found.
     *
     * @param files with a manifest
     * @param records in them, by their manifests
     * @param firstSequence of the first file; 0 where there is none
     * @param lastSequence of the last one
     * @param problems one sentence each
     */
    public record Report(
            String shard, int files, long records, long firstSequence, long lastSequence, List<String> problems) {}

    /** Holds the files against their manifests, and the manifests against each other. */
    public List<Report> verify() throws IOException {
        final List<Report> reports = new ArrayList<>();
        for (final String shard : shards()) {
            reports.add(verify(shard));
        }
        return reports;
    }

    private Iterable<String> shards() throws IOException {
        final TreeSet<String> shards = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(PREFIX) && name.endsWith(CdrManifest.SUFFIX))
                    .filter(name -> name.lastIndexOf('-') > PREFIX.length())
                    // cdr-shard-0-000000017.csv.manifest.json
                    .forEach(name -> shards.add(name.substring(PREFIX.length(), name.lastIndexOf('-'))));
        }
        return shards;
    }

    private Report verify(final String shard) throws IOException {
        final List<String> problems = new ArrayList<>();
        CdrManifest before = null;
        long records = 0;
        final List<CdrManifest> manifests = new ArrayList<>();
        for (final Path path : CdrExporter.manifestPaths(directory, shard)) {
            try {
                manifests.add(CdrManifest.read(path));
            } catch (final IOException e) {
                problems.add(e.getMessage());
            }
        }
        for (final CdrManifest manifest : manifests) {
            check(manifest, problems);
            if (before != null) {
                checkOrder(before, manifest, problems);
            }
            manifest.gaps()
                    .forEach(gap -> problems.add(manifest.file() + ": no records " + gap.first() + ".." + gap.last()
                            + " were in the journal; `trunkline journal verify` says whether they are lost"));
            records += manifest.records();
            before = manifest;
        }
        return new Report(
                shard,
                manifests.size(),
                records,
                manifests.isEmpty() ? 0 : manifests.get(0).sequence(),
                before == null ? 0 : before.sequence(),
                problems);
    }

    private void check(final CdrManifest manifest, final List<String> problems) throws IOException {
        final Path file = directory.resolve(manifest.file());
        if (!Files.exists(file)) {
            problems.add(
                    manifest.file() + ": the file is gone; make it again: trunkline cdr resend " + manifest.sequence());
        } else if (Files.size(file) != manifest.bytes() || !sha256(file).equals(manifest.sha256())) {
            problems.add(manifest.file() + ": the file is not the one that its manifest was made of; make it again:"
                    + " trunkline cdr resend " + manifest.sequence());
        }
    }

    private static void checkOrder(final CdrManifest before, final CdrManifest after, final List<String> problems) {
        if (after.sequence() != before.sequence() + 1) {
            problems.add("between " + before.file() + " and " + after.file() + " files are missing: "
                    + (before.sequence() + 1) + ".." + (after.sequence() - 1));
        } else if (after.firstRecord() != before.lastRecord() + 1) {
            problems.add(after.file() + ": begins with record " + after.firstRecord() + ", the file before ends with "
                    + before.lastRecord());
        } else if (!after.previousSha256().equals(before.sha256())) {
            problems.add(after.file() + ": does not follow the file before it, but another of the same number");
        }
    }

    static String sha256(final Path file) throws IOException {
        final MessageDigest digest = CdrFileWriter.sha256();
        final byte[] chunk = new byte[CHUNK];
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            while (in.read(chunk) > 0) {
                // The digest takes it.
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The manifest of a sequence; null where there is none. */
    private CdrManifest manifest(final String shard, final long sequence) throws IOException {
        return CdrExporter.manifests(directory, shard).stream()
                .filter(each -> each.sequence() == sequence)
                .findFirst()
                .orElse(null);
    }

    /**
     * A file that was made again.
     *
     * @param same it is what the first one was, octet by octet
     * @param sameRates it was rated with the same decks and settings
     */
    public record Resent(Path file, long records, boolean same, boolean sameRates) {}

    /**
     * Makes a file again, in the form that it had, from the journal and what its manifest says of it.
     *
     * @param shard whose journal
     * @param billing the decks
     * @param into directory for it, another than this
     * @return null where there is no manifest of this sequence
     */
    public Resent resend(final JournalFiles shard, final long sequence, final BillingConfig billing, final Path into)
            throws IOException {
        final CdrManifest manifest = manifest(shard.name(), sequence);
        if (manifest == null) {
            return null;
        }
        final Path file = Files.createDirectories(into).resolve(manifest.file());
        final NamesByNumber names = new NamesByNumber().ahead(shard);
        final CdrRecord record = new CdrRecord(names, new Rater(billing, names));
        final String sha256;
        final long records;
        try (CdrFileWriter writer =
                CdrFileWriter.create(CdrForm.ofFile(manifest.file(), shard.name()), CdrStorage.FILES, file)) {
            final UnitFold fold = new UnitFold(names, facts -> {
                if (facts.closedSequence <= manifest.lastRecord()) {
                    try {
                        writer.record(record.of(facts));
                    } catch (final IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
            fold.quietUntil(manifest.firstRecord() - 1);
            shard.read(fold);
            sha256 = writer.finish();
            records = writer.totals().records();
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
        CdrStorage.FILES.rename(CdrStorage.draft(file), file);
        return new Resent(
                file, records, sha256.equals(manifest.sha256()), billing.hash().equals(manifest.ratesSha256()));
    }
}
