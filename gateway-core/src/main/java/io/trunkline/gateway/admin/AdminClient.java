package io.trunkline.gateway.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks a running daemon over its admin socket. Blocks; one request at a time. */
public final class AdminClient implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 64 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LineChannel lines;
    private final Duration timeout;

    /**
     * Connects to the daemon of a data directory.
     *
     * @param timeout how long an answer may take
     * @throws IOException where no daemon answers there
     */
    public AdminClient(final Path data, final Duration timeout) throws IOException {
        this.timeout = timeout;
        final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(AdminSocket.in(data)));
            lines = new LineChannel(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Asks.
     *
     * @return what the command returned
     * @throws AdminRefusal where the daemon refuses
     * @throws IOException where it does not answer
     */
    public JsonNode ask(final String command, final JsonNode arguments) throws IOException, AdminRefusal {
        final ObjectNode request = JsonNodeFactory.instance.objectNode().put("command", command);
        request.set("arguments", arguments);
        lines.writeLine(JSON.writeValueAsString(request), timeout);
        final String line = lines.readLine(MAX_ANSWER_BYTES, timeout)
                .orElseThrow(() -> new IOException("the daemon closed the connection without an answer"));
        final JsonNode answer = JSON.readTree(line);
        if (answer.path("ok").asBoolean(false)) {
            return answer.path("result");
        }
        throw new AdminRefusal(
                answer.path("code").asString(""),
                answer.path("message").asString(""),
                answer.path("remedy").asString(""));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
