package io.trunkline.perf.sim;

import java.util.Map;

/** How a simulated trunk behaves: immutable, swapped as a whole while it runs. */
public final class CallBehaviour {
    /** In {@link #answers}: it rings for ever. */
    static final int RINGS = 1;
    /** In {@link #answers}: no response at all. */
    static final int SILENT = 0;

    private static final int ANSWERED = 200;
    private static final int FIRST_REFUSAL = 300;
    private static final int LAST_STATUS = 699;

    final WeightedMix answers;
    final Latency ringDelay;
    final int provisional;
    final Latency answerDelay;
    /** Null: never. */
    final Latency hangUp;

    final double vanished;
    final int options;
    private final SettingValues<CallSetting> values;

    private CallBehaviour(final SettingValues<CallSetting> values) {
        this.values = values;
        answers = values.read(CallSetting.ANSWERS, text -> WeightedMix.parse(text, ANSWERED, CallBehaviour::ending));
        ringDelay = values.read(CallSetting.RING_DELAY, Latency::parse);
        final String rings = values.oneOf(CallSetting.PROVISIONAL, "180", "183", "none");
        provisional = "none".equals(rings) ? 0 : Integer.parseInt(rings);
        answerDelay = values.read(CallSetting.ANSWER_DELAY, Latency::parse);
        hangUp = values.read(CallSetting.HANG_UP, text -> "never".equals(text) ? null : Latency.parse(text));
        vanished = values.fraction(CallSetting.VANISHED);
        options = values.between(CallSetting.OPTIONS, 0, LAST_STATUS);
    }

    private static int ending(final String name) {
        return switch (name) {
            case "ring" -> RINGS;
            case "silent" -> SILENT;
            default -> {
                final int status = Integer.parseInt(name);
                if (status != ANSWERED && (status < FIRST_REFUSAL || status > LAST_STATUS)) {
                    throw new IllegalArgumentException("not 200, 300 to 699, ring or silent: " + name);
                }
                yield status;
            }
        };
    }

    /** Every call rings and is answered at once. */
    public static CallBehaviour answering() {
        return new CallBehaviour(SettingValues.initial(CallSetting.class));
    }

    /**
     * This one with one setting, given by its name, changed.
     *
     * @throws IllegalArgumentException naming the setting and what is wrong
     */
    public CallBehaviour with(final String key, final String value) {
        return new CallBehaviour(values.with(values.named(key), value));
    }

    /** All settings as text. */
    public Map<CallSetting, String> values() {
        return values.all();
    }
}
