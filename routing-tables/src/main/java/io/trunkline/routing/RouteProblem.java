package io.trunkline.routing;

/**
 * A mistake in a file of routes.
 *
 * @param line from 1
 * @param column from 1, in octets
 * @param word that is wrong; empty where it is no single word
 * @param remedy what to write instead
 */
public record RouteProblem(String file, int line, int column, Kind kind, String word, String message, String remedy) {
    /** What kind of mistake: for those who know better what to write instead. */
    public enum Kind {
        /** Quotes, an overlong line, or a file without columns. */
        SYNTAX,
        UNKNOWN_COLUMN,
        COLUMN_TWICE,
        MISSING_COLUMN,
        /** A row with more or fewer values than columns. */
        WRONG_COUNT,
        BAD_PREFIX,
        BAD_KIND,
        BAD_NUMBER,
        UNKNOWN_TENANT,
        UNKNOWN_GROUP,
        UNKNOWN_CLASS,
        UNKNOWN_WINDOW,
        /** {@link RouteNames#route} knows no route for it. */
        BAD_CARRIERS
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message + "; " + remedy;
    }
}
