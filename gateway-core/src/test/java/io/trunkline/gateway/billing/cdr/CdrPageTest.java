package io.trunkline.gateway.billing.cdr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference page says what the code says. */
final class CdrPageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "cdr.md");

    @Test
    void thePageComesFromTheColumns() throws IOException {
        final String generated = CdrPage.generate();
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(PAGE, generated);
        }
        assertThat(Files.readString(PAGE))
                .as(
                        "%s is out of date; regenerate with: mvn -q -pl gateway-core -am test -Dtest=CdrPageTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write=true",
                        PAGE)
                .isEqualTo(generated);
    }
}
