package io.trunkline.gateway.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Draws the story of a call: a line for each step, a column for each side, arrows for who said what to whom.
 *
 * <pre>
 *               caller         gateway         alpha/one
 *      +0 ms      |---INVITE------>|                |
 *     +30 ms      |                |---INVITE------>|        attempt 1 at alpha/one
 *    +850 ms      |<------180------|<------180------|        alpha/one said 180
 * </pre>
 */
final class Ladder {
    private static final int TIME_WIDTH = 14;
    private static final int LEAST_LANE = 17;
    private static final int ROOM_AROUND_NAME = 3;

    private final List<String> lanes = new ArrayList<>(List.of("caller", "gateway"));
    private int laneWidth = LEAST_LANE;

    private Ladder() {}

    /** Whether there is anything to draw. */
    static boolean fits(final JsonNode steps) {
        return steps.valueStream().anyMatch(step -> step.has("arrows"));
    }

    /** The steps of one call, as the trace gives them. */
    static String draw(final JsonNode steps) {
        final Ladder ladder = new Ladder();
        steps.forEach(step -> step.path("arrows").forEach(arrow -> {
            ladder.lane(arrow.path("from").asString());
            ladder.lane(arrow.path("to").asString());
        }));
        // Nobody speaks in a column that only a call from the network would not need.
        final boolean callerSpeaks = steps.valueStream()
                .flatMap(step -> step.path("arrows").valueStream())
                .anyMatch(arrow -> arrow.path("from").asString().equals("caller")
                        || arrow.path("to").asString().equals("caller"));
        if (!callerSpeaks) {
            ladder.lanes.remove("caller");
            ladder.callerFirst(steps);
        }
        final StringBuilder out = new StringBuilder();
        out.append(ladder.header()).append('\n');
        steps.forEach(step -> out.append(ladder.row(step)).append('\n'));
        return out.toString();
    }

    private void lane(final String name) {
        if (!lanes.contains(name)) {
            lanes.add(name);
        }
        laneWidth = Math.max(laneWidth, name.length() + ROOM_AROUND_NAME);
    }

    /** Of a call from the network the trunk that it came from stands left of the gateway. */
    private void callerFirst(final JsonNode steps) {
        final String first = steps.valueStream()
                .flatMap(step -> step.path("arrows").valueStream())
                .findFirst()
                .map(arrow -> arrow.path("from").asString())
                .orElse("");
        if (!first.equals("gateway") && lanes.remove(first)) {
            lanes.add(0, first);
        }
    }

    private int center(final String lane) {
        return lanes.indexOf(lane) * laneWidth + laneWidth / 2;
    }

    private String header() {
        final char[] line = blank();
        for (final String lane : lanes) {
            final int begin = Math.max(0, center(lane) - lane.length() / 2);
            lane.getChars(0, Math.min(lane.length(), line.length - begin), line, begin);
        }
        return (" ".repeat(TIME_WIDTH) + new String(line)).stripTrailing();
    }

    private String row(final JsonNode step) {
        final char[] line = blank();
        for (final String lane : lanes) {
            line[center(lane)] = '|';
        }
        step.path("arrows").forEach(arrow -> arrow(line, arrow));
        final String time = step.has("afterMs")
                ? String.format(Locale.ROOT, "+%d ms", step.path("afterMs").asLong())
                : "";
        return String.format(
                        Locale.ROOT,
                        "%" + (TIME_WIDTH - 2) + "s  %s %s",
                        time,
                        new String(line),
                        step.path("says").asString())
                .stripTrailing();
    }

    private void arrow(final char[] line, final JsonNode arrow) {
        final int from = center(arrow.path("from").asString());
        final int to = center(arrow.path("to").asString());
        final int left = Math.min(from, to) + 1;
        final int right = Math.max(from, to);
        Arrays.fill(line, left, right, '-');
        line[to > from ? right - 1 : left] = to > from ? '>' : '<';
        final String label = arrow.path("label").asString();
        final int begin = (left + right - label.length()) / 2;
        label.getChars(0, Math.min(label.length(), right - begin), line, begin);
    }

    private char[] blank() {
        final char[] line = new char[lanes.size() * laneWidth];
        Arrays.fill(line, ' ');
        return line;
    }
}
