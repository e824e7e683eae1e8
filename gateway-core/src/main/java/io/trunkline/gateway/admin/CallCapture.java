package io.trunkline.gateway.admin;

import io.trunkline.gateway.calls.CapturedCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code pcap}: the SIP messages of a call, {@code unit} by its id, that the daemon still has in memory. */
public final class CallCapture implements AdminCommand {
    private final ShardTasks shard;

    public CallCapture(final ShardTasks shard) {
        this.shard = shard;
    }

    @Override
    public String name() {
        return "pcap";
    }

    @Override
    public JsonNode handle(final JsonNode arguments) throws AdminRefusal {
        final long unit = JournalTrace.unit(arguments.path("unit").asString(""));
        final CapturedCalls.Captured captured = shard.call(view -> view.captured(unit))
                .orElseThrow(() -> new AdminRefusal(
                        "not-found",
                        "no messages of this call are kept",
                        "add `sip.capture` to gateway.yaml and restart; it keeps those of the latest calls only"));
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            final int messages = captured.write(out);
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("messages", messages)
                    .put("pcap", Base64.getEncoder().encodeToString(out.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
