package io.trunkline.gateway.billing.cdr;

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
 * How far an exporter has come, in {@code state/} below its directory, so that files and manifests may be taken away.
 *
 * @param sequence of the last file; 0 before the first
 * @param sha256 of the last file
 * @param lastRecord of the last file
 * @param lastTimeNs wall time of that record; 0 where it is not known
 * @param resumeFrom record that the oldest unit began with that was open then: reading goes on from there
 * @param tenants names by number, as far as they were met
 * @param carriers names by number
 * @param binds names by number, those of trunks among them
 */
record CdrCursor(
        long sequence,
        String sha256,
        long lastRecord,
        long lastTimeNs,
        long resumeFrom,
        SortedMap<Integer, String> tenants,
        SortedMap<Integer, String> carriers,
        SortedMap<Integer, String> binds) {
    static final CdrCursor START = new CdrCursor(0, "", 0, 0, 1, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static Path path(final Path directory, final String shard) {
        return directory.resolve("state").resolve(shard + ".json");
    }

    static CdrCursor after(
            final CdrManifest manifest, final long lastTimeNs, final long resumeFrom, final NamesByNumber names) {
        return new CdrCursor(
                manifest.sequence(),
                manifest.sha256(),
                manifest.lastRecord(),
                lastTimeNs,
                resumeFrom,
                names.tenants(),
                names.carriers(),
                names.binds());
    }

    byte[] content() {
        final ObjectNode node = JSON.createObjectNode();
        node.put("sequence", sequence)
                .put("sha256", sha256)
                .put("lastRecord", lastRecord)
                .put("lastTimeNs", lastTimeNs)
                .put("resumeFrom", resumeFrom);
        put(node.putObject("tenants"), tenants);
        put(node.putObject("carriers"), carriers);
        put(node.putObject("binds"), binds);
        return (JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void put(final ObjectNode node, final Map<Integer, String> names) {
        names.forEach((number, name) -> node.put(Integer.toString(number), name));
    }

    /**
     * Reads a cursor; {@link #START} where there is none.
     *
     * @throws IOException where there is one and it cannot be read
     */
    static CdrCursor read(final Path path) throws IOException {
        if (!Files.exists(path)) {
            return START;
        }
        try {
            final JsonNode node = JSON.readTree(Files.readAllBytes(path));
            if (!node.path("sequence").isIntegralNumber()
                    || !node.path("lastRecord").isIntegralNumber()) {
                // Where the manifests were collected, beginning at 0 would write everything twice.
                throw damaged(path, null);
            }
            return new CdrCursor(
                    node.path("sequence").asLong(),
                    node.path("sha256").asString(""),
                    node.path("lastRecord").asLong(),
                    node.path("lastTimeNs").asLong(0),
                    // One that is older than the names of trunks: these are read from the beginning, once.
                    node.has("binds") ? node.path("resumeFrom").asLong(1) : 1,
                    names(node.path("tenants")),
                    names(node.path("carriers")),
                    names(node.path("binds")));
        } catch (final JacksonException | NumberFormatException e) {
            throw damaged(path, e);
        }
    }

    private static IOException damaged(final Path path, final Exception cause) {
        return new IOException(path + " is damaged; remove it, and the manifests beside tell where to go on", cause);
    }

    private static SortedMap<Integer, String> names(final JsonNode node) {
        final SortedMap<Integer, String> names = new TreeMap<>();
        node.forEachEntry((number, name) -> names.put(Integer.parseInt(number), name.asString()));
        return names;
    }
}
