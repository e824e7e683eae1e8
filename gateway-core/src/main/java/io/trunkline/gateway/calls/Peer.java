package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.SipAccess;
import io.trunkline.gateway.config.SipIdentity;
import io.trunkline.gateway.config.SipTrunk;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.sip.call.FailoverPolicy;
import io.trunkline.sip.call.LegPolicy;
import io.trunkline.sip.trunk.MessageSettings;
import io.trunkline.sip.trunk.Trunk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whom we talk SIP with: a carrier's trunk, or a tenant's platform. */
final class Peer {
    /**
     * What a peer is, but for its trunk.
     *
     * @param tenant its number in the journal; 0 for a carrier's trunk
     * @param carrier its number in the journal; 0 for a platform
     * @param link number of the trunk in the journal; 0 for a platform
     * @param owner name of the tenant or carrier
     * @param name of the trunk within the carrier; {@code sip} for a platform
     * @param host what Request-URIs name, with the port where one is configured
     * @param verify what is asked of the signatures of calls from it
     * @param leg how it is spoken to
     * @param guardedLeg the same in calls whose other side is not believed
     * @param failover what its refusals mean
     * @param redirects most Contacts of its redirections that are followed for one call; 0: none
     * @param maxDuration of calls from and to it
     * @param senders what it may call from; empty for carriers, who may present any number
     * @param spend what its calls may cost; empty: it is not looked at
     * @param highRisk prefixes of high risk that it may call
     * @param anchored whether media of its calls goes through the relay
     * @param messages whether MESSAGE requests from it are taken
     * @param messagesOut how messages go to it; null: not at all
     * @param defaults of a tenant's submits; null for carriers
     */
    record Identity(
            int tenant,
            int carrier,
            int link,
            String owner,
            String name,
            String host,
            Numbering numbering,
            SipIdentity shown,
            SipTrunk.Verify verify,
            LegPolicy leg,
            LegPolicy guardedLeg,
            FailoverPolicy failover,
            int redirects,
            Duration maxDuration,
            Senders senders,
            Optional<SipAccess.Spend> spend,
            PrefixSet highRisk,
            boolean anchored,
            boolean messages,
            MessagesOut messagesOut,
            Tenant.Defaults defaults) {}

    /**
     * How messages go to a carrier's trunk.
     *
     * @param okDelivers whether a 200 says that the message has been delivered
     */
    record MessagesOut(MessageSettings how, boolean okDelivers) {}

    private final Identity identity;
    private final Trunk trunk;
    private final TrunkMeter meter;
    private final List<Peer> alone = List.of(this);

    Peer(final Identity identity, final Trunk trunk, final TrunkMeter meter) {
        this.identity = identity;
        this.trunk = trunk;
        this.meter = meter;
    }

    Identity identity() {
        return identity;
    }

    Trunk trunk() {
        return trunk;
    }

    TrunkMeter meter() {
        return meter;
    }

    /** The list that has nothing but this. */
    List<Peer> alone() {
        return alone;
    }

    boolean isPlatform() {
        return identity.tenant() != 0;
    }

    void joined() {
        meter.calls++;
    }

    void left() {
        meter.calls--;
    }

    /** Whether something goes over it that still needs its addresses to be known. */
    boolean isBusy() {
        return meter.calls > 0 || meter.messagesUnderWay > 0;
    }

    /** Calls that go over it, those among them that began before its configuration changed. */
    int calls() {
        return meter.calls;
    }

    @Override
    public String toString() {
        return identity.owner() + "/" + identity.name();
    }
}
