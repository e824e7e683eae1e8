package io.trunkline.client;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks host names up as the platform does, on a thread of its own: a name server that does not answer holds up neither
 * the event loop nor the clients that share it. One for all clients; at most {@value #MAX_WAITING} lookups wait.
 */
final class HostLookup extends AddressResolverGroup<InetSocketAddress> {
    static final HostLookup PLATFORM = new HostLookup(InetAddress::getAllByName);

    private static final int THREADS = 2;
    private static final int MAX_WAITING = 1024;
    private static final long KEEP_ALIVE_S = 30;

    private final Source source;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, KEEP_ALIVE_S, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                final Thread thread = new Thread(task, "trunkline-client-lookup");
                thread.setDaemon(true);
                return thread;
            });

    /** Where addresses come from; may take its time. */
    interface Source {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    HostLookup(final Source source) {
        this.source = source;
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(final EventExecutor executor) {
        return new Lookup(executor).asAddressResolver();
    }

    private final class Lookup extends InetNameResolver {
        Lookup(final EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(final String host, final Promise<InetAddress> promise) {
            later(promise, () -> promise.trySuccess(source.addresses(host)[0]));
        }

        @Override
        protected void doResolveAll(final String host, final Promise<List<InetAddress>> promise) {
            later(promise, () -> promise.trySuccess(List.of(source.addresses(host))));
        }

        private void later(final Promise<?> promise, final Task task) {
            try {
                threads.execute(() -> {
                    try {
                        task.run();
                    } catch (final UnknownHostException e) {
                        promise.tryFailure(e);
                    }
                });
            } catch (final RejectedExecutionException e) {
                promise.tryFailure(e);
            }
        }
    }

    private interface Task {
        void run() throws UnknownHostException;
    }
}
