package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_ROW;

import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.Traffic.Block;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code blocks.csv}: {@code prefix,list,tenant,end,expires,reason}. */
public final class BlocksFile {
    static final String NAME = "blocks.csv";

    private static final List<String> LISTS = List.of("block", "safe");
    private static final List<String> ENDS = List.of("destination", "sender");

    private record Case(String prefix, String list, String tenant, String end) {}

    private final Optional<Set<String>> tenants;
    private final Map<Case, Integer> lines = new HashMap<>();
    private final List<Block> blocks = new ArrayList<>();

    BlocksFile(final Optional<Set<String>> tenants) {
        this.tenants = tenants;
    }

    /**
     * What came of reading a file that is not part of a configuration.
     *
     * @param problems those found; of too many only some
     */
    public record Loaded(List<Block> blocks, List<ConfigProblem> problems, int total) {}

    /**
     * Reads a file of this form.
     *
     * @param tenants that there are
     */
    public static Loaded load(final Path file, final Set<String> tenants) {
        final Problems problems = new Problems();
        final List<Block> blocks = SourceFile.read(
                        file.getParent(), file.getFileName().toString(), ConfigLoader.MAX_CSV_BYTES, problems)
                .map(source -> new BlocksFile(Optional.of(tenants)).read(source, problems))
                .orElse(List.of());
        return new Loaded(blocks, problems.sorted(), problems.total());
    }

    List<Block> read(final SourceFile source, final Problems problems) {
        new CsvTable(source, List.of("prefix"), List.of("list", "tenant", "end", "expires", "reason"), problems)
                .forEach(this::row);
        return blocks;
    }

    private void row(final CsvTable.Row row) {
        boolean whole = word(row, "list", LISTS);
        whole &= word(row, "end", ENDS);
        final boolean sender = row.get("end").equals("sender");
        final String prefix = prefix(row, sender);
        whole &= !prefix.isEmpty();
        whole &= NumbersFile.checkTenant(row, row.get("tenant"), tenants);
        final long expiresAtMs = expires(row);
        whole &= expiresAtMs >= 0;
        final Integer first = whole
                ? lines.putIfAbsent(
                        new Case(
                                prefix.toUpperCase(Locale.ROOT),
                                row.get("list").isEmpty() ? LISTS.get(0) : row.get("list"),
                                row.get("tenant"),
                                row.get("end").isEmpty() ? ENDS.get(0) : row.get("end")),
                        row.line())
                : null;
        if (first != null) {
            row.problem("prefix", 0, DUPLICATE_ROW, "line " + first + " has this prefix", "keep one of them");
        } else if (whole) {
            blocks.add(new Block(
                    prefix,
                    sender,
                    Optional.of(row.get("tenant")).filter(name -> !name.isEmpty()),
                    row.get("list").equals("safe"),
                    expiresAtMs,
                    row.get("reason"),
                    row.line()));
        }
    }

    private static boolean word(final CsvTable.Row row, final String column, final List<String> words) {
        final String word = row.get(column);
        if (word.isEmpty() || words.contains(word)) {
            return true;
        }
        row.problem(
                column,
                0,
                BAD_VALUE,
                column + " cannot be `" + word + "`",
                Nearest.didYouMean(word, words, "one of: " + String.join(", ", words) + "; empty: " + words.get(0)));
        return false;
    }

    /** Empty where it is none, which is reported. */
    private static String prefix(final CsvTable.Row row, final boolean sender) {
        final String text = row.get("prefix");
        final String prefix = text.startsWith("+") ? text.substring(1) : text;
        if (sender ? prefix.matches("[\\x21-\\x7e][\\x20-\\x7e]{0,19}") : prefix.matches("[0-9]{1,15}")) {
            return prefix;
        }
        row.problem(
                "prefix",
                0,
                BAD_VALUE,
                "`" + text + "` is not a prefix",
                sender
                        ? "write 1 to 20 characters of ASCII"
                        : "write 1 to 15 digits as in E.164; for senders fill in the column `end`");
        return "";
    }

    private static long expires(final CsvTable.Row row) {
        final String text = row.get("expires");
        if (text.isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            return Math.max(0, OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException e) {
            row.problem(
                    "expires",
                    0,
                    BAD_VALUE,
                    "`" + text + "` is not a time",
                    "write 2026-12-31T23:59:59Z or 2026-12-31T23:59:59+01:00; empty: never");
            return -1;
        }
    }
}
