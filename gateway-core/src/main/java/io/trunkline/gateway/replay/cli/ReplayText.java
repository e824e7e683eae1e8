package io.trunkline.gateway.replay.cli;

import io.trunkline.gateway.cli.Table;
import io.trunkline.gateway.replay.ReplayResult;
import io.trunkline.gateway.replay.ReplayResult.CarrierChange;
import io.trunkline.gateway.replay.ReplayResult.Cost;
import io.trunkline.gateway.replay.ReplayResult.Destination;
import io.trunkline.gateway.replay.ReplayResult.Example;
import io.trunkline.gateway.replay.ReplayResult.Gap;
import io.trunkline.gateway.replay.ReplayResult.Hold;
import io.trunkline.gateway.replay.ReplayResult.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a replay found, for people: one line that says it all, then who gets what, what moves, and what finds no route. */
final class ReplayText {
    private final ReplayResult result;
    private final boolean priced;
    private final int most;
    private final StringBuilder text = new StringBuilder(4096);

    private ReplayText(final ReplayResult result, final int most) {
        this.result = result;
        this.most = most;
        priced = result.cost().units() > 0;
    }

    /**
     * The whole report.
     *
     * @param candidate what it is called
     * @param most lines of a list
     */
    static String of(final ReplayResult result, final String candidate, final int most) {
        final ReplayText report = new ReplayText(result, most);
        report.text.append(headline(result)).append('\n');
        report.text
                .append("accepted ")
                .append(Figures.time(result.firstNs()))
                .append(" to ")
                .append(Figures.time(result.lastNs()))
                .append(", routed by ")
                .append(versions(result))
                .append("; candidate ")
                .append(candidate)
                .append('\n');
        report.carriers();
        report.moves();
        report.destinations();
        report.gaps();
        report.holds();
        return report.text.toString();
    }

    /** One line that says it all. */
    static String headline(final ReplayResult result) {
        final StringBuilder line = new StringBuilder(160);
        line.append(Figures.count(result.units()))
                .append(result.units() == 1 ? " unit (" : " units (")
                .append(Figures.count(result.segments()))
                .append(result.segments() == 1 ? " segment): " : " segments): ");
        if (result.moved() + result.unroutable() == 0) {
            line.append("every unit stays where it was");
        } else {
            line.append(Figures.count(result.moved()))
                    .append(" would go elsewhere (")
                    .append(Figures.share(result.moved(), result.units()))
                    .append("), ")
                    .append(result.unroutable() == 0 ? "none" : Figures.count(result.unroutable()))
                    .append(" would be refused");
        }
        final Cost cost = result.cost();
        if (cost.units() > 0) {
            line.append("; cost ").append(cost(cost));
            if (cost.units() < result.units()) {
                line.append(" for the ").append(Figures.count(cost.units())).append(" with a known cost");
            }
        }
        return line.toString();
    }

    private static String cost(final Cost cost) {
        return Figures.money(cost.before()) + " -> " + Figures.money(cost.after()) + " ("
                + Figures.change(cost.before(), cost.after()) + ")";
    }

    private static String versions(final ReplayResult result) {
        final List<Integer> versions = List.copyOf(result.versions().keySet());
        return switch (versions.size()) {
            case 1 -> "version " + versions.get(0);
            case 2, 3, 4, 5 ->
                "versions " + versions.stream().map(String::valueOf).collect(Collectors.joining(", "));
            default -> versions.size() + " versions, " + versions.get(0) + " to " + versions.get(versions.size() - 1);
        };
    }

    private void carriers() {
        final List<String> header = new ArrayList<>(
                List.of("CARRIER", "UNITS BEFORE", "SHARE", "UNITS AFTER", "SHARE", "POINTS", "SEGMENTS AFTER"));
        if (priced) {
            header.addAll(List.of("COST BEFORE", "COST AFTER"));
        }
        final Table table = new Table(header);
        for (final CarrierChange carrier : result.carriers()) {
            table.add(row(
                    carrier.candidate() ? carrier.carrier() : carrier.carrier() + " (gone)",
                    carrier.unitsBefore(),
                    carrier.unitsAfter(),
                    carrier.segmentsAfter(),
                    Figures.money(carrier.costBefore()),
                    Figures.money(carrier.costAfter())));
        }
        if (result.unroutable() > 0) {
            table.add(row("refused", 0, result.unroutable(), 0, "-", "-"));
        }
        text.append('\n').append(table);
    }

