package io.trunkline.sip.call;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A relay of the tests: marks each description that it rewrites, after a while, or refuses. */
final class ScriptedRelay implements MediaAnchor {
    static final String MARK = "a=relayed\r\n";

    final List<String> asked = new ArrayList<>();
    /** Calls that it was asked for and that are not over. */
    final Set<String> open = new HashSet<>();
    /** How long it takes, ms. */
    LongSupplier delayMs = () -> 20;

    BooleanSupplier refuses = () -> false;
    private final CallNetwork network;

    ScriptedRelay(final CallNetwork network) {
        this.network = network;
    }

    @Override
    public void offer(final String call, final String from, final String sdp, final Consumer<String> then) {
        asked.add("offer " + from.charAt(0));
        does(call, sdp, then);
    }

    @Override
    public void answer(
            final String call, final String from, final String to, final String sdp, final Consumer<String> then) {
        asked.add("answer " + from.charAt(0) + " " + to.charAt(0));
        does(call, sdp, then);
    }

    private void does(final String call, final String sdp, final Consumer<String> then) {
        open.add(call);
        final String answer = refuses.getAsBoolean() ? null : sdp + MARK;
        final long delay = delayMs.getAsLong();
        if (delay == 0) {
            then.accept(answer);
        } else {
            network.after(delay, () -> then.accept(answer));
        }
    }

    @Override
    public void end(final String call) {
        asked.add("end");
        open.remove(call);
    }
}
