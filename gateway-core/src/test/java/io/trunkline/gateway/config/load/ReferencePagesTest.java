package io.trunkline.gateway.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference pages say what the code says. */
class ReferencePagesTest {
    private static final Path PAGES = Path.of("..", "docs", "reference");
    private static final String REMEDY = "%s is out of date; regenerate with: mvn -q -pl gateway-core -am test"
            + " -Dtest=ReferencePagesTest -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write=true";

    @Test
    void configurationPageComesFromTheSchemas() throws IOException {
        compare("configuration.md", ConfigurationPage.generate());
    }

    @Test
    void errorCodesPageComesFromTheEnum() throws IOException {
        compare("error-codes.md", ErrorCodesPage.generate());
    }

    private static void compare(final String page, final String generated) throws IOException {
        final Path file = PAGES.resolve(page);
        if (Boolean.getBoolean("reference.write")) {
            Files.createDirectories(PAGES);
            Files.writeString(file, generated);
        }
        assertThat(file).as(REMEDY, file).exists();
        assertThat(Files.readString(file)).as(REMEDY, file).isEqualTo(generated);
    }
}
