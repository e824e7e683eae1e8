package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads the journal of a shard from another process than the daemon's, and goes on as it grows, up to what is durable. Locks
 * nothing and changes nothing; works without a daemon as well. For one thread.
 */
public final class JournalFollower implements RecordSource {
    private static final int CHUNK = 1 << 20;

    private final Path directory;
    private final Consumer<Damage> damages;
    private final FrameScanner scanner = new FrameScanner(CHUNK);
    /** Files that have no manifest yet, kept so that reading goes on where it ended. */
    private final Map<Path, CycleFile> unclosed = new HashMap<>();

    private List<String> listed = List.of();
    private CycleList cycles = new CycleList(List.of());
    private CycleSource source;
    private long durable;
    private long floor = 1;

    JournalFollower(final Path directory, final Consumer<Damage> damages) {
        this.directory = directory;
        this.damages = damages;
        source = newSource();
    }

    private CycleSource newSource() {
        return new CycleSource(cycles, () -> durable, damages);
    }

    @Override
    public long read(final long fromSequence, final int maxRecords, final RecordHandler handler) {
        try {
            look();
        } catch (final IOException e) {
            throw new JournalException("the journal " + directory + " cannot be read: " + e, e);
        }
        return fromSequence > durable ? fromSequence : source.read(fromSequence, maxRecords, handler);
    }

    /** Finds out how far the journal has come. Files are looked at only where there are others than before. */
    private void look() throws IOException {
        final JournalMark.Reading mark = JournalMark.read(directory);
        final long reached = mark.durable();
        if (mark.present() && reached <= durable) {
            return;
        }
        final List<String> names = names();
        if (!names.equals(listed)) {
            catalogue();
            listed = names;
        }
        durable = mark.present() && reached > 0 ? reached : lastWhole();
        extend();
    }

    private List<String> names() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory, 2)) {
            return all.map(Path::toString)
                    .filter(name -> name.endsWith(CycleFile.SUFFIX) || name.endsWith(Manifest.SUFFIX))
                    .sorted()
                    .toList();
        } catch (final java.io.UncheckedIOException e) {
            // A file went away between being listed and being looked at.
            if (e.getCause() instanceof NoSuchFileException) {
                return List.of();
            }
            throw e.getCause();
        }
    }

    private void catalogue() throws IOException {
        final JournalState state = JournalState.read(directory);
        floor = state == null ? 1 : state.floor();
        final List<CycleFile> files = new ArrayList<>();
        final Map<Path, CycleFile> stillUnclosed = new HashMap<>();
        for (final Catalogue.Entry entry :
                Catalogue.load(directory, scanner, damages).files()) {
            final CycleFile file = entry.file();
            if (!entry.present() || (file.manifest() != null && file.lastSequence() < floor)) {
                continue;
            }
            if (file.manifest() != null) {
                files.add(file);
                continue;
            }
            final CycleFile known = unclosed.get(file.path());
            if (known == null) {
                file.record(entry.firstSequence(), 0, 0);
            }
            stillUnclosed.put(file.path(), known == null ? file : known);
            files.add(known == null ? file : known);
        }
        unclosed.clear();
        unclosed.putAll(stillUnclosed);
        source.close();
        cycles = new CycleList(files);
        source = newSource();
    }

    /** Without a mark the records themselves tell how far they go. */
    private long lastWhole() throws IOException {
        final long[] last = new long[1];
        Recovery.load(directory).replay(false, record -> last[0] = record.sequence());
        return last[0];
    }

    /** A file without a manifest reaches to the next one, or as far as the journal does. */
    private void extend() {
        final CycleFile[] files = cycles.files();
        for (int i = 0; i < files.length; i++) {
            if (files[i].manifest() == null) {
                final long last = i + 1 < files.length ? files[i + 1].firstSequence() - 1 : durable;
                files[i].advance(Math.max(last, files[i].firstSequence()), files[i].endOffset());
            }
        }
    }

    @Override
    public long oldest() {
        return cycles.oldest(durable + 1);
    }

    @Override
    public long newest() {
        return durable;
    }

    @Override
    public void close() {
        source.close();
    }
}
