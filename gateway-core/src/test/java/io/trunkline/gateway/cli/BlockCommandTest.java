package io.trunkline.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.admin.AdminServer;
import io.trunkline.gateway.admin.BlockCommands;
import io.trunkline.gateway.admin.BlockDesk;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BlockCommandTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private final List<BlockDesk.Line> lines = new ArrayList<>();
    private AdminServer server;
    private String out;
    private String err;

    /** Keeps what it is told. */
    private final BlockDesk desk = new BlockDesk() {
        @Override
        public void add(final List<Line> added) {
            lines.addAll(added);
        }

        @Override
        public void remove(final Line like) throws AdminRefusal {
            if (!lines.removeIf(line -> line.prefix().equals(like.prefix()) && line.safe() == like.safe())) {
                throw new AdminRefusal("not-found", "there is no such line", "trunkline block list");
            }
        }

        @Override
        public int load(final Path file) {
            return file.isAbsolute() ? 3 : 0;
        }

        @Override
        public List<Line> lines(final String prefix) {
            return lines.stream()
                    .filter(line -> line.prefix().startsWith(prefix))
                    .toList();
        }
    };

    @BeforeEach
    void start() throws IOException {
        server = new AdminServer(directory, BlockCommands.of(desk, NOON));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private int run(final String... arguments) {
        final StringWriter outText = new StringWriter();
        final StringWriter errText = new StringWriter();
        final CommandLine command =
                Trunkline.commandLine().setOut(new PrintWriter(outText, true)).setErr(new PrintWriter(errText, true));
        final List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", directory.toString()));
        final int code = command.execute(all.toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    @Test
    void addsListsAndTakesAway() {
        assertThat(run("block", "add", "+88213", "--ttl", "12h", "--reason", "pumping", "--tenant", "acme"))
                .as(err)
                .isZero();
        assertThat(out).isEqualTo("blocked: +88213\n");
        assertThat(lines)
                .containsExactly(new BlockDesk.Line(
                        "88213",
                        false,
                        false,
                        Optional.of("acme"),
                        NOON.millis() + 12 * 3_600_000,
                        "pumping",
                        "operator"));
        assertThat(run("block", "add", "--safe", "882131")).isZero();
        assertThat(run("block", "add", "--sender", "PayPa", "--json")).isZero();
        assertThat(out).contains("\"end\" : \"sender\"");

        assertThat(run("block", "list", "882")).isZero();
        assertThat(out).contains("pumping").contains("acme").contains("safe").doesNotContain("PayPa");
        assertThat(run("block", "list", "--limit", "1")).isZero();
        assertThat(out).contains("… of 3");

        assertThat(run("block", "del", "882131", "--safe")).isZero();
        assertThat(out).isEqualTo("no longer safe: 882131\n");
        assertThat(run("block", "del", "882131", "--safe")).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void aFileIsNamedToTheDaemonByItsWholePath() {
        assertThat(run("block", "load", "numbers.csv")).as(err).isZero();
        assertThat(out).isEqualTo("3 lines in force\n");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(run("block", "add")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("which prefix?");
        assertThat(run("block", "add", "44x")).isEqualTo(ExitCode.REFUSED);
        assertThat(err).contains("not a prefix").contains("--sender");
        assertThat(run("block", "add", "44", "--ttl", "soon")).isEqualTo(ExitCode.USAGE);
        assertThat(run("block", "ad", "44")).isEqualTo(ExitCode.USAGE);
        assertThat(lines).isEmpty();
    }

    @Test
    void numberFilesAreBuiltFromTheCommandLine() throws IOException {
        final Path csv = Files.writeString(directory.resolve("owners.csv"), "447700900123,acme\n");
        final Path target = directory.resolve("owners");
        final StringWriter text = new StringWriter();
        final CommandLine command = Trunkline.commandLine().setOut(new PrintWriter(text, true));

        assertThat(command.execute("numbers", "build", csv.toString(), target.toString()))
                .isZero();
        assertThat(text.toString()).endsWith("owners: 1 numbers\n");
        assertThat(command.execute("numbers", "build", "--networks", csv.toString(), target.toString()))
                .isEqualTo(ExitCode.CONFIG);
        assertThat(text.toString()).contains("owners.csv:1:14: bad-value:");
    }
}
