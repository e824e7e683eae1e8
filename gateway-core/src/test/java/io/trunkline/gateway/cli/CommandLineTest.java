package io.trunkline.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.admin.AdminCommand;
import io.trunkline.gateway.admin.AdminServer;
import io.trunkline.gateway.admin.ControlCommands;
import io.trunkline.gateway.admin.FakeShard;
import io.trunkline.gateway.admin.ShowCommands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    private static final Path REFERENCE = Path.of("..", "conf");

    @TempDir
    Path directory;

    private final FakeShard shard = new FakeShard();
    private String out;
    private String err;

    private int run(final String... arguments) {
        final StringWriter outText = new StringWriter();
        final StringWriter errText = new StringWriter();
        final CommandLine command =
                Trunkline.commandLine().setOut(new PrintWriter(outText, true)).setErr(new PrintWriter(errText, true));
        final int code = command.execute(arguments);
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    private AdminServer daemon() throws IOException {
        final List<AdminCommand> commands =
                new ArrayList<>(ShowCommands.of(shard, shard::journal, List::of, shard::exports));
        commands.addAll(ControlCommands.of(shard));
        return new AdminServer(directory, commands);
    }

    static Stream<String> commands() {
        return Trunkline.commandLine().getSubcommands().keySet().stream().filter(name -> !name.equals("help"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithExamples(final String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out).contains("Usage: trunkline " + command).containsPattern("Examples.*:");
        // The daemon prints nothing of its own; all others have an answer for machines as well.
        if (!command.equals("run")) {
            assertThat(out).contains("--json");
        }
    }

    @Test
    void aloneItPrintsItsUsageAndIsWrongUsage() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("check").contains("show").contains("Exit codes:");
        assertThat(run("--version")).isZero();
        assertThat(out).startsWith("trunkline ");
    }

    @Test
    void aMistypedCommandIsWrongUsageWithASuggestion() {
        assertThat(run("chekc")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("check");
        assertThat(run("show", "carriages")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("carriers");
        assertThat(run("trace", "447700900123", "--since", "yesterday")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void checkListsMistakesAndExitsWithTwo() throws IOException {
        assertThat(run("check", "--conf", directory.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(out)
                .contains("gateway.yaml:1:1: file-missing: the file is not there")
                .contains("5 mistakes");
        assertThat(run("check", "--conf", directory.toString(), "--json")).isEqualTo(ExitCode.CONFIG);
        assertThat(out).contains("\"code\" : \"file-missing\"").contains("\"ok\" : false");
    }

    @Test
    void checkSaysWhatAGoodConfigurationHolds() throws IOException {
        final Path secret = Files.writeString(directory.resolve("secret"), "12345678\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        try (var files = Files.list(REFERENCE)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final String text =
                        Files.readString(file).replaceAll("(- |password: )\\$\\{env:\\w+}", "$1\\${file:secret}");
                Files.writeString(directory.resolve(file.getFileName().toString()), text);
            }
        }
        assertThat(run("check", "--conf", directory.toString())).as(out).isZero();
        assertThat(out).contains("ok, 2 tenants, 2 carriers, 4 routes, 2 numbers, hash ");
    }

    @Test
    void showPrintsTablesForPeople() throws IOException {
        try (AdminServer server = daemon()) {
            assertThat(server).isNotNull();
            assertThat(run("show", "carriers", "--data", directory.toString()))
                    .as(err)
                    .isZero();
            assertThat(out).isEqualTo("""
                            CARRIER  STATE    BINDS UP  BINDS  QUEUED  IN FLIGHT  AWAITING RECEIPT  IN DOUBT  SENT  ACCEPTED  REFUSED  THROTTLED  RECEIPTS  DELIVERED  UNDELIVERED  INBOUND
                            alpha    enabled         1      2      17          3                40         1  1000       990        7          5       950        900           50       12
                            """);
            assertThat(run("show", "journal", "--data", directory.toString())).isZero();
            assertThat(out).contains("DURABILITY").contains("DISK").contains("7.0 MiB");
            assertThat(run("show", "queues", "--data", directory.toString())).isZero();
            assertThat(out).contains("OLDEST").contains("4s");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "carriers",
                "binds",
                "queues",
                "limits",
                "tenants",
                "units",
                "journal",
                "exports",
                "events",
                "alarms",
                "counters",
                "latency"
            })
    void everySubjectCanBeShownBothWays(final String subject) throws IOException {
        try (AdminServer server = daemon()) {
            assertThat(server).isNotNull();
            assertThat(run("show", subject, "--data", directory.toString()))
                    .as(err)
                    .isZero();
            assertThat(out).isNotBlank();
            assertThat(run("show", subject, "--data", directory.toString(), "--json"))
                    .isZero();
            assertThat(out).startsWith("[ {");
        }
    }

    @Test
    void openUnitsAndCallsAreChosen() throws IOException {
        try (AdminServer server = daemon()) {
            assertThat(server).isNotNull();
            final String data = directory.toString();
            assertThat(run("show", "calls", "--data", data, "--tenant", "acme")).isZero();
            assertThat(out).contains("306912345678");
            assertThat(run("show", "calls", "--data", data, "--tenant", "other"))
                    .isZero();
            assertThat(out).isEqualTo("no calls\n");
            assertThat(run("show", "units", "--data", data, "--carrier", "other"))
                    .isZero();
            assertThat(out).isEqualTo("no units\n");
        }
    }

    @Test
    void theDataDirectoryIsFoundThroughTheConfiguration() throws IOException {
        final Path conf = Files.createDirectory(directory.resolve("conf"));
        Files.writeString(conf.resolve("gateway.yaml"), "data: ..\nsomething: wrong\n");
        try (AdminServer server = daemon()) {
            assertThat(server).isNotNull();
            assertThat(run("show", "limits", "--conf", conf.toString())).as(err).isZero();
            assertThat(out).contains("openUnits");
        }
    }

    @Test
    void withoutADaemonItExitsWithThreeAndARemedy() {
        assertThat(run("show", "carriers", "--data", directory.toString())).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(err).contains("no daemon answers").contains("trunkline run");
        assertThat(run("drain", "alpha", "--conf", directory.toString())).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(err).contains("names no data directory");
    }

    @Test
    void aRefusalExitsWithFour() throws IOException {
        try (AdminServer server = daemon()) {
            assertThat(server).isNotNull();
            assertThat(run("disable", "omega", "--data", directory.toString())).isEqualTo(ExitCode.REFUSED);
            assertThat(err).contains("no carrier is called omega").contains("trunkline show carriers");
            shard.busy = true;
            assertThat(run("show", "binds", "--data", directory.toString())).isEqualTo(ExitCode.REFUSED);
        }
    }

    @Test
    void drainEnableAndDisableReachTheShard() throws IOException {
        try (AdminServer server = daemon()) {
            assertThat(server).isNotNull();
            assertThat(run("drain", "alpha/one", "--data", directory.toString()))
                    .isZero();
            assertThat(out).isEqualTo("drain alpha/one: done\n");
            assertThat(run("enable", "alpha", "--data", directory.toString())).isZero();
            assertThat(out).isEqualTo("enable alpha: it was so already\n");
            assertThat(run("disable", "alpha", "--data", directory.toString(), "--json"))
                    .isZero();
            assertThat(shard.controls).containsExactly("DRAIN alpha/one", "ENABLE alpha", "DISABLE alpha");
        }
    }
}
