package io.trunkline.gateway.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.JournalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that bodies are to be encrypted under. */
class GatewayChecksTest {
    private static final String HEX = "0123456789abcdefABCDEF0123456789".repeat(2);

    @TempDir
    Path directory;

    private SampleConfig sample;

    @BeforeEach
    void copy() throws IOException {
        sample = new SampleConfig(directory);
        key("good", HEX + "\n");
    }

    private void key(final String name, final String text) throws IOException {
        final Path file = Files.writeString(directory.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Plants keys where the journal's settings begin; where the mark is. */
    private String plant(final String keys) {
        return sample.plant("gateway.yaml", "journal:\n", "journal:\n  bodies:\n    keys:\n" + keys.indent(6));
    }

    private List<ConfigProblem> problems() {
        return sample.load().problems();
    }

    @Test
    void keysOfSixtyFourDigitsAreTakenInTheirOrder() {
        plant("»- {id: 2, key: \"${file:good}\"}\n- {id: 1, key: \"${file:good}\"}");
        assertThat(problems()).isEmpty();
        assertThat(sample.load()
                        .config()
                        .orElseThrow()
                        .gateway()
                        .journal()
                        .bodies()
                        .keys())
                .extracting(JournalSettings.Key::id)
                .containsExactly(2, 1);
    }

    @Test
    void twoKeysOfOneNumberAreToldApartByNobody() {
        final String place = plant("- {id: 7, key: \"${file:good}\"}\n- {id: »7, key: \"${file:good}\"}");
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).contains(place);
            assertThat(problem.message()).isEqualTo("there is another key 7");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123", "g", "two lines"})
    void whatIsNoKeyIsNotTakenAndNotShown(final String wrong) throws IOException {
        final String secret = switch (wrong) {
            case "g" -> HEX.substring(1) + "g";
            case "two lines" -> HEX + "\n" + HEX;
            default -> wrong;
        };
        key("bad", secret);
        final String place = plant("- {id: 1, key: »\"${file:bad}\"}");
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).contains(place);
            if (secret.length() > 4) {
                assertThat(problem.toString()).doesNotContain(secret);
            }
        });
    }
}
