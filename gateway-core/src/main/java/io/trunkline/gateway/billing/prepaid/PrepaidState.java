package io.trunkline.gateway.billing.prepaid;

import io.trunkline.gateway.config.Tenant.Per;
import io.trunkline.gateway.journal.NamesByNumber;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was summed up, and up to which record: kept in a file, so that a restart reads the last seconds of the journal and not
 * the whole period, of which the journal may not have the beginning any more.
 *
 * @param lastRecord that is in the sums
 * @param resumeFrom record that the oldest unit began with that was open then: reading goes on from there
 * @param tenants names by number, as far as they were met
 * @param accounts by tenant
 */
record PrepaidState(
        long lastRecord, long resumeFrom, SortedMap<Integer, String> tenants, SortedMap<String, Kept> accounts) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * One account.
     *
     * @param sinceMs when its period began
     * @param used in it
     */
    record Kept(Per per, long sinceMs, long used, String currency) {}

    static PrepaidState start() {
        return new PrepaidState(0, 1, new TreeMap<>(), new TreeMap<>());
    }

    /** What was kept of an account; null where there is nothing, or it was for other periods. */
    Kept of(final String tenant, final Per per) {
        final Kept kept = accounts.get(tenant);
        return kept == null || kept.per() != per ? null : kept;
    }

    NamesByNumber names() {
        final NamesByNumber names = new NamesByNumber();
        names.restore(tenants, Map.of(), Map.of());
        return names;
    }

    /** Has it on the disk, whole, under its name, or leaves there what was. */
    void write(final Path file) throws IOException {
        final ObjectNode node = JSON.createObjectNode();
        node.put("lastRecord", lastRecord).put("resumeFrom", resumeFrom);
        final ObjectNode names = node.putObject("tenants");
        tenants.forEach((number, name) -> names.put(Integer.toString(number), name));
        final ObjectNode sums = node.putObject("accounts");
        accounts.forEach((tenant, kept) -> sums.putObject(tenant)
                .put("per", kept.per().name().toLowerCase(Locale.ROOT))
                .put("sinceMs", kept.sinceMs())
                .put("usedMicros", kept.used())
                .put("currency", kept.currency()));
        Files.createDirectories(file.getParent());
        final Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            final ByteBuffer content =
                    ByteBuffer.wrap((JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8));
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads what was kept; {@link #start} where there is nothing.
     *
     * @throws IOException where there is something and it cannot be read
     */
    static PrepaidState read(final Path file) throws IOException {
        if (!Files.exists(file)) {
            return start();
        }
        try {
            final JsonNode node = JSON.readTree(Files.readAllBytes(file));
            final SortedMap<Integer, String> tenants = new TreeMap<>();
            node.path("tenants").forEachEntry((number, name) -> tenants.put(Integer.parseInt(number), name.asString()));
            final SortedMap<String, Kept> accounts = new TreeMap<>();
            node.path("accounts")
                    .forEachEntry((tenant, kept) -> accounts.put(
                            tenant,
                            new Kept(
                                    Per.valueOf(kept.path("per").asString().toUpperCase(Locale.ROOT)),
                                    kept.path("sinceMs").asLong(),
                                    kept.path("usedMicros").asLong(),
                                    kept.path("currency").asString())));
            return new PrepaidState(
                    node.path("lastRecord").asLong(), node.path("resumeFrom").asLong(), tenants, accounts);
        } catch (final JacksonException | IllegalArgumentException e) {
            throw new IOException(file + " is damaged", e);
        }
    }
}
