package io.trunkline.routing;

/**
 * A mistake in a file of routes.
 *
 * @param line from 1
 * @param column from 1
 * @param remedy what to write instead
 */
public record RouteProblem(String file, int line, int column, String message, String remedy) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message + "; " + remedy;
    }
}
