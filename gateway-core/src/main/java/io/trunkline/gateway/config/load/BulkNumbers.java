package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_ROW;
import static io.trunkline.gateway.config.ConfigProblem.Code.ENCODING;
import static io.trunkline.gateway.config.ConfigProblem.Code.SYNTAX;

import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.routing.PackedNumber;
import io.trunkline.routing.networks.MccMnc;
import io.trunkline.routing.numbers.NumberContent;
import io.trunkline.routing.numbers.NumberFile;
import io.trunkline.routing.numbers.NumberFileBuilder;
import io.trunkline.routing.numbers.NumberOwner;
import io.trunkline.routing.numbers.NumberOwner.Capability;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds a number file from a CSV file, row by row, so that hundreds of millions need little memory: {@code
 * number,tenant[,uses]} for owners, {@code number,network} for ported numbers. Values have no quotes here. The file is
 * written where there is no mistake, else nothing is.
 */
public final class BulkNumbers {
    private static final int MAX_COLUMNS = 3;

    private final Path csv;
    private final NumberContent content;
    private final int maxProblems;
    private final Problems problems = new Problems();
    private final Map<String, Integer> tenants = new LinkedHashMap<>();
    private final Map<String, Integer> networks = new LinkedHashMap<>();
    private final String[] columns = new String[MAX_COLUMNS];
    private final int[] begins = new int[MAX_COLUMNS];
    /** Numbers with two values; packed. */
    private final Set<Long> twice = new HashSet<>();

    private int line;

    /**
     * What came of it.
     *
     * @param count numbers in the file; 0 where there are mistakes
     */
    public record Outcome(long count, List<ConfigProblem> problems, int total) {}

    /**
     * A build.
     *
     * @param maxProblems reading ends at so many mistakes
     */
    public BulkNumbers(final Path csv, final NumberContent content, final int maxProblems) {
        this.csv = csv;
        this.content = content;
        this.maxProblems = Math.max(1, Math.min(Problems.LIMIT, maxProblems));
    }

    private String second() {
        return content == NumberContent.OWNERS ? "tenant" : "network";
    }

    /**
     * Reads and builds.
     *
     * @throws IOException where a file cannot be read or written
     */
    public Outcome build(final Path target) throws IOException {
        final Path fresh = target.resolveSibling(target.getFileName() + ".new");
        long count = 0;
        try (NumberFileBuilder builder = new NumberFileBuilder(fresh, content, this::duplicate)) {
            forEach(text -> row(text, builder));
            if (problems.none()) {
                count = builder.build();
            }
        }
        if (!twice.isEmpty()) {
            locate();
        }
        if (!problems.none()) {
            Files.deleteIfExists(fresh);
        } else if (content == NumberContent.OWNERS) {
            TenantList.install(fresh, target, new ArrayList<>(tenants.keySet()));
        } else {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Outcome(problems.none() ? count : 0, problems.sorted(), problems.total());
    }

    /** What is done with a row. */
    private interface Rows {
        void row(String text) throws IOException;
    }

    private void forEach(final Rows rows) throws IOException {
        line = 0;
        try (BufferedReader in = Files.newBufferedReader(csv)) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                line++;
                if (problems.total() >= maxProblems) {
                    return;
                }
                if (!text.isEmpty() && text.charAt(0) != '#') {
                    rows.row(text);
                }
            }
        } catch (CharacterCodingException e) {
            begins[0] = 1;
            problem(0, ENCODING, "the bytes near here are not UTF-8", "save the file as UTF-8");
        }
    }

    /** Numbers that stand twice are known when all are sorted; where they stand is looked up then. */
    private void locate() throws IOException {
        final Map<Long, Integer> first = new HashMap<>();
        forEach(text -> {
            split(text);
            final long number = PackedNumber.of(columns[0].startsWith("+") ? columns[0].substring(1) : columns[0]);
            if (twice.contains(number)) {
                final Integer before = first.putIfAbsent(number, line);
                if (before != null) {
                    problem(0, DUPLICATE_ROW, "line " + before + " has this number", "keep one of the rows");
                }
            }
        });
    }

    private void row(final String text, final NumberFileBuilder builder) throws IOException {
        final int count = split(text);
        if (count < 2 || count > (content == NumberContent.OWNERS ? MAX_COLUMNS : 2)) {
            problem(0, SYNTAX, "the row has " + count + " values", "columns: " + header());
            return;
        }
        if (columns[0].equals("number") && columns[1].equals(second())) {
            return;
        }
        final String digits = columns[0].startsWith("+") ? columns[0].substring(1) : columns[0];
        final long number = PackedNumber.of(digits);
        if (number == PackedNumber.NONE || digits.length() < 3 || digits.length() > NumberFileBuilder.E164_DIGITS) {
            problem(0, BAD_VALUE, "`" + columns[0] + "` is not a number", "write 3 to 15 digits as in E.164");
            return;
        }
        final long value = content == NumberContent.OWNERS ? owner(count) : network();
        if (value != NumberFile.NONE) {
            builder.add(number, value);
        }
    }

    private String header() {
        return content == NumberContent.OWNERS ? "number,tenant,uses" : "number,network";
    }

    /** Cuts a line at its commas; returns how many values there are, also those beyond what is kept. */
    private int split(final String text) {
        int count = 0;
        int begin = 0;
        while (true) {
            final int comma = text.indexOf(',', begin);
            if (count < MAX_COLUMNS) {
                columns[count] =
                        text.substring(begin, comma < 0 ? text.length() : comma).strip();
                begins[count] = begin + 1;
            }
            count++;
            if (comma < 0) {
                return count;
            }
            begin = comma + 1;
        }
    }

    private long owner(final int count) {
        if (!columns[1].matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            problem(1, BAD_VALUE, "`" + columns[1] + "` is not the name of a tenant", "name the tenant that owns it");
            return NumberFile.NONE;
        }
        final int tenant = tenants.computeIfAbsent(columns[1], name -> tenants.size() + 1);
        final String uses = count < MAX_COLUMNS ? "" : columns[2];
        return switch (uses) {
            case "", "message;call", "call;message" -> NumberOwner.of(tenant, Capability.MESSAGE, Capability.CALL);
            case "message" -> NumberOwner.of(tenant, Capability.MESSAGE);
            case "call" -> NumberOwner.of(tenant, Capability.CALL);
            default -> {
                problem(2, BAD_VALUE, "uses cannot be `" + uses + "`", "one of: message, call, message;call");
                yield NumberFile.NONE;
            }
        };
    }

    private long network() {
        final int network = networks.computeIfAbsent(columns[1], MccMnc::of);
        if (network == MccMnc.UNKNOWN || columns[1].indexOf('-') < 0) {
            problem(1, BAD_VALUE, "`" + columns[1] + "` is not the code of a network", "write MCC-MNC, such as 234-15");
            return NumberFile.NONE;
        }
        return network;
    }

    private void duplicate(final long number, final long kept, final long dropped) {
        if (kept != dropped && twice.size() < maxProblems) {
            twice.add(number);
        }
    }

    private void problem(final int column, final ConfigProblem.Code code, final String message, final String remedy) {
        problems.add(csv.getFileName().toString(), new Place(line, begins[column]), code, message, remedy);
    }
}
