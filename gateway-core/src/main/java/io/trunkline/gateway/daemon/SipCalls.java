package io.trunkline.gateway.daemon;

import io.trunkline.gateway.admin.Rows.AlarmRow;
import io.trunkline.gateway.admin.Rows.CounterRow;
import io.trunkline.gateway.calls.CallControl;
import io.trunkline.gateway.calls.CallServer;
import io.trunkline.gateway.calls.MessageTrunks;
import io.trunkline.gateway.calls.TrunkRow;
import io.trunkline.gateway.carrier.CarrierBinds;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.journal.Journal;
import java.util.List;

/** The calls of a shard, where its configuration has them at the start; where it has none, nothing happens here. */
final class SipCalls implements AutoCloseable {
    private final CallServer server;

    SipCalls(final GatewayConfig config, final CallServer.Context context) {
        server = config.gateway().sip().map(sip -> new CallServer(context, sip)).orElse(null);
    }

    /** The journal's numbers, given out to names that are new. */
    static CallServer.Numbers numbers(final Names names, final Journal journal) {
        return new CallServer.Numbers() {
            @Override
            public int tenant(final String name) {
                return names.known(Names.Kind.TENANT, name);
            }

            @Override
            public int carrier(final String name) {
                return names.known(Names.Kind.CARRIER, name);
            }

            @Override
            public int link(final String name) {
                return names.number(Names.Kind.LINK, name, journal);
            }
        };
    }

    CallControl control() {
        return server == null ? CallControl.NONE : server;
    }

    void start(final GatewayConfig config) {
        if (server != null) {
            server.configure(config, true);
            server.listen(config);
        }
    }

    /**
     * Takes over a configuration.
     *
     * @param peers whether trunks or platforms may differ from those that are there
     */
    void configure(final GatewayConfig config, final boolean peers) {
        if (server != null) {
            server.configure(config, peers);
        }
    }

    void use(final int carrier, final boolean open) {
        if (server != null) {
            server.use(carrier, open);
        }
    }

    /** See {@link MessageTrunks#use}. */
    int useForMessages(final int carrier, final String name, final CarrierBinds.Use use) {
        return server == null ? 0 : server.messagesOut().use(carrier, name, use);
    }

    void drainMessages() {
        if (server != null) {
            server.messagesOut().drain();
        }
    }

    /** Trunks of a carrier that messages go over. */
    int messageTrunks(final int carrier) {
        return server == null ? 0 : server.messagesOut().all(carrier);
    }

    /** Those of them that take messages now. */
    int messageTrunksUp(final int carrier) {
        return server == null ? 0 : server.messagesOut().up(carrier);
    }

    int doWork() {
        return server == null ? 0 : server.doWork();
    }

    void seal(final long position) {
        if (server != null) {
            server.seal(position);
        }
    }

    void release(final long durable) {
        if (server != null) {
            server.release(durable);
        }
    }

    void drain() {
        if (server != null) {
            server.drain();
        }
    }

    void leave() {
        if (server != null) {
            server.leave();
        }
    }

    /** Whether no registrar has still to answer to {@link #leave}. */
    boolean hasLeft() {
        return server == null || server.hasLeft();
    }

    void endAll() {
        if (server != null) {
            server.endAll();
        }
    }

    /** Calls that have not ended. */
    int open() {
        return server == null ? 0 : server.open();
    }

    /** Calls that have ended and whose peers have not confirmed it. */
    int lingering() {
        return server == null ? 0 : server.lingering();
    }

    void count(final List<CounterRow> rows) {
        if (server == null) {
            return;
        }
        server.count(new CallServer.Counted() {
            @Override
            public void add(final String name, final String label, final String value, final long count) {
                rows.add(new CounterRow(name, label, value, count));
            }

            @Override
            public void level(final String name, final String label, final String value, final long now) {
                rows.add(new CounterRow(name, label, value, now, true));
            }
        });
    }

    void alarms(final List<AlarmRow> alarms) {
        if (server == null) {
            return;
        }
        for (final TrunkRow trunk : server.trunks()) {
            if (!trunk.state().equals("up") && !trunk.state().equals("disabled")) {
                final String name = (trunk.carrier().isEmpty() ? trunk.tenant() : trunk.carrier()) + "/" + trunk.name();
                alarms.add(new AlarmRow(
                        "warning",
                        0,
                        name,
                        "nothing can be sent to it: " + trunk.state() + ", " + trunk.addressesUp() + " of "
                                + trunk.addresses() + " addresses up",
                        "see that " + trunk.peer() + " can be reached and answers OPTIONS or REGISTER"));
            }
        }
        for (final String tenant : server.spenders()) {
            alarms.add(
                    new AlarmRow(
                            "critical",
                            0,
                            tenant,
                            "its calls of the last hour have cost as much as they may: new ones are refused",
                            "see with `trunkline show calls --tenant " + tenant
                                    + "` whether they are its own; then raise `sip.spend.perHour` of tenants.yaml, or change its account"));
        }
        if (server.relayIsDead()) {
            alarms.add(new AlarmRow(
                    "critical",
                    0,
                    "media",
                    "the relay does not answer: calls over trunks with `media: anchor` go without it, or are refused",
                    "see that rtpengine runs and listens where `sip.media.relay` of gateway.yaml says"));
        }
        if (server.leaks()) {
            alarms.add(new AlarmRow(
                    "critical",
                    0,
                    "calls",
                    "something is held that belongs to no call",
                    "the log says what; restart when it suits, and tell the maintainers"));
        }
    }

    /** Ends the threads beside the shard, which has ended itself. */
    void stopThreads() {
        if (server != null) {
            server.stopThreads();
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
