package io.trunkline.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a routing table, as columns. A row's id is its place. Grows while a snapshot is being built, is
 * {@link #reorder}ed once and then only read.
 */
final class RouteRows {
    private long[] prefix = new long[256];
    private int[] tenant = new int[256];
    private byte[] messageClass = new byte[256];
    private int[] route = new int[256];
    private byte[] file = new byte[256];
    private int[] line = new int[256];
    private int size;
    private final List<String> files = new ArrayList<>();
    private final Map<Route, Integer> routeIds = new HashMap<>();
    private final List<Route> routes = new ArrayList<>();

    void add(
            final long itsPrefix,
            final int itsTenant,
            final int itsClass,
            final Route itsRoute,
            final String itsFile,
            final int itsLine) {
        if (size == prefix.length) {
            resize(size * 2);
        }
        prefix[size] = itsPrefix;
        tenant[size] = itsTenant;
        messageClass[size] = (byte) itsClass;
        route[size] = routeIds.computeIfAbsent(itsRoute, added -> {
            routes.add(added);
            return routes.size() - 1;
        });
        file[size] = (byte) fileId(itsFile);
        line[size] = itsLine;
        size++;
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
        if (files.size() > 0xFF) {
            throw new IllegalArgumentException("rows from more than 256 files");
        }
        files.add(name);
        return files.size() - 1;
    }

    private void resize(final int capacity) {
        prefix = Arrays.copyOf(prefix, capacity);
        tenant = Arrays.copyOf(tenant, capacity);
        messageClass = Arrays.copyOf(messageClass, capacity);
        route = Arrays.copyOf(route, capacity);
        file = Arrays.copyOf(file, capacity);
        line = Arrays.copyOf(line, capacity);
    }

    /**
     * No more rows will come: puts them into another order and gives back the room that is not used.
     *
     * @param oldRow for each new place the old one
     */
    void reorder(final int[] oldRow) {
        final long[] newPrefix = new long[size];
        final int[] newTenant = new int[size];
        final byte[] newClass = new byte[size];
        final int[] newRoute = new int[size];
        final byte[] newFile = new byte[size];
        final int[] newLine = new int[size];
        for (int row = 0; row < size; row++) {
            newPrefix[row] = prefix[oldRow[row]];
            newTenant[row] = tenant[oldRow[row]];
            newClass[row] = messageClass[oldRow[row]];
            newRoute[row] = route[oldRow[row]];
            newFile[row] = file[oldRow[row]];
            newLine[row] = line[oldRow[row]];
        }
        prefix = newPrefix;
        tenant = newTenant;
        messageClass = newClass;
        route = newRoute;
        file = newFile;
        line = newLine;
        routeIds.clear();
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

    /** {@link RoutingSnapshot#ANY} or the id of the tenant that the row is for. */
    int tenant(final int row) {
        return tenant[row];
    }

    /** {@link RoutingSnapshot#ANY} or the class that the row is for. */
    int messageClass(final int row) {
        return messageClass[row] & 0xFF;
    }

    int route(final int row) {
        return route[row];
    }

    /** {@code file:line}. */
    String place(final int row) {
        return files.get(file[row] & 0xFF) + ":" + line[row];
    }

    RouteRow row(final int row) {
        return new RouteRow(
                row,
                PackedNumber.digits(prefix[row]),
                tenant[row],
                messageClass(row),
                routes.get(route[row]),
                files.get(file[row] & 0xFF),
                line[row]);
    }
}