    private List<String> row(
            final String name,
            final long before,
            final long after,
            final long segmentsAfter,
            final String costBefore,
            final String costAfter) {
        final List<String> cells = new ArrayList<>(List.of(
                name,
                Figures.count(before),
                Figures.share(before, result.units()),
                Figures.count(after),
                Figures.share(after, result.units()),
                Figures.points(before, after, result.units()),
                Figures.count(segmentsAfter)));
        if (priced) {
            cells.addAll(List.of(costBefore, costAfter));
        }
        return cells;
    }

    private void moves() {
        if (result.moves().isEmpty()) {
            return;
        }
        final List<String> header = new ArrayList<>(List.of("FROM", "TO", "UNITS", "OF ALL", "SEGMENTS"));
        if (priced) {
            header.addAll(List.of("COST BEFORE", "COST AFTER", "CHANGE"));
        }
        final Table table = new Table(header);
        for (final Move move : first(result.moves())) {
            final List<String> cells = new ArrayList<>(List.of(
                    move.from(),
                    move.to(),
                    Figures.count(move.units()),
                    Figures.share(move.units(), result.units()),
                    Figures.count(move.segments())));
            if (priced) {
                cells.addAll(List.of(
                        Figures.money(move.cost().before()),
                        Figures.money(move.cost().after()),
                        Figures.change(move.cost().before(), move.cost().after())));
            }
            table.add(cells);
        }
        text.append('\n').append(table);
        more(result.moves().size() - most, "pairs of carriers");
    }

    private void destinations() {
        if (result.destinations().isEmpty()) {
            return;
        }
        final Table table = new Table(List.of("PREFIX", "ROW", "FROM", "TO", "UNITS", "FOR EXAMPLE"));
        for (final Destination destination : first(result.destinations())) {
            table.add(List.of(
                    destination.prefix() + "*",
                    destination.place().isEmpty() ? "by a rule" : destination.place(),
                    destination.from(),
                    destination.to(),
                    Figures.count(destination.units()),
                    example(destination.example())));
        }
        text.append('\n').append(table);
        more(result.moreDestinations() + Math.max(0, result.destinations().size() - most), "rows that move units");
    }

    private void gaps() {
        if (result.gaps().isEmpty()) {
            return;
        }
        final Table table = new Table(List.of("REFUSED", "UNITS", "WHY", "FOR EXAMPLE"));
        for (final Gap gap : first(result.gaps())) {
            table.add(List.of(
                    gap.prefix() + (gap.routed() > 0 ? "*, some of them" : "*"),
                    Figures.count(gap.units()),
                    gap.why().words(),
                    example(gap.example())));
        }
        text.append('\n').append(table);
        more(result.gaps().size() - most, "prefixes");
    }

    private void holds() {
        if (result.holds().isEmpty()) {
            return;
        }
        final Table table = new Table(List.of("NO ROOM", "UNITS", "OF ALL", "SEGMENTS", "FIRST", "FOR EXAMPLE"));
        for (final Hold hold : first(result.holds())) {
            table.add(List.of(
                    hold.limit(),
                    Figures.count(hold.units()),
                    Figures.share(hold.units(), result.units()),
                    Figures.count(hold.segments()),
                    Figures.time(hold.firstNs()),
                    example(hold.example())));
        }
        text.append('\n').append(table);
        more(result.holds().size() - most, "rates and limits");
    }

    private <T> List<T> first(final List<T> all) {
        return all.subList(0, Math.min(most, all.size()));
    }

    private void more(final long count, final String what) {
        if (count > 0) {
            text.append("and ")
                    .append(Figures.count(count))
                    .append(" more ")
                    .append(what)
                    .append(": --top N lists more\n");
        }
    }

    private static String example(final Example example) {
        return "unit " + Long.toUnsignedString(example.unit()) + " to " + example.number();
    }
}
