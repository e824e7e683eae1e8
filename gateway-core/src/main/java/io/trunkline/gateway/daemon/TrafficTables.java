package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.TrafficPolicy;
import io.trunkline.routing.blocks.BlockEntry;
import io.trunkline.routing.blocks.BlockList;
import io.trunkline.routing.blocks.GeoPermissions;
import io.trunkline.routing.networks.Networks;
import io.trunkline.routing.numbers.LiveNumbers;
import io.trunkline.routing.numbers.NumberContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What is known of numbers and what may pass, in force: networks, block and safe lists, where tenants may send to, who
 * owns inbound numbers, and which tenants have used what they paid for. {@link #prepare} does the work, files and all, in whatever thread; {@link #publish} is for the
 * shard, which asks.
 */
final class TrafficTables implements TrafficPolicy {
    private static final String EVERYWHERE = "*";

    private final Blocks blocks;
    /** Ascending; mostly empty. */
    private volatile int[] stopped = {};

    private volatile Prepared current =
            new Prepared(Networks.EMPTY, GeoPermissions.EMPTY, NumberOwners.NONE, Optional.empty());

    /** Tables that are not in force yet. */
    record Prepared(
            Networks networks, GeoPermissions permissions, NumberOwners owners, Optional<OpenedNumbers> ported) {}

    TrafficTables(final Blocks blocks) {
        this.blocks = blocks;
    }

    /**
     * Makes the tables of a configuration. A number file that is as it was is not read again.
     *
     * @param tenants numbers of its tenants by name
     * @throws IOException where a number file cannot be read or is damaged
     */
    Prepared prepare(final GatewayConfig config, final Map<String, Integer> tenants) throws IOException {
        final Prepared outbound = prepareOutbound(config, tenants);
        return new Prepared(
                outbound.networks(),
                outbound.permissions(),
                NumberOwners.open(config.routing().numbers().file(), tenants, current.owners()),
                outbound.ported());
    }

    /** As {@link #prepare}, for messages to handsets alone: nobody owns a number. */
    Prepared prepareOutbound(final GatewayConfig config, final Map<String, Integer> tenants) throws IOException {
        final Optional<OpenedNumbers> ported =
                OpenedNumbers.open(config.routing().numbers().ported(), NumberContent.NETWORKS, current.ported());
        return new Prepared(
                ported.map(file -> Networks.of(
                                config.traffic().networks(), new LiveNumbers(file.numbers(), NumberContent.NETWORKS)))
                        .orElseGet(() -> Networks.of(config.traffic().networks())),
                permissions(config.tenants(), tenants),
                NumberOwners.NONE,
                ported);
    }

    /** Puts tables in force; on the shard's thread. */
    void publish(final Prepared next) {
        current = next;
    }

    /** Prepaid tenants that have used all that they may, by their numbers, ascending. Any thread. */
    void stopped(final int[] tenants) {
        stopped = tenants;
    }

    private static GeoPermissions permissions(final List<Tenant> tenants, final Map<String, Integer> numbers) {
        final List<GeoPermissions.Rule> rules = new ArrayList<>();
        for (final Tenant tenant : tenants) {
            final Tenant.Destinations destinations = tenant.destinations();
            final int number = numbers.get(tenant.name());
            final String source = "tenants.yaml, " + tenant.name();
            final boolean open = destinations.allow().contains(EVERYWHERE)
                    && !destinations.deny().contains(EVERYWHERE);
            rule(rules, number, EVERYWHERE, open, source);
            destinations.allow().stream()
                    .filter(prefix -> !prefix.equals(EVERYWHERE))
                    .forEach(prefix -> rule(rules, number, prefix, true, source));
            destinations.deny().stream()
                    .filter(prefix -> !prefix.equals(EVERYWHERE))
                    .forEach(prefix -> rule(rules, number, prefix, false, source));
        }
        return rules.stream().allMatch(GeoPermissions.Rule::allowed) ? GeoPermissions.EMPTY : GeoPermissions.of(rules);
    }

    private static void rule(
            final List<GeoPermissions.Rule> rules,
            final int tenant,
            final String prefix,
            final boolean allowed,
            final String source) {
        rules.add(new GeoPermissions.Rule(tenant, prefix.equals(EVERYWHERE) ? "" : prefix, allowed, source));
    }

    @Override
    public int network(final DirectBuffer digits, final int offset, final int length) {
        return current.networks().network(digits, offset, length);
    }

    @Override
    public ErrorCode check(
            final int tenant,
            final long nowMs,
            final DirectBuffer sender,
            final int senderOffset,
            final int senderLength,
            final DirectBuffer digits,
            final int offset,
            final int length) {
        if (Arrays.binarySearch(stopped, tenant) >= 0) {
            return ErrorCode.CREDIT_USED_UP;
        }
        if (!current.permissions().allows(tenant, digits, offset, length)) {
            return ErrorCode.DESTINATION_NOT_PERMITTED;
        }
        final int line = blocks.current()
                .check(
                        tenant,
                        BlockEntry.Traffic.MESSAGE,
                        nowMs,
                        sender,
                        senderOffset,
                        senderLength,
                        digits,
                        offset,
                        length);
        return line == BlockList.PASSES ? ErrorCode.NONE : ErrorCode.BLOCKED;
    }

    /** The tenant that owns an inbound number by the number file; 0: nobody. */
    int owner(final DirectBuffer digits, final int offset, final int length) {
        return current.owners().tenant(digits, offset, length);
    }

    /** What these tables say of a message, a sentence each: for people. */
    List<String> explain(final Optional<String> tenantName, final String sender, final String digits) {
        final int tenant = tenantName.map(blocks::tenant).orElse(BlockEntry.ALL_TENANTS);
        final long nowMs = System.currentTimeMillis();
        final Prepared tables = current;
        final List<String> told = new ArrayList<>();
        told.add(tables.networks().explain(digits).toString());
        final UnsafeBuffer number = new UnsafeBuffer(digits.getBytes(StandardCharsets.US_ASCII));
        final int rule = tables.permissions().decide(tenant, number, 0, number.capacity());
        if (rule != GeoPermissions.NO_RULE) {
            final GeoPermissions.Rule decisive = tables.permissions().rule(rule);
            told.add("destination " + (decisive.allowed() ? "allowed" : "not permitted") + " by "
                    + (decisive.prefix().isEmpty() ? EVERYWHERE : decisive.prefix()) + " (" + decisive.source() + ")");
        }
        final BlockList list = blocks.current();
        final UnsafeBuffer from = new UnsafeBuffer(sender.getBytes(StandardCharsets.ISO_8859_1));
        final int line = list.check(
                tenant, BlockEntry.Traffic.MESSAGE, nowMs, from, 0, from.capacity(), number, 0, number.capacity());
        if (line == BlockList.PASSES) {
            told.add("not blocked");
        } else {
            final BlockEntry entry = list.entry(line);
            told.add("blocked by " + entry.prefix() + " (" + entry.source() + ")"
                    + (entry.reason().isEmpty() ? "" : ": " + entry.reason()));
        }
        return told;
    }
}
