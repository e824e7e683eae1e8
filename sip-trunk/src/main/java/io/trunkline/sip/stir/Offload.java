package io.trunkline.sip.stir;

/** Takes work from the thread that handles calls: a signature costs more than a message may. */
public interface Offload {
    /** Work in two parts. */
    interface Work {
        /** The part that takes long, on any thread. What it throws is counted, and the second part follows all the same. */
        void run();

        /** What follows from it, on the thread that submitted it. */
        void done();
    }

    /** Takes work; false where there is no room for it, and neither part will run. */
    boolean submit(Work work);

    /** Does all work at once, where it is submitted: for the simulator and for tools. */
    static Offload atOnce() {
        return work -> {
            work.run();
            work.done();
            return true;
        };
    }
}
