package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.RecordView;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is found in a journal's directory: its runs, their cycle files with their manifests, put in the order of the
 * records that they hold, whatever their names are.
 *
 * @param files in order of their first record
 * @param emptyFiles without any record
 * @param lastRun number of the newest run; 0 where there is none
 */
record Catalogue(List<Entry> files, List<Path> emptyFiles, long lastRun) {
    private static final String RUN_PREFIX = "run-";
    /** Nothing else is: a copy that somebody has laid beside it under a name like it is not looked at. */
    private static final Pattern RUN = Pattern.compile(RUN_PREFIX + "[0-9]{1,18}");

    private static final Pattern CYCLE = Pattern.compile(".*" + Pattern.quote(CycleFile.SUFFIX));
    private static final Pattern MANIFEST = Pattern.compile(".*" + Pattern.quote(Manifest.SUFFIX));

    /**
     * A cycle file, or the manifest of one that is gone.
     *
     * @param file what it holds; without a manifest where it was not closed
     * @param present whether the file is there
     * @param firstSequence of the first whole record, else as the manifest says
     * @param wholeBeginning nothing damaged lies before the first whole record
     */
    record Entry(CycleFile file, boolean present, long firstSequence, boolean wholeBeginning) {}

    static Path runDirectory(final Path directory, final long run) {
        return directory.resolve(String.format(java.util.Locale.ROOT, RUN_PREFIX + "%06d", run));
    }

    static Catalogue load(final Path directory, final FrameScanner scanner, final Consumer<Damage> damages)
            throws IOException {
        final List<Entry> entries = new ArrayList<>();
        final List<Path> empty = new ArrayList<>();
        long lastRun = 0;
        for (final Path run : list(directory, RUN)) {
            lastRun = Math.max(
                    lastRun, Long.parseLong(run.getFileName().toString().substring(RUN_PREFIX.length())));
            loadRun(run, scanner, entries, empty, damages);
        }
        entries.sort(Comparator.comparingLong(Entry::firstSequence));
        twice(entries, damages);
        return new Catalogue(List.copyOf(entries), List.copyOf(empty), lastRun);
    }

    private static void loadRun(
            final Path run,
            final FrameScanner scanner,
            final List<Entry> entries,
            final List<Path> empty,
            final Consumer<Damage> damages)
            throws IOException {
        final Map<String, Manifest> manifests = new TreeMap<>();
        for (final Path path : list(run, MANIFEST)) {
            final Manifest manifest = Manifest.read(path);
            if (manifest == null) {
                damages.accept(new Damage(
                        Damage.Kind.SIDECAR,
                        CycleFile.label(path),
                        -1,
                        -1,
                        0,
                        -1,
                        "the manifest does not have its checksum; the cycle file is read without it"));
            } else {
                manifests.put(manifest.file(), manifest);
            }
        }
        final List<Entry> unmatched = new ArrayList<>();
        for (final Path path : list(run, CYCLE)) {
            final Entry found = peek(path, scanner);
            if (found == null) {
                continue;
            }
            final Manifest own = manifests.get(path.getFileName().toString());
            final boolean matches = own != null
                    && (found.firstSequence == 0
                            || (own.first() <= found.firstSequence && found.firstSequence <= own.last()));
            if (matches) {
                manifests.remove(own.file());
                entries.add(new Entry(CycleFile.of(path, own), true, own.first(), found.wholeBeginning));
            } else if (found.firstSequence == 0) {
                if (scanner.tornBytes() == 0) {
                    empty.add(path);
                }
            } else {
                unmatched.add(found);
            }
        }
        for (final Entry found : unmatched) {
            entries.add(matchByContent(found, manifests, damages));
        }
        for (final Manifest lost : manifests.values()) {
            entries.add(new Entry(CycleFile.of(run.resolve(lost.file()), lost), false, lost.first(), true));
        }
    }

    private static Entry matchByContent(
            final Entry found, final Map<String, Manifest> manifests, final Consumer<Damage> damages) {
        final String name = found.file.path().getFileName().toString();
        for (final Manifest manifest : List.copyOf(manifests.values())) {
            if (manifest.first() <= found.firstSequence && found.firstSequence <= manifest.last()) {
                swapped(found, "the file holds what the manifest of " + manifest.file() + " says", damages);
                manifests.remove(manifest.file());
                return new Entry(
                        CycleFile.of(found.file.path(), manifest), true, manifest.first(), found.wholeBeginning);
            }
        }
        if (manifests.containsKey(name)) {
            swapped(found, "the file holds other records than its manifest says", damages);
        }
        return found;
    }

    private static void swapped(final Entry found, final String detail, final Consumer<Damage> damages) {
        damages.accept(new Damage(Damage.Kind.FILE_SWAPPED, found.file.label(), -1, -1, 0, -1, detail));
    }

    /** Null where a running daemon has removed the file since it was listed. */
    private static Entry peek(final Path path, final FrameScanner scanner) throws IOException {
        final boolean[] damaged = new boolean[1];
        final CycleFile file = new CycleFile(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            scanner.open(channel, file.label(), damage -> damaged[0] = true);
            final RecordView first = scanner.next(0);
            return new Entry(file, true, first == null ? 0 : first.sequence(), !damaged[0]);
        } catch (final NoSuchFileException e) {
            return null;
        }
    }

    /** Records that two files have are read once; that the second is there all the same is somebody's doing. */
    private static void twice(final List<Entry> sorted, final Consumer<Damage> damages) {
        for (int i = 1; i < sorted.size(); i++) {
            final Entry before = sorted.get(i - 1);
            final Entry entry = sorted.get(i);
            final boolean among = entry.firstSequence <= Math.max(before.firstSequence, before.file.lastSequence());
            if (among && before.present && entry.present) {
                // The copy is the one that no manifest speaks of.
                final boolean second = entry.file.manifest() == null;
                damages.accept(new Damage(
                        Damage.Kind.FILE_TWICE,
                        (second ? entry : before).file.label(),
                        -1,
                        -1,
                        0,
                        -1,
                        "it holds records that " + (second ? before : entry).file.label() + " holds"));
            }
        }
    }

    private static List<Path> list(final Path directory, final Pattern name) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(child ->
                            name.matcher(child.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }
}
