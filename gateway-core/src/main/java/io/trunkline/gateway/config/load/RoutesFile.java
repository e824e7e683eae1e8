package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.MISSING_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.OUT_OF_RANGE;
import static io.trunkline.gateway.config.ConfigProblem.Code.SYNTAX;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_KEY;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_REFERENCE;

import io.trunkline.gateway.config.ConfigProblem.Code;
import io.trunkline.gateway.config.MessageClass;
import io.trunkline.gateway.config.Routing;
import io.trunkline.gateway.config.RoutingNames;
import io.trunkline.routing.Route;
import io.trunkline.routing.RouteFile;
import io.trunkline.routing.RouteNames;
import io.trunkline.routing.RouteProblem;
import io.trunkline.routing.RoutingSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads {@code routes.csv} as octets, straight into a snapshot's builder: a million rows a second. */
final class RoutesFile implements RouteNames {
    static final String NAME = "routes.csv";

    private static final int PIECE = 1 << 16;
    private static final List<String> COLUMNS =
            List.of("prefix", "carriers", "tenant", "class", "kind", "window", "priority", "weight", "cost");
    private static final List<String> CLASSES =
            Arrays.stream(MessageClass.values()).map(ValueReader::word).toList();

    /**
     * What the words of the file mean.
     *
     * @param tenantsKnown false where {@code tenants.yaml} cannot be read: then any name may be one
     * @param windowsKnown likewise, {@code routing.yaml}
     */
    record Meaning(RoutingNames names, boolean tenantsKnown, boolean windowsKnown, RouteDirectory directory) {}

    private final Meaning meaning;
    private final Problems problems;

    RoutesFile(final Meaning meaning, final Problems problems) {
        this.meaning = meaning;
        this.problems = problems;
    }

    /** Takes the octets of the file as they come; false where it wants no more of them. */
    private interface Pieces {
        boolean take(byte[] octets, int length);
    }

    /**
     * Reads the file of a directory and reports what is wrong with it.
     *
     * @return SHA-256 of its content; empty where it could not be read
     */
    String read(final Path directory, final ConfigHash hash, final RoutingSnapshot.Builder into) {
        final RouteFile file = new RouteFile(NAME, this, into, problems.limit());
        hash.begin(NAME);
        final String content = pieces(directory, (octets, length) -> {
            hash.piece(octets, length);
            return file.read(octets, 0, length);
        });
        hash.end();
        if (!content.isEmpty()) {
            file.end();
        }
        file.problems().forEach(this::report);
        if (!file.hasOffers()) {
            into.oneOfEach();
        }
        return content;
    }

    /**
     * Takes over the rows of the routing in force, where the file has the content that they were made of.
     *
     * @return whether it has
     */
    boolean takeOver(
            final Path directory, final Routing inForce, final ConfigHash hash, final RoutingSnapshot.Builder into) {
        final String content = inForce.contents().routes();
        if (!content.equals(pieces(directory, (octets, length) -> true))) {
            return false;
        }
        hash.begin(NAME);
        final String again = pieces(directory, (octets, length) -> {
            hash.piece(octets, length);
            return true;
        });
        hash.end();
        if (!content.equals(again)) {
            SourceFile.unreadable(NAME, new IOException("it is being written"), problems);
        }
        into.rowsOf(inForce.table());
        return true;
    }

    private String pieces(final Path directory, final Pieces pieces) {
        final MessageDigest digest = ConfigHash.sha256();
        try (InputStream in = SourceFile.open(directory, NAME, problems)) {
            if (in == null) {
                return "";
            }
            final byte[] piece = new byte[PIECE];
            boolean goesOn = true;
            for (int length = in.read(piece); length > 0 && goesOn; length = in.read(piece)) {
                digest.update(piece, 0, length);
                goesOn = pieces.take(piece, length);
            }
            return ConfigHash.hex(digest);
        } catch (IOException e) {
            SourceFile.unreadable(NAME, e, problems);
            return "";
        }
    }

    private void report(final RouteProblem problem) {
        final String word = problem.word();
        switch (problem.kind()) {
            case SYNTAX -> add(problem, SYNTAX, problem.message(), problem.remedy());
            case UNKNOWN_COLUMN ->
                add(problem, UNKNOWN_KEY, problem.message(), Nearest.didYouMean(word, COLUMNS, problem.remedy()));
            case COLUMN_TWICE -> add(problem, DUPLICATE_KEY, problem.message(), problem.remedy());
            case MISSING_COLUMN -> add(problem, MISSING_KEY, problem.message(), problem.remedy());
            case WRONG_COUNT, BAD_PREFIX, BAD_KIND -> add(problem, BAD_VALUE, problem.message(), problem.remedy());
            case BAD_NUMBER -> add(problem, OUT_OF_RANGE, problem.message(), problem.remedy());
            case UNKNOWN_TENANT ->
                unknown(problem, "tenant", word, meaning.names().tenants(), "add it to tenants.yaml");
            case UNKNOWN_GROUP ->
                unknown(
                        problem,
                        "group of tenants",
                        word.substring(1),
                        meaning.names().groups(),
                        "give it to tenants in tenants.yaml");
            case UNKNOWN_WINDOW ->
                unknown(problem, "time window", word, meaning.names().windows(), "add it to windows in routing.yaml");
            case UNKNOWN_CLASS ->
                add(
                        problem,
                        BAD_VALUE,
                        "`" + word + "` is not a class",
                        Nearest.didYouMean(word, CLASSES, "one of: " + String.join(", ", CLASSES) + ", or empty"));
            case BAD_CARRIERS -> carriers(problem);
        }
    }

    private void carriers(final RouteProblem problem) {
        if (problem.word().isEmpty()) {
            add(problem, BAD_VALUE, "a carrier is missing", problem.remedy());
            return;
        }
        meaning.directory()
                .list()
                .parse(
                        problem.word(),
                        (offset, code, message, remedy) -> problems.add(
                                NAME, new Place(problem.line(), problem.column() + offset), code, message, remedy));
    }

    private void unknown(
            final RouteProblem problem,
            final String what,
            final String word,
            final Collection<String> known,
            final String otherwise) {
        add(
                problem,
                UNKNOWN_REFERENCE,
                "no " + what + " is called `" + word + "`",
                Nearest.didYouMean(word, known, otherwise));
    }

    private void add(final RouteProblem problem, final Code code, final String message, final String remedy) {
        problems.add(NAME, new Place(problem.line(), problem.column()), code, message, remedy);
    }

    @Override
    public int tenant(final String name) {
        return meaning.tenantsKnown() ? meaning.names().tenantId(name) : RoutingSnapshot.ANY;
    }

    @Override
    public int group(final String name) {
        return meaning.tenantsKnown() ? meaning.names().groupId(name) : RoutingSnapshot.ANY;
    }

    @Override
    public int messageClass(final String name) {
        return Arrays.stream(MessageClass.values())
                .filter(one -> ValueReader.word(one).equals(name))
                .mapToInt(MessageClass::number)
                .findFirst()
                .orElse(UNKNOWN);
    }

    @Override
    public int window(final String name) {
        return meaning.windowsKnown() ? meaning.names().windowId(name) : RoutingSnapshot.ANY;
    }

    @Override
    public Optional<Route> route(final String carriers) {
        return meaning.directory().list().parse(carriers, CarrierList.Complaint.NONE);
    }
}
