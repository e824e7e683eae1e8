package io.trunkline.gateway.config.load;

/** The lines of a file, for those who tell of mistakes in it. */
interface Lines {
    /** A line without its end, from 1; empty where there is none. */
    String line(int number);
}
