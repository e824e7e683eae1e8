package io.trunkline.perf.sim;

/** All that can be told to a simulated trunk, before the start and while it runs. Values are as on the command line. */
public enum CallSetting implements Setting {
    ANSWERS(
            "answers",
            "",
            "what becomes of calls in percent, the rest is answered: 486=10,503=5,ring=2,silent=1 (ring: it rings for"
                    + " ever; silent: no response at all)"),
    RING_DELAY("ring-delay", "0", "until it rings: 50ms | 20ms..80ms | exp:50ms | lognormal:50ms:0.5"),
    PROVISIONAL("provisional", "180", "how it rings: 180 | 183 | none"),
    ANSWER_DELAY("answer-delay", "0", "from ringing to the answer or refusal"),
    HANG_UP(
            "hang-up",
            "never",
            "the called side hangs up so long after the answer; never: it leaves that to the caller"),
    VANISHED("vanished", "0", "percent of answered calls whose called side answers nothing any more"),
    OPTIONS("options", "200", "status of answers to OPTIONS; 0: none");

    private final String key;
    private final String initial;
    private final String help;

    CallSetting(final String key, final String initial, final String help) {
        this.key = key;
        this.initial = initial;
        this.help = help;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String initial() {
        return initial;
    }

    @Override
    public String help() {
        return help;
    }
}
