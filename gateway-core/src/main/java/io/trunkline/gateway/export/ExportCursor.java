package io.trunkline.gateway.export;

import io.trunkline.gateway.billing.cdr.CdrStorage;
import io.trunkline.gateway.journal.NamesByNumber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an export need not find out again: a file in the data directory, written now and then. What is in the target decides, and not
 * this; an older file costs reading more of the journal, and no more.
 *
 * @param identity of the target; another one was not written to by this export yet
 * @param lastRecord record of the journal up to which all events are in the target
 * @param lastTimeNs wall time of that record
 * @param resumeFrom record from which the journal must be read to go on
 * @param tenants names by number, as far as they were met
 */
record ExportCursor(
        String identity,
        long lastRecord,
        long lastTimeNs,
        long resumeFrom,
        SortedMap<Integer, String> tenants,
        SortedMap<Integer, String> carriers,
        SortedMap<Integer, String> binds) {
    static final ExportCursor START = new ExportCursor("", 0, 0, 1, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Names as they are now. */
    static ExportCursor of(
            final String identity,
            final long lastRecord,
            final long lastTimeNs,
            final long resumeFrom,
            final NamesByNumber names) {
        return new ExportCursor(
                identity, lastRecord, lastTimeNs, resumeFrom, names.tenants(), names.carriers(), names.binds());
    }

    NamesByNumber names() {
        final NamesByNumber names = new NamesByNumber();
        names.restore(tenants, carriers, binds);
        return names;
    }

    void write(final Path file) throws IOException {
        final ObjectNode node = JSON.createObjectNode();
        node.put("identity", identity)
                .put("lastRecord", lastRecord)
                .put("lastTimeNs", lastTimeNs)
                .put("resumeFrom", resumeFrom);
        put(node.putObject("tenants"), tenants);
        put(node.putObject("carriers"), carriers);
        put(node.putObject("binds"), binds);
        Files.createDirectories(file.getParent());
        CdrStorage.FILES.write(file, (JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void put(final ObjectNode node, final Map<Integer, String> names) {
        names.forEach((number, name) -> node.put(Integer.toString(number), name));
    }

    /**
     * Reads a cursor; {@link #START} where there is none.
     *
     * @throws IOException where there is one and it cannot be read
     */
    static ExportCursor read(final Path file) throws IOException {
        if (!Files.exists(file)) {
            return START;
        }
        try {
            final JsonNode node = JSON.readTree(Files.readAllBytes(file));
            return new ExportCursor(
                    node.path("identity").asString(""),
                    node.path("lastRecord").asLong(),
                    node.path("lastTimeNs").asLong(),
                    Math.max(1, node.path("resumeFrom").asLong(1)),
                    names(node.path("tenants")),
                    names(node.path("carriers")),
                    names(node.path("binds")));
        } catch (final JacksonException | NumberFormatException e) {
            throw new IOException(file + " is damaged; remove it: the journal is read from its beginning then", e);
        }
    }

    private static SortedMap<Integer, String> names(final JsonNode node) {
        final SortedMap<Integer, String> names = new TreeMap<>();
        node.forEachEntry((number, name) -> names.put(Integer.parseInt(number), name.asString()));
        return names;
    }
}
