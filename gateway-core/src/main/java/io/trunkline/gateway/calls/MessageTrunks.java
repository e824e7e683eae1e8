package io.trunkline.gateway.calls;

import io.trunkline.gateway.carrier.CarrierBinds;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/** The trunks that messages go over, as the configuration in force has them; a trunk whose configuration stays keeps its link. */
public final class MessageTrunks {
    private static final long POLL_EVERY_MS = 10;

    private final TrunkBook book;
    private final SipCarrierLink.Context context;
    private final List<SipCarrierLink> links = new ArrayList<>();
    /** Of trunks that are not there any more, as long as answers are waited for. */
    private final List<SipCarrierLink> leaving = new ArrayList<>();

    /** What operators have said of trunks, by their number, which outlasts what a reload does to them. */
    private final Int2ObjectHashMap<CarrierBinds.Use> uses = new Int2ObjectHashMap<>();

    private long polledAtMs;

    MessageTrunks(final TrunkBook book, final SipCarrierLink.Context context) {
        this.book = book;
        this.context = context;
    }

    /** Takes over what the book has now. */
    void configure() {
        for (int i = links.size() - 1; i >= 0; i--) {
            if (!book.isCurrent(links.get(i).peer())) {
                final SipCarrierLink gone = links.remove(i);
                gone.retire();
                leaving.add(gone);
            }
        }
        for (final Peer peer : book.all()) {
            if (peer.identity().messagesOut() != null
                    && book.isCurrent(peer)
                    && links.stream().noneMatch(link -> link.peer() == peer)) {
                final SipCarrierLink link = new SipCarrierLink(peer, context);
                links.add(link);
                use(link, uses.getOrDefault(link.number(), CarrierBinds.Use.ENABLED));
            }
        }
    }

    /** What is due in a duty cycle. */
    void poll(final long nowMs) {
        if (nowMs - polledAtMs < POLL_EVERY_MS) {
            return;
        }
        polledAtMs = nowMs;
        for (int i = 0; i < links.size(); i++) {
            links.get(i).poll(nowMs);
        }
        for (int i = leaving.size() - 1; i >= 0; i--) {
            leaving.get(i).poll(nowMs);
            if (leaving.get(i).idle()) {
                leaving.remove(i);
            }
        }
    }

    /**
     * Changes how a carrier's trunks are used for messages, until that is changed again.
     *
     * @param name of one trunk, or null for all of the carrier
     * @return how many there are that this concerns
     */
    public int use(final int carrier, final String name, final CarrierBinds.Use use) {
        int concerned = 0;
        for (final SipCarrierLink link : links) {
            final Peer.Identity peer = link.peer().identity();
            if (peer.carrier() == carrier && (name == null || peer.name().equals(name))) {
                uses.put(link.number(), use);
                use(link, use);
                concerned++;
            }
        }
        return concerned;
    }

    private static void use(final SipCarrierLink link, final CarrierBinds.Use use) {
        link.use(use != CarrierBinds.Use.DISABLED, use == CarrierBinds.Use.DRAINED);
    }

    /** Sends nothing new any more; answers are still heard. */
    public void drain() {
        links.forEach(link -> link.use(false, true));
    }

    /** Trunks of a carrier that messages go over. */
    public int all(final int carrier) {
        return (int) links.stream().filter(link -> link.carrier() == carrier).count();
    }

    /** Those of them that take messages now. */
    public int up(final int carrier) {
        return (int) links.stream()
                .filter(link -> link.carrier() == carrier && link.up())
                .count();
    }
}
