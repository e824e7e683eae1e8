package io.trunkline.gateway.config.history;

import io.trunkline.gateway.config.load.ConfigLoader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of every configuration that was in force, below the daemon's data directory:
 *
 * <pre>
 * config/000017/            as they were, and version.json
 * config/staged/            a candidate while it is checked and applied
 * config/installing         it is applied, and its files are on their way to the configuration directory
 * config/unconfirmed.json   what is put back, and when, unless it is confirmed
 * </pre>
 *
 * What is written is forced to the disk before anything refers to it. One writer, the daemon; anybody may read.
 */
public final class ConfigHistory {
    /** Older versions are removed. */
    static final int KEPT = 100;

    private static final String META = "version.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;

    /**
     * Waits for a confirmation.
     *
     * @param restore version whose files are put back
     * @param deadlineMs when, milliseconds since 1970
     */
    public record Unconfirmed(int version, int restore, long deadlineMs) {}

    /** The history in a data directory; nothing is made until something is kept. */
    public ConfigHistory(final Path data) {
        directory = data.resolve("config");
    }

    /** All that are kept, oldest first; what is damaged is left out. */
    public List<ConfigVersion> versions() throws IOException {
        final List<ConfigVersion> versions = new ArrayList<>();
        kept().forEach(child -> meta(child).ifPresent(versions::add));
        return versions;
    }

    private static Optional<ConfigVersion> meta(final Path version) {
        try {
            return Files.isRegularFile(version.resolve(META))
                    ? Optional.of(JSON.readValue(Files.readAllBytes(version.resolve(META)), ConfigVersion.class))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** The one in force: the last that was kept. */
    public Optional<ConfigVersion> newest() throws IOException {
        final List<Path> kept = kept();
        for (int i = kept.size() - 1; i >= 0; i--) {
            final Optional<ConfigVersion> version = meta(kept.get(i));
            if (version.isPresent()) {
                return version;
            }
        }
        return Optional.empty();
    }

    /** Directories of versions, oldest first. */
    private List<Path> kept() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(child -> child.getFileName().toString().matches("[0-9]{6,}"))
                    .sorted(Comparator.comparingInt(
                            child -> Integer.parseInt(child.getFileName().toString())))
                    .toList();
        }
    }

    /** Where a version's files are. */
    public Path files(final int version) {
        return directory.resolve(String.format(Locale.ROOT, "%06d", version));
    }

    /** Takes a copy of a candidate's files, so that what is checked is what is applied, whoever edits meanwhile. */
    public Path stage(final Path candidate) throws IOException {
        final Path staged = staged();
        Files.createDirectories(staged);
        final Optional<Path> before = newest().map(version -> files(version.version()));
        for (final String name : ConfigLoader.FILES) {
            Files.deleteIfExists(staged.resolve(name));
            if (Files.exists(candidate.resolve(name))) {
                stage(candidate.resolve(name), staged.resolve(name), before.map(files -> files.resolve(name)));
            }
        }
        return staged;
    }

    /**
     * A file that has not changed since the last version is kept once, and nothing is written: a million routes for a hundred
     * small edits. Whoever writes to it meanwhile comes too late.
     */
    private static void stage(final Path from, final Path to, final Optional<Path> before) throws IOException {
        if (before.isPresent() && same(from, before.get())) {
            Files.createLink(to, before.get());
        } else {
            copy(from, to);
        }
    }

    private static boolean same(final Path one, final Path other) throws IOException {
        return Files.exists(other) && Files.mismatch(one, other) < 0;
    }

    /** Where a candidate is staged. */
    public Path staged() {
        return directory.resolve("staged");
    }

    /** Writes down what the staged files are going to be. */
    public void describe(final ConfigVersion version) throws IOException {
        write(staged().resolve(META), JSON.writeValueAsBytes(version));
    }

