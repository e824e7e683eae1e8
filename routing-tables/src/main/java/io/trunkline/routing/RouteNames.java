package io.trunkline.routing;

import java.util.Optional;

/** Turns the words of a file of routes into what a snapshot knows them by. Each word is asked for once. */
public interface RouteNames {
    /** In place of an id: nobody is called that. */
    int UNKNOWN = -1;

    /** The id of a tenant, or {@link #UNKNOWN}. */
    int tenant(String name);

    /** The id of a group of tenants, or {@link #UNKNOWN}. */
    int group(String name);

    /** The number of a class, 1..255, or {@link #UNKNOWN}. */
    int messageClass(String name);

    /** The number of a time window, or {@link #UNKNOWN}. */
    int window(String name);

    /** The route that carriers or the name of a group of them, written {@code @name}, stand for; empty where there is none. */
    Optional<Route> route(String carriers);
}
