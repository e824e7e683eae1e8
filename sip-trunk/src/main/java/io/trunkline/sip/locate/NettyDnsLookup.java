package io.trunkline.sip.locate;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.DnsNameResolverException;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * {@link DnsLookup} over Netty's resolver, on the same event loop: queries from a port of their own each, over TCP where an answer
 * is cut, the hosts file first. Nothing is kept here; whoever asks knows how long an answer holds.
 */
public final class NettyDnsLookup implements DnsLookup, AutoCloseable {
    private static final int MAX_QUERIES = 8;
    private static final int MAX_RECORDS = 256;

    private final DnsNameResolver resolver;

    /**
     * A lookup.
     *
     * @param servers null for those of the machine's resolv.conf
     * @param queryTimeoutMs how long one name server may take, ms
     */
    public NettyDnsLookup(
            final EventLoop loop,
            final ChannelFactory<? extends DatagramChannel> datagram,
            final ChannelFactory<? extends SocketChannel> stream,
            final DnsServerAddressStreamProvider servers,
            final long queryTimeoutMs) {
        final DnsNameResolverBuilder builder = new DnsNameResolverBuilder(loop)
                .datagramChannelFactory(datagram)
                .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
                .socketChannelFactory(stream)
                .queryTimeoutMillis(queryTimeoutMs)
                .maxQueriesPerResolve(MAX_QUERIES)
                .resolveCache(NoopDnsCache.INSTANCE)
                .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE);
        if (servers != null) {
            builder.nameServerProvider(servers);
        }
        resolver = builder.build();
    }

    @Override
    public void query(final String name, final RecordType type, final Consumer<DnsAnswer> then) {
        final DefaultDnsQuestion question;
        try {
            question = new DefaultDnsQuestion(name, typeOf(type));
        } catch (final IllegalArgumentException e) {
            // No name that DNS could carry: it came from a record.
            then.accept(DnsAnswer.NONE);
            return;
        }
        resolver.resolveAll(question)
                .addListener((final Future<List<io.netty.handler.codec.dns.DnsRecord>> done) ->
                        then.accept(done.isSuccess() ? answer(done.getNow(), type) : failure(done.cause())));
    }

    private static DnsRecordType typeOf(final RecordType type) {
        return switch (type) {
            case A -> DnsRecordType.A;
            case AAAA -> DnsRecordType.AAAA;
            case SRV -> DnsRecordType.SRV;
            case NAPTR -> DnsRecordType.NAPTR;
        };
    }

    /** That there is nothing is a certain answer; silence and errors of the server are none. */
    private static DnsAnswer failure(final Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof DnsErrorCauseException error) {
                return DnsResponseCode.NXDOMAIN.equals(error.getCode()) ? DnsAnswer.NONE : DnsAnswer.FAILED;
            }
            if (at instanceof DnsNameResolverException) {
                return DnsAnswer.FAILED;
            }
        }
        return cause instanceof UnknownHostException ? DnsAnswer.NONE : DnsAnswer.FAILED;
    }

    private static DnsAnswer answer(final List<io.netty.handler.codec.dns.DnsRecord> found, final RecordType type) {
        final List<DnsRecord> records = new ArrayList<>();
        long ttlSec = Long.MAX_VALUE;
        for (final io.netty.handler.codec.dns.DnsRecord one : found) {
            if (one instanceof DnsRawRecord raw && one.type().equals(typeOf(type)) && records.size() < MAX_RECORDS) {
                final DnsRecord record = readable(raw.content(), type);
                if (record != null) {
                    records.add(record);
                    ttlSec = Math.min(ttlSec, one.timeToLive());
                }
            }
            ReferenceCountUtil.release(one);
        }
        return DnsAnswer.found(records, ttlSec);
    }

    /** The record, or null where it is not what its type says. */
    private static DnsRecord readable(final ByteBuf data, final RecordType type) {
        try {
            return read(data, type);
        } catch (final RuntimeException | UnknownHostException e) {
            return null;
        }
    }

    private static DnsRecord read(final ByteBuf data, final RecordType type) throws UnknownHostException {
        return switch (type) {
            case A, AAAA -> {
                final byte[] octets = new byte[data.readableBytes()];
                data.getBytes(data.readerIndex(), octets);
                yield new DnsRecord.Address(InetAddress.getByAddress(octets));
            }
            case SRV -> {
                final int priority = data.readUnsignedShort();
                final int weight = data.readUnsignedShort();
                final int port = data.readUnsignedShort();
                yield new DnsRecord.Service(priority, weight, port, name(data));
            }
            case NAPTR -> {
                final int order = data.readUnsignedShort();
                final int preference = data.readUnsignedShort();
                final String flags = text(data);
                final String services = text(data);
                final String expression = text(data);
                final String replacement = name(data);
                yield new DnsRecord.Pointer(
                        order, preference, flags, services, expression.isEmpty() ? replacement : "");
            }
        };
    }

    private static String text(final ByteBuf data) {
        return data.readCharSequence(data.readUnsignedByte(), StandardCharsets.US_ASCII)
                .toString();
    }

    private static String name(final ByteBuf data) {
        final String name = DefaultDnsRecordDecoder.decodeName(data).toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    @Override
    public void close() {
        resolver.close();
    }
}
