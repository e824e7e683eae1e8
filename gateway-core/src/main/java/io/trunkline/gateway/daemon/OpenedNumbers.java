package io.trunkline.gateway.daemon;

import io.trunkline.routing.numbers.NumberContent;
import io.trunkline.routing.numbers.NumberFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A number file in use, and what it was when it was opened: a file of gigabytes is read once, not with each configuration.
 */
record OpenedNumbers(NumberFile numbers, Path path, Object identity) {
    /** Opens a file, unless it is the one that is open already. */
    static Optional<OpenedNumbers> open(
            final Optional<Path> path, final NumberContent content, final Optional<OpenedNumbers> before)
            throws IOException {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        final BasicFileAttributes attributes = Files.readAttributes(path.get(), BasicFileAttributes.class);
        final Object identity = attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
        if (before.isPresent()
                && before.get().path().equals(path.get())
                && before.get().identity().equals(identity)) {
            return before;
        }
        return Optional.of(new OpenedNumbers(NumberFile.open(path.get(), content), path.get(), identity));
    }
}
