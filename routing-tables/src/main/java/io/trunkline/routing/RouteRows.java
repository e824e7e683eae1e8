package io.trunkline.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a routing table, as columns: 33 bytes a row. A row's id is its place. Grows while a snapshot is being built, is
 * {@link #reorder}ed once and then only read.
 */
final class RouteRows {
    private static final int MAX_FILES = 256;
    private static final int MAX_RECENT_ROUTES = 1_000;

    private long[] prefix = new long[256];
    private long[] scope = new long[256];
    private int[] route = new int[256];
    private short[] priority = new short[256];
    private short[] weight = new short[256];
    private int[] cost = new int[256];
    private byte[] file = new byte[256];
    private int[] line = new int[256];
    private int size;
    private final List<String> files = new ArrayList<>();
    private final Map<Route, Integer> routeIds = new HashMap<>();
    private final List<Route> routes = new ArrayList<>();
    private final IdentityHashMap<Route, Integer> recentRouteIds = new IdentityHashMap<>();

    void add(final long itsPrefix, final long itsScope, final Offer offer, final String itsFile, final int itsLine) {
        if (size == prefix.length) {
            resize(size + (size >> 1));
        }
        prefix[size] = itsPrefix;
        scope[size] = itsScope;
        route[size] = routeId(offer.route());
        priority[size] = (short) offer.priority();
        weight[size] = (short) offer.weight();
        cost[size] = offer.cost();
        file[size] = (byte) fileId(itsFile);
        line[size] = itsLine;
        size++;
    }

    /** A route's hash takes a walk over its carriers, and most rows come with one of a few routes. */
    private int routeId(final Route itsRoute) {
        final Integer recent = recentRouteIds.get(itsRoute);
        if (recent != null) {
            return recent;
        }
        final int id = routeIds.computeIfAbsent(itsRoute, added -> {
            routes.add(added);
            return routes.size() - 1;
        });
        if (recentRouteIds.size() == MAX_RECENT_ROUTES) {
            recentRouteIds.clear();
        }
        recentRouteIds.put(itsRoute, id);
        return id;
    }

    private int fileId(final String name) {
        final int last = files.size() - 1;
        if (last >= 0 && files.get(last).equals(name)) {
            return last;
        }
        final int known = files.indexOf(name);
        if (known >= 0) {
            return known;
        }
        if (files.size() == MAX_FILES) {
            throw new IllegalArgumentException("rows from more than " + MAX_FILES + " files");
        }
        files.add(name);
        return files.size() - 1;
    }

    private void resize(final int capacity) {
        prefix = Arrays.copyOf(prefix, capacity);
        scope = Arrays.copyOf(scope, capacity);
        route = Arrays.copyOf(route, capacity);
        priority = Arrays.copyOf(priority, capacity);
        weight = Arrays.copyOf(weight, capacity);
        cost = Arrays.copyOf(cost, capacity);
        file = Arrays.copyOf(file, capacity);
        line = Arrays.copyOf(line, capacity);
    }

    /**
     * No more rows will come: puts them into another order and gives back the room that is not used.
     *
     * @param oldRow for each new place the old one
     */
    void reorder(final int[] oldRow) {
        prefix = moved(prefix, oldRow);
        scope = moved(scope, oldRow);
        route = moved(route, oldRow);
        priority = moved(priority, oldRow);
        weight = moved(weight, oldRow);
        cost = moved(cost, oldRow);
        line = moved(line, oldRow);
        final byte[] newFile = new byte[oldRow.length];
        for (int row = 0; row < oldRow.length; row++) {
            newFile[row] = file[oldRow[row]];
        }
        file = newFile;
        routeIds.clear();
        recentRouteIds.clear();
    }

    private static long[] moved(final long[] column, final int[] oldRow) {
        final long[] moved = new long[oldRow.length];
        for (int row = 0; row < oldRow.length; row++) {
            moved[row] = column[oldRow[row]];
        }
        return moved;
    }

    private static int[] moved(final int[] column, final int[] oldRow) {
        final int[] moved = new int[oldRow.length];
        for (int row = 0; row < oldRow.length; row++) {
            moved[row] = column[oldRow[row]];
        }
        return moved;
    }

    private static short[] moved(final short[] column, final int[] oldRow) {
        final short[] moved = new short[oldRow.length];
        for (int row = 0; row < oldRow.length; row++) {
            moved[row] = column[oldRow[row]];
        }
        return moved;
    }

    int size() {
        return size;
    }

    List<Route> routes() {
        return routes;
    }

    long packedPrefix(final int row) {
        return prefix[row];
    }

    /** The row's {@link ScopeKey}. */
    long scope(final int row) {
        return scope[row];
    }

    int route(final int row) {
        return route[row];
    }

    int priority(final int row) {
        return priority[row];
    }

    int weight(final int row) {
        return weight[row];
    }

    int cost(final int row) {
        return cost[row];
    }

    int line(final int row) {
        return line[row];
    }

    String file(final int row) {
        return files.get(file[row] & 0xFF);
    }

    /** {@code file:line}. */
    String place(final int row) {
        return files.get(file[row] & 0xFF) + ":" + line[row];
    }

    RouteRow row(final int row) {
        return new RouteRow(
                row,
                PackedNumber.digits(prefix[row]),
                ScopeKey.scope(scope[row]),
                new Offer(routes.get(route[row]), priority[row], weight[row], cost[row]),
                files.get(file[row] & 0xFF),
                line[row]);
    }
}
