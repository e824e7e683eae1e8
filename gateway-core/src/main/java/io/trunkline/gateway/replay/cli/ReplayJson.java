package io.trunkline.gateway.replay.cli;

import io.trunkline.gateway.cli.JsonOption;
import io.trunkline.gateway.replay.ReplayResult;
import io.trunkline.gateway.replay.ReplayResult.Cost;
import io.trunkline.gateway.replay.ReplayResult.Example;
import io.trunkline.gateway.replay.cli.JournalReplay.Reading;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The same for programs. Money is in millionths of the currency's unit; nothing is rounded. */
final class ReplayJson {
    private ReplayJson() {}

    static ObjectNode of(final Reading reading, final String candidate, final String hash) {
        final ReplayResult result = reading.result();
        final ObjectNode root = JsonOption.object();
        root.put("summary", ReplayText.headline(result))
                .put("candidate", candidate)
                .put("candidateHash", hash)
                .put("first", Figures.time(result.firstNs()))
                .put("last", Figures.time(result.lastNs()))
                .put("units", result.units())
                .put("segments", result.segments())
                .put("moved", result.moved())
                .put("movedSegments", result.movedSegments())
                .put("refused", result.unroutable());
        root.set("cost", cost(result.cost()));
        final ObjectNode versions = root.putObject("versions");
        result.versions().forEach((version, units) -> versions.put(version.toString(), units));
        carriers(root.putArray("carriers"), result);
        final ArrayNode moves = root.putArray("moves");
        result.moves().forEach(move -> {
            final ObjectNode node = moves.addObject()
                    .put("from", move.from())
                    .put("to", move.to())
                    .put("units", move.units())
                    .put("segments", move.segments());
            node.set("cost", cost(move.cost()));
            example(node, move.example());
        });
        destinations(root, result);
        refusals(root, result);
        journal(root.putObject("journal"), reading);
        return root;
    }

    private static void carriers(final ArrayNode carriers, final ReplayResult result) {
        result.carriers()
                .forEach(carrier -> carriers.addObject()
                        .put("carrier", carrier.carrier())
                        .put("inCandidate", carrier.candidate())
                        .put("unitsBefore", carrier.unitsBefore())
                        .put("unitsAfter", carrier.unitsAfter())
                        .put("segmentsBefore", carrier.segmentsBefore())
                        .put("segmentsAfter", carrier.segmentsAfter())
                        .put("costBeforeMicros", carrier.costBefore())
                        .put("costAfterMicros", carrier.costAfter()));
    }

    private static void destinations(final ObjectNode root, final ReplayResult result) {
        final ArrayNode destinations = root.putArray("destinations");
        result.destinations().forEach(destination -> {
            final ObjectNode node = destinations
                    .addObject()
                    .put("prefix", destination.prefix())
                    .put("row", destination.place())
                    .put("from", destination.from())
                    .put("to", destination.to())
                    .put("units", destination.units());
            example(node, destination.example());
        });
        root.put("moreDestinations", result.moreDestinations());
    }

    private static void refusals(final ObjectNode root, final ReplayResult result) {
        final ObjectNode reasons = root.putObject("refusedWhy");
        result.verdicts().forEach((verdict, units) -> reasons.put(word(verdict), units));
        final ArrayNode gaps = root.putArray("refusedPrefixes");
        result.gaps().forEach(gap -> {
            final ObjectNode node = gaps.addObject()
                    .put("prefix", gap.prefix())
                    .put("units", gap.units())
                    .put("routed", gap.routed())
                    .put("why", word(gap.why()));
            example(node, gap.example());
        });
        final ArrayNode holds = root.putArray("noRoom");
        result.holds().forEach(hold -> {
            final ObjectNode node = holds.addObject()
                    .put("limit", hold.limit())
                    .put("units", hold.units())
                    .put("segments", hold.segments())
                    .put("first", Figures.time(hold.firstNs()));
            example(node, hold.example());
        });
    }

    private static void journal(final ObjectNode node, final Reading reading) {
        node.put("records", reading.records())
                .put("recordsLost", reading.lost())
                .put("undecodable", reading.result().undecodable());
        final ArrayNode damaged = node.putArray("damaged");
        reading.damaged().forEach(damage -> damaged.add(damage.toString()));
    }

    private static String word(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ObjectNode cost(final Cost cost) {
        return JsonOption.object()
                .put("units", cost.units())
                .put("beforeMicros", cost.before())
                .put("afterMicros", cost.after());
    }

    private static void example(final ObjectNode node, final Example example) {
        node.putObject("example")
                .put("unit", Long.toUnsignedString(example.unit()))
                .put("to", example.number());
    }
}