    /**
     * Keeps what is staged, and described, as a version that is in force now; its installation has ended. Takes no room on the
     * disk.
     */
    public void keep(final int version) throws IOException {
        final Path files = files(version);
        delete(files);
        Files.deleteIfExists(installingFile());
        Files.move(staged(), files, StandardCopyOption.ATOMIC_MOVE);
        force(directory);
        final List<Path> all = kept();
        for (int i = 0; i < all.size() - KEPT; i++) {
            delete(all.get(i));
        }
    }

    /** From here on the staged files are the configuration, even if the daemon is killed before they are installed. */
    public void beginInstall() throws IOException {
        write(installingFile(), new byte[0]);
    }

    /** Whether an installation was begun and not ended: a mark that outlived what was staged says nothing. */
    public boolean installing() {
        return Files.exists(installingFile()) && Files.exists(staged().resolve(META));
    }

    /** Nothing is to be installed, or it has been. */
    public void endInstall() throws IOException {
        removed(installingFile());
    }

    private Path installingFile() {
        return directory.resolve("installing");
    }

    /** Puts files in place of those of the configuration directory, each at once; the others there stay as they are. */
    public static void install(final Path from, final Path to) throws IOException {
        prepareInstall(from, to);
        commitInstall(from, to);
    }

    /** Copies files to beside those that they are to replace, where they differ: all that takes room on the disk. */
    public static void prepareInstall(final Path from, final Path to) throws IOException {
        for (final String name : ConfigLoader.FILES) {
            Files.deleteIfExists(fresh(to, name));
            if (Files.exists(from.resolve(name)) && !same(from.resolve(name), to.resolve(name))) {
                copy(from.resolve(name), fresh(to, name));
            }
        }
    }

    /** Takes the place of the old files; only names change. */
    public static void commitInstall(final Path from, final Path to) throws IOException {
        for (final String name : ConfigLoader.FILES) {
            if (Files.exists(fresh(to, name))) {
                Files.move(fresh(to, name), to.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } else if (!Files.exists(from.resolve(name))) {
                Files.deleteIfExists(to.resolve(name));
            }
        }
        force(to);
    }

    /** Removes what was prepared and is not wanted after all. */
    public static void forgetInstall(final Path to) throws IOException {
        for (final String name : ConfigLoader.FILES) {
            Files.deleteIfExists(fresh(to, name));
        }
    }

    private static Path fresh(final Path directory, final String name) {
        return directory.resolve("." + name + ".new");
    }

    /** What waits for its confirmation. */
    public Optional<Unconfirmed> unconfirmed() {
        final Path file = unconfirmedFile();
        try {
            return Files.exists(file)
                    ? Optional.of(JSON.readValue(Files.readAllBytes(file), Unconfirmed.class))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** Writes down what is going to wait, and nothing refers to it yet. */
    public void prepareUnconfirmed(final Unconfirmed wait) throws IOException {
        write(freshUnconfirmed(), JSON.writeValueAsBytes(wait));
    }

    /** What was prepared waits from now on. */
    public void beginUnconfirmed() throws IOException {
        Files.move(freshUnconfirmed(), unconfirmedFile(), StandardCopyOption.ATOMIC_MOVE);
        force(directory);
    }

    public void forgetUnconfirmed() throws IOException {
        Files.deleteIfExists(freshUnconfirmed());
    }

    private Path freshUnconfirmed() {
        return directory.resolve("unconfirmed.new");
    }

    public void confirmed() throws IOException {
        removed(unconfirmedFile());
    }

    private void removed(final Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            force(directory);
        }
    }

    private Path unconfirmedFile() {
        return directory.resolve("unconfirmed.json");
    }

    private static void copy(final Path from, final Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        force(to);
    }

    private static void write(final Path file, final byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        force(file);
    }

    private static void force(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(final Path version) throws IOException {
        if (!Files.isDirectory(version)) {
            return;
        }
        final List<Path> files;
        try (Stream<Path> children = Files.list(version)) {
            files = children.toList();
        }
        for (final Path file : files) {
            Files.delete(file);
        }
        Files.delete(version);
    }
}
