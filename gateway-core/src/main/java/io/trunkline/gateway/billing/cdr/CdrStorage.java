package io.trunkline.gateway.billing.cdr;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The few things that the exporter does to a disk, each of which may be the last one. */
public interface CdrStorage {
    /** The file system. */
    CdrStorage FILES = new CdrStorage() {
        @Override
        public OutputStream create(final Path file) throws IOException {
            return new BufferedOutputStream(Files.newOutputStream(file));
        }

        @Override
        public void force(final Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }

        @Override
        public void rename(final Path from, final Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void forceDirectory(final Path directory) throws IOException {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    };

    /** Begins a file anew. */
    OutputStream create(Path file) throws IOException;

    /** Has what was written to a file on the disk. */
    void force(Path file) throws IOException;

    /** Gives a file its name, in place of one that has it. */
    void rename(Path from, Path to) throws IOException;

    /** Has the names in a directory on the disk. */
    void forceDirectory(Path directory) throws IOException;

    /** Writes a small file so that it is whole under its name, or not there. */
    default void write(final Path file, final byte[] content) throws IOException {
        final Path draft = draft(file);
        try (OutputStream out = create(draft)) {
            out.write(content);
        }
        force(draft);
        rename(draft, file);
    }

    /** What is wrong, in words: many of Java's exceptions say no more than the name of the file. */
    static String why(final Exception e) {
        if (!(e instanceof FileSystemException problem) || problem.getReason() != null) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        }
        final String what = e instanceof AccessDeniedException
                ? "this user may not write there"
                : e instanceof NoSuchFileException
                        ? "it is not there"
                        : e.getClass().getSimpleName();
        return problem.getFile() + ": " + what;
    }

    /** Under which name a file is written before it has its own. */
    static Path draft(final Path file) {
        return file.resolveSibling(file.getFileName() + ".tmp");
    }
}
