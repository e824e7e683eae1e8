package io.trunkline.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.upstream.codec.GoodbyeDecoder;
import io.trunkline.upstream.codec.HelloDecoder;
import io.trunkline.upstream.codec.MessageClass;
import io.trunkline.upstream.codec.MessageState;
import io.trunkline.upstream.codec.SenderType;
import io.trunkline.upstream.codec.SubmitMessageDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client that was written from the page alone talks to what speaks the protocol. Needs python3 on the path. */
@Timeout(60)
class PythonExampleTest {
    private static final String SCRIPT = "../docs/examples/trunkline.py";

    @TempDir
    private Path directory;

    @Test
    void agreesWithThePageOnEveryGoldenVector() throws Exception {
        final Run run = start("self-check", ProtocolPage.PATH.toString());
        assertThat(run.output()).containsExactly("self-check: vectors=24 wrong=0 missing=0");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void submitsACsvAndSendsAgainWhatWasUnansweredWhenTheGatewayDied() throws Exception {
        final Path csv = directory.resolve("messages.csv");
        Files.writeString(csv, """
                from,to,text,reference,class,sender
                +4915112345,+306912345678,"Καλημέρα, κόσμε",1,otp,
                Acme,+4915199999,second,2,,alphanumeric
                +4915112345,+33612345678,third,3,bulk,
                """);
        try (ScriptedGateway gateway = new ScriptedGateway()) {
            final Run run = start(arguments(gateway, "submit", "--csv", csv.toString(), "--wait", "30"));
            final ScriptedPeer peer = gateway.accept();
            final HelloDecoder hello = peer.readHello();
            assertThat(hello.flags().events()).isTrue();
            assertThat(hello.tenant()).isEqualTo("acme");
            assertThat(hello.token()).isEqualTo("s3cret");
            assertThat(hello.clientName()).isEqualTo("trunkline.py");
            peer.welcome(2, 0);
            final SubmitMessageDecoder first = peer.readSubmit();
            assertThat(first.referenceLo()).isEqualTo(1);
            assertThat(first.messageClass()).isEqualTo(MessageClass.OTP);
            assertThat(first.dataCoding()).isEqualTo(SubmitMessageDecoder.dataCodingNullValue());
            assertThat(first.from()).isEqualTo("+4915112345");
            assertThat(first.to()).isEqualTo("+306912345678");
            final byte[] body = new byte[first.bodyLength()];
            first.getBody(body, 0, body.length);
            assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo("Καλημέρα, κόσμε");
            assertThat(peer.readSubmit().senderType()).isEqualTo(SenderType.ALPHANUMERIC);
            // The third is over the credit until there is an answer.
            peer.accept(0, 2, 102);
            assertThat(peer.readSubmit().referenceLo()).isEqualTo(3);
            peer.kill();

            final ScriptedPeer next = gateway.acceptAndWelcome(10);
            assertThat(next.readSubmit().referenceLo()).isEqualTo(1);
            assertThat(next.readSubmit().referenceLo()).isEqualTo(3);
            next.accept(0, 1, 1001);
            next.refuse(0, 3, 1030, 0);
            // The scripted peer's first event speaks of unit 1001. Unit 102 is left without an end.
            next.status(1, MessageState.DELIVERED);
            assertThat(next.readAck()).isEqualTo(1);
            next.close();
            assertThat(run.outputSoFar(line -> line.contains("\"state\": \"DELIVERED\"")))
                    .anyMatch(line -> line.contains("\"SubmitAccepted\"") && line.contains("00000002"))
                    .anyMatch(line -> line.contains("\"SubmitRefused\"") && line.contains("1030"));
            run.stop();
        }
    }

    @Test
    void goesOnWithItsEventsWhereItsFileSays() throws Exception {
        final Path cursor = directory.resolve("cursor");
        try (ScriptedGateway gateway = new ScriptedGateway()) {
            final Run run = start(arguments(gateway, "events", "--cursor", cursor.toString(), "--count", "2"));
            final ScriptedPeer peer = gateway.accept();
            assertThat(peer.readHello().resumeAfter()).isEqualTo(HelloDecoder.resumeAfterNullValue());
            peer.welcome(1, 40);
            peer.status(41, MessageState.SENT);
            peer.inbound(42, "+30691", "+49151", "γεια σου".getBytes(StandardCharsets.UTF_8));
            long acknowledged = peer.readAck();
            if (acknowledged == 41) {
                acknowledged = peer.readAck();
            }
            assertThat(acknowledged).isEqualTo(42);
            assertThat(peer.read()).isEqualTo(GoodbyeDecoder.TEMPLATE_ID);
            peer.close();
            assertThat(run.output()).hasSize(2).last().asString().contains("γεια σου");
            assertThat(run.exitCode()).isZero();
            assertThat(Files.readString(cursor)).isEqualTo("42");

            final Run again = start(arguments(gateway, "events", "--cursor", cursor.toString(), "--count", "1"));
            final ScriptedPeer next = gateway.accept();
            assertThat(next.readHello().resumeAfter()).isEqualTo(42);
            next.welcome(1, 42);
            next.status(43, MessageState.DELIVERED);
            assertThat(next.readAck()).isEqualTo(43);
            assertThat(next.read()).isEqualTo(GoodbyeDecoder.TEMPLATE_ID);
            next.close();
            assertThat(again.exitCode()).isZero();
        }
    }

    @Test
    void givesUpWhereTheGatewayRefusesForGood() throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway()) {
            final Run run = start(arguments(gateway, "events"));
            final ScriptedPeer peer = gateway.accept();
            peer.readHello();
            peer.reject(1002, false, 0);
            peer.close();
            assertThat(run.exitCode()).isEqualTo(4);
        }
    }

    private static String[] arguments(final ScriptedGateway gateway, final String... command) {
        final List<String> all = new ArrayList<>(
                List.of("--port", Integer.toString(gateway.port()), "--tenant", "acme", "--token", "s3cret"));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }

    private Run start(final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of("python3", "-u", SCRIPT));
        command.addAll(List.of(arguments));
        final Path output = Files.createTempFile(directory, "run", ".out");
        return new Run(
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(
                                Files.createTempFile(directory, "run", ".err").toFile())
                        .start(),
                output);
    }

    private record Run(Process process, Path file) {
        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        List<String> output() throws Exception {
            exitCode();
            return Files.readAllLines(file);
        }

        List<String> outputSoFar(final Predicate<String> awaited) {
            return Awaitility.await()
                    .until(
                            () -> Files.readAllLines(file),
                            lines -> lines.stream().anyMatch(awaited));
        }

        void stop() {
            process.destroy();
        }
    }
}
