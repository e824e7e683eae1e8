package io.trunkline.perf.sim;

import io.trunkline.perf.sim.SimCounters.Counter;
import java.util.StringJoiner;

/** The control line of a running simulator: one command a line, one line of answer. */
final class SimControl {
    static final String HELP =
            "set SETTING VALUE | disconnect | down | up | mo FROM TO [PARTS] | stats | settings | quit";

    private final McSimulator simulator;

    SimControl(final McSimulator simulator) {
        this.simulator = simulator;
    }

    /**
     * Runs one line.
     *
     * @return the answer, or null where the simulator is to end
     */
    String run(final String line) {
        final String[] words = line.strip().split("\\s+", 3);
        try {
            return switch (words[0]) {
                case "", "stats" -> statistics(simulator.counters());
                case "help" -> HELP;
                case "set" -> set(words);
                case "settings" -> simulator.settings().values().toString();
                case "disconnect" -> {
                    simulator.disconnect();
                    yield "ok";
                }
                case "down" -> {
                    simulator.down();
                    yield "ok";
                }
                case "up" -> {
                    simulator.up();
                    yield "ok";
                }
                case "mo" -> inbound(line.strip().split("\\s+"));
                case "quit" -> null;
                default -> "error: unknown command '" + words[0] + "'; there are: " + HELP;
            };
        } catch (final IllegalArgumentException e) {
            return "error: " + e.getMessage();
        }
    }

    private String set(final String[] words) {
        if (words.length < 2) {
            return "error: set SETTING VALUE";
        }
        simulator.behave(simulator.settings().with(words[1], words.length < 3 ? "" : words[2]));
        return "ok";
    }

    private String inbound(final String[] words) {
        if (words.length < 3) {
            return "error: mo FROM TO [PARTS]";
        }
        simulator.inbound(
                Long.parseLong(words[1]), Long.parseLong(words[2]), words.length > 3 ? Integer.parseInt(words[3]) : 1);
        return "ok";
    }

    /** Counters that are not zero, as key=value. */
    static String statistics(final SimCounters counters) {
        final StringJoiner line = new StringJoiner(" ");
        for (final Counter counter : Counter.values()) {
            if (counters.get(counter) != 0) {
                line.add(counter.key() + "=" + counters.get(counter));
            }
        }
        return line.length() == 0 ? "nothing yet" : line.toString();
    }

    static String statisticsAsJson(final SimCounters counters) {
        final StringJoiner line = new StringJoiner(",", "{", "}");
        for (final Counter counter : Counter.values()) {
            line.add("\"" + counter.key() + "\":" + counters.get(counter));
        }
        return line.toString();
    }
}
