package io.trunkline.routing;

/**
 * A {@link RouteScope} in a long. Keys of one audience stand together, and among them ascending order is the order of
 * preference: who names the class before who does not, then the kind, then the time window.
 *
 * <pre>
 *   56          25 24 23 22 21      14 13    12 11          0
 *   +-------------+--+--+--+----------+--------+------------+
 *   | audience    |C |K |W | class    | kind   | window     |
 *   +-------------+--+--+--+----------+--------+------------+
 *
 *   audience   0: everyone; a group's id; or a tenant's id with the upper of the 32 bits set
 *   C, K, W    set where the row is for every class, for both kinds, or always
 * </pre>
 */
final class ScopeKey {
    static final int WINDOW_BITS = 12;
    static final int MAX_CLASS = 0xFF;

    private static final int KIND_SHIFT = WINDOW_BITS;
    private static final int CLASS_SHIFT = KIND_SHIFT + 2;
    private static final long EVERY_WINDOW = 1L << (CLASS_SHIFT + 8);
    private static final long EVERY_KIND = EVERY_WINDOW << 1;
    private static final long EVERY_CLASS = EVERY_KIND << 1;
    private static final int AUDIENCE_SHIFT = CLASS_SHIFT + 8 + 3;
    private static final long TENANT = 1L << (Integer.SIZE - 1);

    /** The key of {@link RouteScope#EVERYONE}. */
    static final long EVERYONE = EVERY_CLASS | EVERY_KIND | EVERY_WINDOW;

    private ScopeKey() {}

    static long of(final RouteScope scope) {
        final long audience =
                scope.tenant() == RoutingSnapshot.ANY ? firstOfGroup(scope.group()) : firstOfTenant(scope.tenant());
        return audience
                | (scope.messageClass() == RoutingSnapshot.ANY ? EVERY_CLASS : 0)
                | (scope.kind() == UnitKind.ANY ? EVERY_KIND : 0)
                | (scope.window() == RoutingSnapshot.ANY ? EVERY_WINDOW : 0)
                | (long) scope.messageClass() << CLASS_SHIFT
                | (long) scope.kind().number() << KIND_SHIFT
                | scope.window();
    }

    static RouteScope scope(final long key) {
        return new RouteScope(tenant(key), group(key), UnitKind.of(kind(key)), messageClass(key), window(key));
    }

    /** Lower bound of the keys of a tenant. */
    static long firstOfTenant(final int tenant) {
        return (TENANT | tenant) << AUDIENCE_SHIFT;
    }

    /** Lower bound of the keys of a group of tenants, or with {@link RoutingSnapshot#ANY} of those for everyone. */
    static long firstOfGroup(final int group) {
        return (long) group << AUDIENCE_SHIFT;
    }

    /** Whether a unit is of the audience. */
    static boolean isAudience(final long key, final RouteQuery query) {
        final long audience = key >>> AUDIENCE_SHIFT << AUDIENCE_SHIFT;
        return audience == 0
                || audience == firstOfTenant(query.tenant())
                || (query.group() != RoutingSnapshot.ANY && audience == firstOfGroup(query.group()));
    }

    /** Whether a unit is of the class and the kind, and the window is open. */
    static boolean fits(final long key, final RouteQuery query, final WindowTable windows) {
        final int itsClass = messageClass(key);
        final int itsKind = kind(key);
        return (itsClass == RoutingSnapshot.ANY || itsClass == query.messageClass())
                && (itsKind == RoutingSnapshot.ANY || itsKind == query.kind().number())
                && windows.isOpen(window(key), query.epochSecond());
    }

    static boolean sameAudience(final long key, final long other) {
        return (key ^ other) >>> AUDIENCE_SHIFT == 0;
    }

    static int tenant(final long key) {
        final long audience = key >>> AUDIENCE_SHIFT;
        return (audience & TENANT) == 0 ? RoutingSnapshot.ANY : (int) (audience ^ TENANT);
    }

    static int group(final long key) {
        final long audience = key >>> AUDIENCE_SHIFT;
        return (audience & TENANT) == 0 ? (int) audience : RoutingSnapshot.ANY;
    }

    static int messageClass(final long key) {
        return (int) (key >>> CLASS_SHIFT) & MAX_CLASS;
    }

    static int kind(final long key) {
        return (int) (key >>> KIND_SHIFT) & 3;
    }

    static int window(final long key) {
        return (int) key & RouteScope.MAX_WINDOWS;
    }
}
