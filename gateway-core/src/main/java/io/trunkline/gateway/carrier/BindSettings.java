package io.trunkline.gateway.carrier;

import io.trunkline.gateway.config.Bind;
import io.trunkline.gateway.config.ClientTls;
import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.codec.Npi;
import io.trunkline.smpp.codec.Ton;
import io.trunkline.smpp.session.Backoff;
import io.trunkline.smpp.session.BindType;
import io.trunkline.smpp.session.EsmeSettings;
import io.trunkline.smpp.session.InboundLimits;
import io.trunkline.smpp.session.SmppTls;
import io.trunkline.smpp.session.TokenBucket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A bind's config, as its session wants it. */
final class BindSettings {
    private static final double MILLIS = 1000.0;
    /** Late answers that still find their unit: as many as a window may hold that timed out as a whole. */
    private static final int LATE_WINDOW = 4096;
    /** A carrier's receipts come in bursts; above this its socket is read more slowly. */
    private static final InboundLimits INBOUND = new InboundLimits(1024, 0);

    private static final int INBOUND_WINDOW = 4096;
    private static final long TLS_HANDSHAKE_MS = 10_000;

    private BindSettings() {}

    static EsmeSettings of(final Bind config) {
        final BindRequest login = new BindRequest(
                config.systemId(),
                new String(config.password().reveal(), StandardCharsets.ISO_8859_1),
                config.systemType(),
                config.version().number(),
                Ton.UNKNOWN,
                Npi.UNKNOWN,
                config.addressRange());
        final EsmeSettings settings = EsmeSettings.to(config.host(), config.port(), login)
                .withBindType(BindType.valueOf(config.type().name()))
                .withWindow(config.window())
                .withLateWindow(LATE_WINDOW)
                .withInboundWindow(INBOUND_WINDOW)
                .withInbound(INBOUND)
                .withRate(Math.round(config.tps() * MILLIS), Math.min(config.burst(), TokenBucket.MAX_BURST))
                .withTiming(timing(config))
                .withBackoff(backoff(config))
                .withAwaitsOutbind(config.outbind().isPresent());
        return config.tls().map(tls -> settings.withTls(tls(tls))).orElse(settings);
    }

    private static EsmeSettings.Timing timing(final Bind config) {
        final EsmeSettings.Timing usual = EsmeSettings.Timing.DEFAULT;
        final long responseNs = config.responseTimeout().toNanos();
        return new EsmeSettings.Timing(
                usual.connectNs(),
                config.bindTimeout().toNanos(),
                responseNs,
                usual.lateGraceNs(),
                config.enquireInterval().toNanos(),
                Math.min(responseNs, usual.enquireResponseNs()),
                usual.idleNs(),
                usual.drainNs(),
                usual.unbindNs(),
                usual.stallNs());
    }

    private static Backoff.Settings backoff(final Bind config) {
        final Backoff.Settings usual = Backoff.Settings.DEFAULT;
        final long floorNs = Math.max(
                TimeUnit.MILLISECONDS.toNanos(1), config.reconnect().min().toNanos());
        return new Backoff.Settings(
                floorNs,
                Math.max(floorNs, config.reconnect().max().toNanos()),
                usual.alreadyBoundFloorNs(),
                usual.authFloorNs(),
                usual.authCapNs(),
                usual.steadyNs());
    }

    private static SmppTls tls(final ClientTls config) {
        return new SmppTls(
                () -> CarrierTls.context(config),
                config.serverName().orElse(null),
                config.verifyHost(),
                TLS_HANDSHAKE_MS);
    }
}
