package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RouteFileTest {
    private static final int MANY = 100;

    /** Tenants acme and globex, group premium, classes 1..3, window night, and carriers named by their ids. */
    private static final RouteNames NAMES = new RouteNames() {
        @Override
        public int tenant(final String name) {
            return List.of("acme", "globex").indexOf(name) < 0 ? UNKNOWN : name.equals("acme") ? 1 : 2;
        }

        @Override
        public int group(final String name) {
            return name.equals("premium") ? 7 : UNKNOWN;
        }

        @Override
        public int messageClass(final String name) {
            return List.of("-", "otp", "transactional", "bulk").indexOf(name);
        }

        @Override
        public int window(final String name) {
            return name.equals("night") ? 1 : UNKNOWN;
        }

        @Override
        public Optional<Route> route(final String carriers) {
            return carriers.matches("[0-9]+")
                    ? Optional.of(RouteSelectionTest.to(Integer.parseInt(carriers)))
                    : Optional.empty();
        }
    };

    private static RoutingSnapshot.Builder builder() {
        final RoutingSnapshot.Builder builder = RoutingSnapshot.builder(1);
        builder.window(TimeWindow.weekly(Set.of(DayOfWeek.MONDAY), 0, 360, ZoneId.of("UTC")));
        return builder;
    }

    private static RouteFile read(
            final String text, final RoutingSnapshot.Builder into, final int chunk, final int maxProblems) {
        final RouteFile file = new RouteFile("routes.csv", NAMES, into, maxProblems);
        final byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < octets.length; at += chunk) {
            if (!file.read(octets, at, Math.min(chunk, octets.length - at))) {
                break;
            }
        }
        file.end();
        return file;
    }

    private static List<String> problems(final String text) {
        return read(text, builder(), 1 << 16, MANY).problems().stream()
                .map(RouteProblem::toString)
                .toList();
    }

    private static RouteRow only(final String text) {
        final RoutingSnapshot.Builder builder = builder();
        final RouteFile file = read(text, builder, 1 << 16, MANY);
        assertThat(file.problems()).isEmpty();
        assertThat(file.rows()).isEqualTo(1);
        return builder.build().row(0);
    }

    @Test
    void aRowMaySayOnlyPrefixAndCarriers() {
        assertThat(only("prefix,carriers\n49,5\n"))
                .isEqualTo(new RouteRow(
                        0, "49", RouteScope.EVERYONE, Offer.of(RouteSelectionTest.to(5)), "routes.csv", 2));
    }

    @Test
    void aRowMaySayEverythingInAnyOrderOfColumns() {
        final String text = """
                # ours
                cost,weight,priority,window,kind,class,tenant,carriers,prefix

                 0.0123 ,70,5,night,call,bulk,@premium,"5",+49171
                """;
        final RouteRow row = only(text.replace("\n", "\r\n"));
        assertThat(row)
                .isEqualTo(new RouteRow(
                        0,
                        "49171",
                        new RouteScope(0, 7, UnitKind.CALL, 3, 1),
                        new Offer(RouteSelectionTest.to(5), 5, 70, 12_300),
                        "routes.csv",
                        4));
        assertThat(only("\uFEFFprefix,carriers,tenant,kind\n*,5,globex,message"))
                .isEqualTo(new RouteRow(
                        0,
                        "",
                        new RouteScope(2, 0, UnitKind.MESSAGE, 0, 0),
                        Offer.of(RouteSelectionTest.to(5)),
                        "routes.csv",
                        2));
    }

    @Test
    void everyMistakeIsReportedWithItsPlaceAndTheGoodRowsAreRead() {
        final String text = """
                prefix,carriers,tenant,class,kind,window,priority,weight,cost
                4x,5,,,,,,,
                49,alpha,acne,otb,fax,noon,-1,0,1.1234567
                49,5
                49,"5,,,,,,,
                50,5,@premium,otp,,,,,2147.483647
                51,5,,,,,,,2147.483648
                ,5,,,,,,,
                """;
        final RoutingSnapshot.Builder builder = builder();
        final RouteFile file = read(text, builder, 1 << 16, MANY);
        assertThat(file.problems().stream()
                        .map(problem -> problem.line() + ":" + problem.column() + " " + problem.message())
                        .toList())
                .containsExactly(
                        "2:1 `4x` is not a prefix",
                        "3:10 `acne` is no tenant that is known",
                        "3:15 `otb` is no class that is known",
                        "3:23 `noon` is no time window that is known",
                        "3:19 `fax` is not a kind of unit",
                        "3:4 `alpha` stands for no route",
                        "3:28 `-1` is not a whole number of 0..10000",
                        "3:31 `0` is not a whole number of 1..10000",
                        "3:33 `1.1234567` is not a cost",
                        "4:4 the row has 2 values; the columns are 9",
                        "5:4 a quote is not closed, or stands within a value",
                        "7:12 `2147.483648` is not a cost",
                        "8:1 `` is not a prefix");
        assertThat(file.rows()).isEqualTo(1);
        assertThat(builder.build().row(0).offer().cost()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aFileWithWrongColumnsIsNotReadFurther() {
        assertThat(problems("prefix,carier\n49,5\n"))
                .containsExactly(
                        "routes.csv:1:8: `carier` is not a column of this file; columns: prefix, carriers, tenant, class,"
                                + " kind, window, priority, weight, cost",
                        "routes.csv:1:8: the column `carriers` is missing; add it");
        assertThat(problems("prefix,prefix,carriers\n"))
                .singleElement()
                .asString()
                .contains("stands twice");
        assertThat(problems("# nothing\n")).singleElement().asString().contains("no row that names the columns");
        assertThat(problems("p\0r\0e\0f\0i\0x\0\n")).isNotEmpty();
    }

    @Test
    void readingIsGivenUpAfterAsManyProblemsAsAreAllowed() {
        final RouteFile file = read("prefix,carriers\n" + "x,5\n".repeat(1000), builder(), 7, 10);
        assertThat(file.problems()).hasSize(10);
        assertThat(file.problems().get(9).line()).isEqualTo(11);
    }

    @Test
    void anOverlongLineIsOneProblemAndTheNextLineIsRead() {
        final RoutingSnapshot.Builder builder = builder();
        final RouteFile file = read("prefix,carriers\n" + "1".repeat(10_000) + "\n49,5\n", builder, 100, MANY);
        assertThat(file.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.line()).isEqualTo(2));
        assertThat(builder.build().row(0).line()).isEqualTo(3);
    }

    @Test
    void itDoesNotMatterInWhichPiecesAFileComes() {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("RouteFileTest: -Dtrunkline.seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final StringBuilder text = new StringBuilder("prefix,carriers,class,cost\n");
        for (int i = 0; i < 500; i++) {
            final boolean bad = random.nextInt(20) == 0;
            text.append(1000 + i).append(bad ? "x" : "").append(',').append(i).append(",otp,0.");
            text.append(random.nextInt(1, 1_000_000)).append(random.nextBoolean() ? "\n" : "\r\n");
        }
        final RoutingSnapshot.Builder whole = builder();
        final RouteFile asWhole = read(text.toString(), whole, 1 << 20, MANY);
        final RoutingSnapshot expected = whole.build();
        for (int chunk = 1; chunk < 100; chunk += 1 + random.nextInt(9)) {
            final RoutingSnapshot.Builder pieces = builder();
            final RouteFile inPieces = read(text.toString(), pieces, chunk, MANY);
            assertThat(inPieces.problems()).as("seed %d, chunk %d", seed, chunk).isEqualTo(asWhole.problems());
            final RoutingSnapshot found = pieces.build();
            assertThat(found.rowCount()).isEqualTo(expected.rowCount());
            for (int row = 0; row < expected.rowCount(); row++) {
                assertThat(found.row(row)).as("seed %d, chunk %d", seed, chunk).isEqualTo(expected.row(row));
            }
        }
    }

    @Test
    void columnsAreCountedInCharactersAsEditorsDo() {
        final String text = """
                prefix,carriers,tenant,class
                44,1,"acmé",otp
                45,1,"🚀€",oh
                """;
        assertThat(read(text, builder(), 7, MANY).problems())
                .extracting(problem -> problem.line() + ":" + problem.column() + " " + problem.word())
                .containsExactly("2:7 acmé", "3:7 🚀€", "3:12 oh");
    }

    @Test
    void octetsOfAnyKindAreReadWithoutHarm() {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("RouteFileTest: -Dtrunkline.seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[] alphabet = "0123456789,,,\n\r\"#*@+. acmeotp\0\u00e9".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 2000; i++) {
            final byte[] octets = new byte[random.nextInt(200)];
            for (int at = 0; at < octets.length; at++) {
                octets[at] = alphabet[random.nextInt(alphabet.length)];
            }
            final RouteFile file = new RouteFile("routes.csv", NAMES, builder(), MANY);
            file.read("prefix,carriers,tenant,cost\n".getBytes(StandardCharsets.UTF_8), 0, 28);
            file.read(octets, 0, octets.length);
            file.end();
            assertThat(file.problems())
                    .as("seed %d, file %d", seed, i)
                    .allSatisfy(problem -> assertThat(problem.line()).isPositive());
        }
    }
}
