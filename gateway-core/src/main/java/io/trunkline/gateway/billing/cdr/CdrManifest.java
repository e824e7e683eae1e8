package io.trunkline.gateway.billing.cdr;

import io.trunkline.gateway.billing.UnitFold.Gap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a file of records holds, beside it under the same name with {@code .manifest.json}. A file without one is not there yet.
 *
 * @param shard whose journal: {@code shard-0}
 * @param sequence from 1, without gaps
 * @param file name of the file
 * @param bytes its length
 * @param sha256 of its content
 * @param previousSha256 of the file before; empty for the first
 * @param firstRecord first record of the journal that it was made of
 * @param lastRecord last one; the next file begins with the one after
 * @param records how many it has
 * @param segments sum of the column
 * @param priceMissing records without a price that should have one
 * @param costMissing records without a cost that should have one
 * @param incomplete records of units whose beginning the journal did not have any more
 * @param totals sums of price, cost and fee by currency
 * @param gaps sequences in the range that no record was read for
 * @param ratesSha256 of the decks and settings that it was rated with
 */
record CdrManifest(
        String shard,
        long sequence,
        String file,
        long bytes,
        String sha256,
        String previousSha256,
        long firstRecord,
        long lastRecord,
        long records,
        long segments,
        long priceMissing,
        long costMissing,
        long incomplete,
        List<CdrTotals.Sum> totals,
        List<Gap> gaps,
        String ratesSha256) {
    static final String SUFFIX = ".manifest.json";
    private static final String TITLE = "trunkline-cdr-manifest";
    private static final int VERSION = 1;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    CdrManifest {
        totals = List.copyOf(totals);
        gaps = List.copyOf(gaps);
    }

    /** {@code cdr-shard-0-000000017.csv}. */
    static String fileName(final String shard, final long sequence, final String suffix) {
        return String.format(Locale.ROOT, "cdr-%s-%09d.%s", shard, sequence, suffix);
    }

    /** Where the manifest of a file stands. */
    static Path path(final Path directory, final String file) {
        return directory.resolve(file + SUFFIX);
    }

    byte[] content() {
        return (JSON.writeValueAsString(json()) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** For programs. */
    ObjectNode json() {
        final ObjectNode node = JSON.createObjectNode();
        node.put("format", TITLE)
                .put("version", VERSION)
                .put("shard", shard)
                .put("sequence", sequence)
                .put("file", file)
                .put("bytes", bytes)
                .put("sha256", sha256)
                .put("previousSha256", previousSha256)
                .put("firstRecord", firstRecord)
                .put("lastRecord", lastRecord)
                .put("records", records)
                .put("segments", segments)
                .put("priceMissing", priceMissing)
                .put("costMissing", costMissing)
                .put("incomplete", incomplete);
        final ArrayNode sums = node.putArray("totals");
        totals.forEach(sum -> sums.addObject()
                .put("currency", sum.currency())
                .put("price", sum.price())
                .put("cost", sum.cost())
                .put("fee", sum.fee()));
        final ArrayNode missing = node.putArray("gaps");
        gaps.forEach(gap -> missing.addObject().put("first", gap.first()).put("last", gap.last()));
        return node.put("ratesSha256", ratesSha256);
    }

    /**
     * Reads a manifest.
     *
     * @throws IOException where it cannot be read, or is none
     */
    static CdrManifest read(final Path path) throws IOException {
        try {
            final JsonNode node = JSON.readTree(Files.readAllBytes(path));
            if (!node.path("format").asString("").equals(TITLE)) {
                throw new IOException(path + " is no manifest of call detail records");
            }
            final List<CdrTotals.Sum> sums = new ArrayList<>();
            node.path("totals")
                    .forEach(sum -> sums.add(new CdrTotals.Sum(
                            sum.path("currency").asString(""),
                            sum.path("price").asString(""),
                            sum.path("cost").asString(""),
                            sum.path("fee").asString(""))));
            final List<Gap> gaps = new ArrayList<>();
            node.path("gaps")
                    .forEach(gap -> gaps.add(
                            new Gap(gap.path("first").asLong(), gap.path("last").asLong())));
            return new CdrManifest(
                    node.path("shard").asString(""),
                    node.path("sequence").asLong(),
                    node.path("file").asString(""),
                    node.path("bytes").asLong(),
                    node.path("sha256").asString(""),
                    node.path("previousSha256").asString(""),
                    node.path("firstRecord").asLong(),
                    node.path("lastRecord").asLong(),
                    node.path("records").asLong(),
                    node.path("segments").asLong(),
                    node.path("priceMissing").asLong(),
                    node.path("costMissing").asLong(),
                    node.path("incomplete").asLong(),
                    sums,
                    gaps,
                    node.path("ratesSha256").asString(""));
        } catch (final JacksonException e) {
            throw new IOException(path + " is damaged: " + e.getOriginalMessage(), e);
        }
    }
}
