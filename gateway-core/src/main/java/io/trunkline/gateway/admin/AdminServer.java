package io.trunkline.gateway.admin;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves the admin socket: newline-delimited JSON, one answer for each request.
 *
 * <pre>
 * {"command":"show-carriers","arguments":{}}
 * {"ok":true,"result":[…]}    or    {"ok":false,"code":"not-found","message":"…","remedy":"…"}
 * </pre>
 *
 * Whoever may open the socket (mode 0600: the daemon's user) may do everything. One thread accepts, at most
 * {@value #MAX_CONNECTIONS} serve; a connection more is closed.
 */
public final class AdminServer implements AutoCloseable {
    static final int MAX_CONNECTIONS = 8;
    static final int MAX_REQUEST_BYTES = 64 * 1024;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, AdminCommand> commands = new HashMap<>();
    private final Path path;
    private final ServerSocketChannel server;
    private final ThreadPoolExecutor workers;
    private final Thread acceptor;

    /**
     * Listens in the data directory and serves.
     *
     * @throws IOException where the socket cannot be made; see {@link AdminSocket#listen}
     */
    public AdminServer(final Path data, final List<AdminCommand> commands) throws IOException {
        for (final AdminCommand command : commands) {
            if (this.commands.put(command.name(), command) != null) {
                throw new IllegalArgumentException("two commands are called " + command.name());
            }
        }
        path = AdminSocket.in(data);
        server = AdminSocket.listen(data);
        workers = new ThreadPoolExecutor(
                0, MAX_CONNECTIONS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), AdminServer::worker);
        acceptor = new Thread(this::accept, "trunkline-admin");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private static Thread worker(final Runnable task) {
        final Thread thread = new Thread(task, "trunkline-admin-worker");
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                final SocketChannel channel = server.accept();
                try {
                    workers.execute(() -> serve(channel));
                } catch (RejectedExecutionException e) {
                    channel.close();
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("admin socket: {}", e.toString());
            }
        }
    }

    private void serve(final SocketChannel channel) {
        try (LineChannel lines = new LineChannel(channel)) {
            Optional<String> request = lines.readLine(MAX_REQUEST_BYTES, IDLE);
            while (request.isPresent()) {
                lines.writeLine(JSON.writeValueAsString(answer(request.get())), IDLE);
                request = lines.readLine(MAX_REQUEST_BYTES, IDLE);
            }
        } catch (IOException e) {
            LOG.debug("admin connection closed: {}", e.toString());
        }
    }

    private ObjectNode answer(final String request) {
        final JsonNode parsed;
        try {
            parsed = JSON.readTree(request);
        } catch (JacksonException e) {
            return refusal("bad-request", "the request is not JSON", "send {\"command\":\"…\",\"arguments\":{…}}");
        }
        final AdminCommand command = commands.get(parsed.path("command").asString(""));
        if (command == null) {
            final String known =
                    String.join(", ", commands.keySet().stream().sorted().toList());
            return refusal("unknown-command", "this daemon has no such command", "commands: " + known);
        }
        final JsonNode arguments = parsed.path("arguments");
        try {
            final JsonNode result =
                    command.handle(arguments.isObject() ? arguments : JsonNodeFactory.instance.objectNode());
            final ObjectNode answer = JsonNodeFactory.instance.objectNode().put("ok", true);
            answer.set("result", result);
            return answer;
        } catch (AdminRefusal e) {
            return refusal(e.code(), e.getMessage(), e.remedy());
        } catch (RuntimeException e) {
            LOG.error("admin command {} failed", command.name(), e);
            return refusal("internal", "the command failed: " + e, "the daemon's log says more; report it");
        }
    }

    private static ObjectNode refusal(final String code, final String message, final String remedy) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ok", false)
                .put("code", code)
                .put("message", message)
                .put("remedy", remedy);
    }

    /** Stops serving and removes the socket. */
    @Override
    public void close() throws IOException {
        server.close();
        workers.shutdownNow();
        Files.deleteIfExists(path);
    }
}
