package io.trunkline.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class AdminServerTest {
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    Path data;

    private final FakeShard shard = new FakeShard();
    private final CountDownLatch release = new CountDownLatch(1);
    private AdminServer server;

    @BeforeEach
    void start() throws IOException {
        final List<AdminCommand> commands =
                new ArrayList<>(ShowCommands.of(shard, shard::journal, List::of, shard::exports));
        commands.addAll(ControlCommands.of(shard));
        commands.add(ShowCommands.command("fail", arguments -> {
            throw new IllegalStateException("on purpose");
        }));
        commands.add(ShowCommands.command("wait", arguments -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AdminRefusal("stopping", "interrupted", "");
            }
            return NOTHING;
        }));
        server = new AdminServer(data, commands);
    }

    @AfterEach
    void stop() throws IOException {
        release.countDown();
        server.close();
    }

    private AdminClient client() throws IOException {
        return new AdminClient(data, TIMEOUT);
    }

    @Test
    void onlyItsOwnUserMayOpenTheSocket() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(AdminSocket.in(data))))
                .isEqualTo("rw-------");
        try (var files = Files.list(data)) {
            assertThat(files).containsExactly(AdminSocket.in(data));
        }
    }

    @Test
    void answersSeveralQuestionsOnOneConnection() throws Exception {
        try (AdminClient client = client()) {
            final JsonNode carriers = client.ask("show-carriers", NOTHING);
            assertThat(carriers.get(0).path("carrier").asString()).isEqualTo("alpha");
            assertThat(carriers.get(0).path("inFlight").asInt()).isEqualTo(3);
            assertThat(client.ask("show-journal", NOTHING)
                            .get(0)
                            .path("durable")
                            .asLong())
                    .isEqualTo(810);
            assertThat(client.ask("show-units", NOTHING)).hasSize(1);
            assertThat(client.ask(
                            "show-units", JsonNodeFactory.instance.objectNode().put("carrier", "beta")))
                    .isEmpty();
        }
    }

    @Test
    void passesControlOnAndSaysWhatDoesNotExist() throws Exception {
        try (AdminClient client = client()) {
            final var alpha = JsonNodeFactory.instance
                    .objectNode()
                    .put("carrier", "alpha")
                    .put("bind", "one");
            assertThat(client.ask("drain", alpha).path("changed").asBoolean()).isTrue();
            assertThat(client.ask("drain", alpha).path("changed").asBoolean()).isFalse();
            assertThat(shard.controls).containsExactly("DRAIN alpha/one", "DRAIN alpha/one");
            final var unknown = JsonNodeFactory.instance.objectNode().put("carrier", "omega");
            assertThatThrownBy(() -> client.ask("enable", unknown))
                    .isInstanceOf(AdminRefusal.class)
                    .hasMessageContaining("omega");
        }
    }

    @Test
    void refusesWhatItDoesNotKnowAndGoesOn() throws Exception {
        try (AdminClient client = client()) {
            assertThatThrownBy(() -> client.ask("dance", NOTHING))
                    .isInstanceOf(AdminRefusal.class)
                    .extracting(refusal -> ((AdminRefusal) refusal).code())
                    .isEqualTo("unknown-command");
            assertThatThrownBy(() -> client.ask("fail", NOTHING)).hasMessageContaining("on purpose");
            shard.busy = true;
            assertThatThrownBy(() -> client.ask("show-binds", NOTHING)).hasMessageContaining("does not come to it");
            shard.busy = false;
            assertThat(client.ask("show-binds", NOTHING)).hasSize(1);
        }
    }

    @Test
    void aLineThatIsNotJsonIsRefusedAndOneWithoutEndClosesTheConnection() throws Exception {
        try (SocketChannel raw = connect()) {
            raw.write(bytes("{oops\n"));
            assertThat(read(raw)).contains("bad-request");
        }
        try (SocketChannel raw = connect()) {
            final ByteBuffer flood = bytes("x".repeat(AdminServer.MAX_REQUEST_BYTES + 1));
            while (flood.hasRemaining()) {
                raw.write(flood);
            }
            assertThat(read(raw)).isEmpty();
        }
        try (AdminClient client = client()) {
            assertThat(client.ask("show-limits", NOTHING)).hasSize(1);
        }
    }

    @Test
    void oneConnectionTooManyIsClosedAndTheOthersAreServed() throws Exception {
        final List<SocketChannel> held = new ArrayList<>();
        try {
            for (int i = 0; i < AdminServer.MAX_CONNECTIONS; i++) {
                final SocketChannel channel = connect();
                channel.write(bytes("{\"command\":\"show-limits\"}\n"));
                assertThat(read(channel)).contains("openUnits");
                held.add(channel);
            }
            try (SocketChannel extra = connect()) {
                assertThat(read(extra)).isEmpty();
            }
            held.get(0).write(bytes("{\"command\":\"show-limits\"}\n"));
            assertThat(read(held.get(0))).contains("openUnits");
        } finally {
            for (final SocketChannel channel : held) {
                channel.close();
            }
        }
    }

    @Test
    void aSlowCommandHoldsUpNobodyElse() throws Exception {
        try (SocketChannel slow = connect();
                AdminClient client = client()) {
            slow.write(bytes("{\"command\":\"wait\"}\n"));
            assertThat(client.ask("show-limits", NOTHING)).hasSize(1);
            release.countDown();
            assertThat(read(slow)).contains("\"ok\":true");
        }
    }

    @Test
    void whatAKilledDaemonLeftBehindIsReplacedAndALivingOneIsNot() throws Exception {
        assertThatThrownBy(() -> new AdminServer(data, List.of())).hasMessageContaining("another daemon");
        server.close();
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(AdminSocket.in(data)));
        }
        assertThat(AdminSocket.in(data)).exists();
        server = new AdminServer(data, ShowCommands.of(shard, shard::journal, List::of, shard::exports));
        try (AdminClient client = client()) {
            assertThat(client.ask("show-limits", NOTHING)).hasSize(1);
        }
    }

    @Test
    void aDataDirectoryTooDeepForASocketIsSaid() throws Exception {
        final Path deep = Files.createDirectories(data.resolve("d".repeat(120)));
        assertThatThrownBy(() -> new AdminServer(deep, List.of())).hasMessageContaining("shorter data directory");
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(AdminSocket.in(data)));
    }

    private static ByteBuffer bytes(final String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One line, or what came before the end of the stream. */
    private static String read(final SocketChannel channel) throws IOException {
        final StringBuilder line = new StringBuilder();
        final ByteBuffer one = ByteBuffer.allocate(1);
        try {
            while (channel.read(one.clear()) > 0 && one.get(0) != '\n') {
                line.append((char) one.get(0));
            }
        } catch (IOException e) {
            // Closed with unread bytes in its buffer: a reset, which is an end as well.
            return line.toString();
        }
        return line.toString();
    }
}
