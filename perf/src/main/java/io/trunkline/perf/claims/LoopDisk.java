package io.trunkline.perf.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk of its own: an ext4 image on a tmpfs, mounted through a loop device. What the kernel has not written back is
 * not in the image, so a copy of the image is what a power cut would leave. Needs root.
 */
final class LoopDisk implements AutoCloseable {
    private final Path mount;
    private Path image;
    private boolean mounted;
    private int copies;

    LoopDisk(final Path images, final Path mount, final long mebibytes) throws IOException, InterruptedException {
        this.mount = mount;
        this.image = images.resolve("disk-0.img");
        Files.createDirectories(images);
        Files.createDirectories(mount);
        Shell.run("truncate", "-s", mebibytes + "M", image.toString());
        Shell.run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        mount();
    }

    Path mount() throws IOException, InterruptedException {
        Shell.run("mount", "-o", "loop", image.toString(), mount.toString());
        mounted = true;
        return mount;
    }

    Path path() {
        return mount;
    }

    /** Copies the image as it is at this moment. */
    Path snapshot() throws IOException, InterruptedException {
        final Path copy = image.resolveSibling("disk-" + ++copies + ".img");
        Shell.run("cp", "--sparse=always", image.toString(), copy.toString());
        return copy;
    }

    /** Throws the mounted disk away and mounts the snapshot in its place. */
    void replaceBy(final Path snapshot) throws IOException, InterruptedException {
        unmount();
        Files.delete(image);
        image = snapshot;
        mount();
    }

    private void unmount() throws IOException, InterruptedException {
        if (mounted) {
            Shell.run("umount", mount.toString());
            mounted = false;
        }
    }

    @Override
    public void close() {
        try {
            unmount();
            Files.deleteIfExists(image);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
