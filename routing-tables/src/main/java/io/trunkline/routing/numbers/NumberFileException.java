package io.trunkline.routing.numbers;

import java.io.IOException;
import java.nio.file.Path;

/** A number file that must not be used; the message names it, what is wrong with it, and what to do. */
public final class NumberFileException extends IOException {
    private static final long serialVersionUID = 1;

    NumberFileException(final Path file, final String trouble) {
        super(file + ": " + trouble);
    }
}
