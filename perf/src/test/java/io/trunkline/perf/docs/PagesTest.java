package io.trunkline.perf.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.perf.prove.ProveContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** What pages say that can be checked; a test lists all that is wrong. */
abstract class PagesTest {
    static final Path REPOSITORY = ProveContext.repository();
    static final List<Page> PAGES = Page.all(REPOSITORY);
    /** Decisions tell of what was, too. */
    static final List<Page> PAGES_OF_TODAY = PAGES.stream()
            .filter(page -> !page.name().startsWith("docs/decisions"))
            .toList();

    private final Set<String> wrong = new TreeSet<>();

    final void wrong(final String place, final String what) {
        wrong.add(place + ": " + what);
    }

    @AfterEach
    final void nothingIsWrong() {
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    /** All sources below a directory of the repository, as one text. */
    static String sources(final String directory) {
        final StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(REPOSITORY.resolve(directory))) {
            for (final Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                all.append(Files.readString(file));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }
}
