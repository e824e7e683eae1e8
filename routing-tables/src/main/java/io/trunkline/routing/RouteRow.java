package io.trunkline.routing;

/**
 * One row of a routing table, for people and tools.
 *
 * @param id its place in this snapshot, from 0; the same rows give the same ids whatever their order in the file
 * @param prefix E.164 digits, empty for all numbers
 * @param file that it was read from
 * @param line of the file, from 1
 */
public record RouteRow(int id, String prefix, RouteScope scope, Offer offer, String file, int line) {
    /** {@code file:line}. */
    public String place() {
        return file + ":" + line;
    }
}
