package io.trunkline.routing;

/** Calls everything by its id. */
final class PlainNames implements RoutingSnapshot.Names {
    @Override
    public String tenant(final int id) {
        return "tenant" + id;
    }

    @Override
    public String messageClass(final int id) {
        return "class" + id;
    }

    @Override
    public String carrier(final int id) {
        return "carrier" + id;
    }
}
