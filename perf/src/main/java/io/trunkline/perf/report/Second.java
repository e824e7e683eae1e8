package io.trunkline.perf.report;

import java.util.Map;

/**
 * One sample of a run: about a second, its rates already divided by how long it really was.
 *
 * @param at seconds from the start of sending to the end of this sample
 * @param length seconds that it covers
 * @param sending whether units were being sent when it began; false while the last words are awaited
 * @param offered units a second that were due; 0 for a closed loop
 * @param errors refused, dropped and abandoned a second
 * @param inFlight unanswered at the end of it
 * @param open acknowledged without a last word at the end of it
 * @param stages latencies of what reached the stage in this second, by the stage's key
 * @param generator the generator's own machine
 * @param gateway what the gateway said of itself, by name; empty where it was not asked
 */
public record Second(
        double at,
        double length,
        boolean sending,
        double offered,
        double sent,
        double acknowledged,
        double ended,
        double received,
        double errors,
        double late,
        long inFlight,
        long open,
        Map<String, Percentiles> stages,
        Generator generator,
        Map<String, Double> gateway) {
    /**
     * The process that generates.
     *
     * @param cpu cores that it used
     * @param busiest part of one core that its busiest sending thread used
     * @param machine part of all cores of the machine that anything used
     * @param gcMs milliseconds of its garbage collections in this second
     * @param heapMiB in use
     */
    public record Generator(double cpu, double busiest, double machine, double gcMs, double heapMiB) {}
}
