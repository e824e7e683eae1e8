package io.trunkline.gateway.carrier;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.trunkline.gateway.config.Bind;
import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.engine.CarrierDesk;
import io.trunkline.smpp.session.EsmeBind;
import io.trunkline.smpp.session.EsmeContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/** All binds to carriers of one shard: made from config, ticked by the shard, drained at the end. */
public final class CarrierBinds {
    private static final long TICK_EVERY_NS = 10_000_000;

    private final EsmeContext context;
    private final CarrierDesk desk;
    private final OutbindDoors doors;
    private final SmppCarrierLink.CarrierClock clock;
    private final List<SmppCarrierLink> links = new ArrayList<>();
    /** Binds of carriers that were taken out of the config, on their way to being closed. */
    private final List<SmppCarrierLink> leaving = new ArrayList<>();
    /** What operators have said of binds, which outlasts what a reload does to them. */
    private final Map<String, Use> uses = new HashMap<>();

    private long tickAtNs;

    /**
     * Binds that live on the context's event loop.
     *
     * @param listeners makes the listening channels that fit the event loop, for carriers that call us
     * @param nowMs wall time of the duty cycle
     */
    public CarrierBinds(
            final EsmeContext context,
            final ChannelFactory<? extends ServerChannel> listeners,
            final CarrierDesk desk,
            final LongSupplier nowMs) {
        this.context = context;
        doors = new OutbindDoors(context, listeners);
        this.desk = desk;
        clock = nowMs::getAsLong;
    }

    /** One bind as {@code show binds} has it. */
    public record Status(int carrier, Bind config, EsmeBind bind, long changedAtMs, String lastError) {}

    /**
     * Adds a carrier's binds and connects those that are enabled.
     *
     * @param number of the carrier in the journal
     * @param linkNumber gives a bind's number in the journal
     */
    public void add(final Carrier carrier, final int number, final ToIntFunction<Bind> linkNumber) {
        final DeliverReader deliverReader = new DeliverReader(carrier, desk);
        for (final Bind config : carrier.binds()) {
            final SmppCarrierLink link = new SmppCarrierLink(
                    linkNumber.applyAsInt(config),
                    number,
                    config,
                    new SmComposer(carrier.messages()),
                    deliverReader,
                    desk,
                    clock);
            final EsmeBind bind =
                    new EsmeBind(carrier.name() + "/" + config.name(), BindSettings.of(config), context, link);
            link.bind(bind);
            links.add(link);
            config.outbind().ifPresent(outbind -> doors.add(link, outbind));
            final Use use = uses.getOrDefault(key(number, config.name()), Use.ENABLED);
            link.drained(use == Use.DRAINED);
            if (carrier.enabled() && config.enabled() && use != Use.DISABLED) {
                bind.enable();
            }
        }
    }

    /** Unbinds a carrier's binds for good; what is under way is finished first. */
    public void remove(final int carrier) {
        for (int i = links.size() - 1; i >= 0; i--) {
            if (links.get(i).carrier() == carrier) {
                final SmppCarrierLink link = links.remove(i);
                link.config().outbind().ifPresent(outbind -> doors.remove(link, outbind));
                link.bind().disable();
                leaving.add(link);
            }
        }
    }

    /** Time passes; call it every duty cycle. */
    public int tick(final long nowNs) {
        if (nowNs - tickAtNs < 0) {
            return 0;
        }
        tickAtNs = nowNs + TICK_EVERY_NS;
        for (int i = 0; i < links.size(); i++) {
            links.get(i).bind().onTick(nowNs);
        }
        for (int i = leaving.size() - 1; i >= 0; i--) {
            leaving.get(i).bind().onTick(nowNs);
            if (leaving.get(i).bind().stopped()) {
                leaving.remove(i);
            }
        }
        return 0;
    }

    /** Unbinds all, once their answers are in or the drain time is over. */
    public void drain() {
        doors.close();
        links.forEach(link -> link.bind().disable());
    }

    /** Whether every bind is closed for good. */
    public boolean stopped() {
        return leaving.isEmpty() && links.stream().allMatch(link -> link.bind().stopped());
    }

    /** What an operator may do with binds. */
    public enum Use {
        /** Connected, and sending. */
        ENABLED,
        /** Connected for receipts and inbound messages, sending nothing new. */
        DRAINED,
        /** Not connected. */
        DISABLED
    }

    private static String key(final int carrier, final String bind) {
        return carrier + "/" + bind;
    }

    /**
     * Changes how a carrier's binds are used, until that is changed again.
     *
     * @param name of one bind, or null for all of the carrier
     * @return how many there are that this concerns; 0: no such bind
     */
    public int use(final int carrier, final String name, final Use use) {
        int concerned = 0;
        for (final SmppCarrierLink link : links) {
            if (link.carrier() == carrier
                    && (name == null || link.config().name().equals(name))) {
                uses.put(key(carrier, link.config().name()), use);
                link.drained(use == Use.DRAINED);
                if (use == Use.DISABLED) {
                    link.bind().disable();
                } else {
                    link.bind().enable();
                }
                concerned++;
            }
        }
        return concerned;
    }

    public List<Status> status() {
        return links.stream()
                .map(link ->
                        new Status(link.carrier(), link.config(), link.bind(), link.changedAtMs(), link.lastError()))
                .toList();
    }
}
