package io.trunkline.gateway.engine;

/** One bind that is up, and the unit whose segments it is in the midst of writing. */
final class LinkState {
    final CarrierLink link;
    /** A message's segments leave over one bind, one after another, as far as its window allows. */
    Unit inProgress;

    LinkState(final CarrierLink link) {
        this.link = link;
    }
}
