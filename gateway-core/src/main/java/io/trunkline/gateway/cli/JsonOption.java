package io.trunkline.gateway.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code --json}: the same content for programs. */
public final class JsonOption {
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    public boolean wanted() {
        return json;
    }

    /** Prints a value, indented. */
    public static void print(final PrintWriter out, final JsonNode value) {
        out.println(PRETTY.writeValueAsString(value));
        out.flush();
    }

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
